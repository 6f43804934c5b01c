// swift-tools-version: 6.1
import PackageDescription

// A package of its own: all of it, the library included, is built with the instrumentation of libFuzzer (Scripts/fuzz).
let package = Package(
    name: "PostilFuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Postil", path: "..")],
    targets: [
        .executableTarget(
            name: "Fuzz", dependencies: [.product(name: "_PostilEngine", package: "Postil")])
    ],
    // libFuzzer calls from one thread; in mode 6 each target would be an unsafe global.
    swiftLanguageModes: [.v5]
)
