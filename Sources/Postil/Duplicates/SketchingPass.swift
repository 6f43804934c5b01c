import Documents
import Foundation
import IndexStore
import TextAnalysis
import Threads

/// Reads all documents of a snapshot and sketches them, on several threads: one at a time reads, all others sketch.
final class SketchingPass: @unchecked Sendable {
    // Safety: all that changes is in the monitor; the analyzers belong to one thread each.
    private struct State {
        var reader: BodyReader
        var sketches: DocumentSketches
        var documents = 0
        var otherThreads = 0
        var failure: (any Error)?
    }

    /// Bytes of text that a thread takes at a time.
    private static let batchBytes = 1 << 18

    private let hash: MinHash
    private let analyzers: [any Analyzer]
    private let documentCount: Int
    private let monitor: Monitor<State>

    /// A pass on as many threads as there are `analyzers`.
    init(_ snapshot: IndexSnapshot, hash: MinHash, analyzers: [any Analyzer]) throws {
        self.hash = hash
        self.analyzers = analyzers
        let reader = try BodyReader(snapshot)
        documentCount = reader.documentCount
        monitor = Monitor(State(reader: reader, sketches: DocumentSketches(capacity: reader.documentCount)))
    }

    /// Sketches all documents, in any order. `progress` is told on the caller's thread.
    func run(progress: (DuplicateSearchProgress) -> Void) throws -> DocumentSketches {
        monitor.change { $0.otherThreads = analyzers.count - 1 }
        for number in analyzers.indices.dropFirst() {
            let isStarted = DetachedThread.start { [self] in
                work(number) { _ in }
                monitor.change { $0.otherThreads -= 1 }
            }
            // Where there is no room for a thread, the others do its work.
            if !isStarted { monitor.change { $0.otherThreads -= 1 } }
        }
        work(0, progress)
        return try monitor.wait { state in
            guard state.otherThreads == 0 else { return nil }
            if let failure = state.failure { throw failure }
            return state.sketches
        }
    }

    private func work(_ number: Int, _ progress: (DuplicateSearchProgress) -> Void) {
        var shingler = Shingler(analyzer: analyzers[number])
        var shingles: [UInt64] = []
        do {
            while let batch = try monitor.change({ try nextBatch(&$0) }) {
                var sketches = DocumentSketches()
                batch.forEach { id, body in
                    shingler.cut(body, into: &shingles)
                    sketches.append(id, shingles: shingles, by: hash)
                }
                let documents = monitor.change { state in
                    state.sketches.append(sketches)
                    state.documents += batch.ids.count
                    return state.documents
                }
                progress(.reading(documents, of: documentCount))
            }
        } catch {
            monitor.change { $0.failure = $0.failure ?? error }
        }
    }

    private func nextBatch(_ state: inout State) throws -> BodyBatch? {
        guard state.failure == nil else { return nil }
        return try state.reader.next(bytes: Self.batchBytes)
    }
}
