import Benchmark
import Workloads

let benchmarks: @Sendable () -> Void = {
    Benchmark("generate") { benchmark in
        let c = SyntheticCollection(documentCount: 100, seed: 1)
        blackHole(c.document(3))
    }
}
