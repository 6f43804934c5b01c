// swift-tools-version: 6.1
import PackageDescription

// Uses every public symbol of the library as another package does: Scripts/check-client.
let package = Package(
    name: "ClientPackage",
    platforms: [.macOS(.v15)],
    dependencies: [
        // Without the default traits: the library alone.
        .package(name: "Postil", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(name: "Client", dependencies: [.product(name: "Postil", package: "Postil")])
    ],
    swiftLanguageModes: [.v6]
)
