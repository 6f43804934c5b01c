// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that users of the library never resolve what benchmarks need.
let package = Package(
    name: "PostilBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Postil", path: ".."),
        // Without its default traits, which replace malloc and count what these benchmarks do not look at.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "PostilBenchmarks",
            dependencies: [
                .product(name: "_PostilEngine", package: "Postil"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/PostilBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
