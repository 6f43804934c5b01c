// swift-tools-version: 6.1
import PackageDescription

// Debian's libutf8proc.pc names a flag that SwiftPM warns about on every build, and its libcmark-gfm.pc a library that is
// not needed; their paths are the system's anyway.
#if os(Linux)
    let utf8procPkgConfig: String? = nil
    let cmarkPkgConfig: String? = nil
#else
    let utf8procPkgConfig: String? = "libutf8proc"
    let cmarkPkgConfig: String? = "libcmark-gfm"
#endif

// For what users of the library never fetch; see Documentation/Decisions/packaging.md.
let forCommandLine = TargetDependencyCondition.when(traits: ["CommandLine"])

let package = Package(
    name: "Postil",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "postil", targets: ["postil-cli"]),
        .library(name: "Postil", targets: ["Postil"]),
        // The parts of the engine one by one, for the benchmarks' own package and that of the fuzz targets; no promise to anybody
        // else.
        .library(name: "_PostilEngine", targets: ["TextAnalysis", "Postings", "Ranking", "Postil", "Workloads"]),
    ],
    traits: [
        .default(enabledTraits: ["CommandLine"]),
        .trait(
            name: "CommandLine",
            description: """
                What the program, the tests and the documentation need beyond the library. A package that depends on the \
                library alone asks for `traits: []`, and does not fetch it.
                """),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.3.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(
            name: "CLibstemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
        .systemLibrary(
            name: "CUTF8Proc", pkgConfig: utf8procPkgConfig,
            providers: [.apt(["libutf8proc-dev"]), .brew(["utf8proc"])]),
        .systemLibrary(
            name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(
            name: "CCmarkGFM", pkgConfig: cmarkPkgConfig,
            providers: [.apt(["libcmark-gfm-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CLibarchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CUchardet", pkgConfig: "uchardet",
            providers: [.apt(["libuchardet-dev"]), .brew(["uchardet"])]),
        // No libraries but instructions of the processor.
        .systemLibrary(name: "CByteScan"),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),

        // The engine.
        .target(name: "Documents"),
        .target(name: "Threads"),
        .target(name: "TextAnalysis", dependencies: ["CByteScan", "CLibstemmer", "CPrefetch", "CUTF8Proc"]),
        .target(name: "Postings"),
        .target(name: "Ranking", dependencies: ["CPrefetch", "Postings"]),
        .target(name: "FTS5Format", dependencies: ["Postings"]),
        .target(name: "FTS5Bridge", dependencies: ["CSQLite", "TextAnalysis"]),
        .target(
            name: "IndexStore",
            dependencies: [
                "CByteScan", "CPrefetch", "CSQLite", "CUTF8Proc", "CZstd", "Documents", "TextAnalysis", "Postings",
                "Ranking",
                "FTS5Format",
                "FTS5Bridge", "Threads",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(
            name: "Ingestion",
            dependencies: [
                "Documents", "Threads", "CByteScan", "CCmarkGFM", "CLibarchive", "CSQLite", "CLibxml2", "CUchardet",
                "CZlib",
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(name: "QueryLanguage"),
        .target(
            name: "Postil",
            dependencies: [
                "Documents", "TextAnalysis", "Ranking", "IndexStore", "Ingestion", "QueryLanguage", "Threads",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ],
            // Foundation's own: the dictionaries of scripts without blanks.
            linkerSettings: [.linkedLibrary("_FoundationICU", .when(platforms: [.linux]))]),
        // Generated collections, query files and the statistics of benchmarks.
        .target(name: "Workloads", dependencies: ["CSQLite", "Documents"]),
        // Judgements, runs, and what metrics and tests say of them.
        .target(name: "Relevance"),
        // What answers look like, whoever prints them.
        .target(name: "Reports", dependencies: ["Postil", "Relevance", "CUTF8Proc"]),
        .executableTarget(
            name: "postil-cli",
            dependencies: [
                "Postil", "Relevance", "Reports", "Threads", "Workloads",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: forCommandLine),
                .product(name: "Configuration", package: "swift-configuration", condition: forCommandLine),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Yams", package: "Yams"),
            ]),

        // What SQLite loads: made into one file by Scripts/build-extension.
        .target(name: "CHostSQLite", dependencies: ["CSQLite"]),
        .target(
            name: "PostilExtension",
            dependencies: [
                "CHostSQLite", "IndexStore", "Postil", "Reports",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Small programs that show the library; built and run with the tests.
        .executableTarget(name: "example-index-folder", dependencies: ["Postil"], path: "Examples/IndexFolder"),
        .executableTarget(
            name: "example-documents-from-code", dependencies: ["Postil"], path: "Examples/DocumentsFromCode"),
        .executableTarget(name: "example-live-index", dependencies: ["Postil"], path: "Examples/LiveIndex"),
        .executableTarget(
            name: "example-concurrent-search", dependencies: ["Postil"], path: "Examples/ConcurrentSearch"),

        // Tests mirror the targets.
        .target(
            name: "PostilTestSupport",
            dependencies: ["CSQLite", "Documents", "FTS5Format", "TextAnalysis", "Postings", "Ranking"],
            path: "Tests/PostilTestSupport"),
        // SQLite's calls to the disk, which can be made to fail.
        .target(name: "CFaultyFileSystem", dependencies: ["CSQLite"], path: "Tests/CFaultyFileSystem"),
        .testTarget(name: "TextAnalysisTests", dependencies: ["TextAnalysis", "CLibstemmer", "PostilTestSupport"]),
        .testTarget(name: "PostingsTests", dependencies: ["Postings", "PostilTestSupport"]),
        .testTarget(name: "RankingTests", dependencies: ["Ranking", "PostilTestSupport"]),
        .testTarget(
            name: "FTS5FormatTests", dependencies: ["FTS5Format", "Postings", "CSQLite", "PostilTestSupport"]),
        .testTarget(name: "FTS5BridgeTests", dependencies: ["FTS5Bridge", "CSQLite", "PostilTestSupport"]),
        .testTarget(
            name: "IndexStoreTests",
            dependencies: ["IndexStore", "CSQLite", "PostilTestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "IngestionTests",
            dependencies: [
                "Ingestion", "CByteScan", "CLibarchive", "CSQLite", "CZlib", "PostilTestSupport",
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "QueryLanguageTests", dependencies: ["QueryLanguage", "PostilTestSupport"]),
        .testTarget(
            name: "PostilTests",
            dependencies: [
                "Postil", "CFaultyFileSystem", "CSQLite", "PostilTestSupport", "Threads",
                .product(name: "CustomDump", package: "swift-custom-dump", condition: forCommandLine),
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
        // The fuzz targets of the package in that folder, without libFuzzer. Each would be an unsafe global in mode 6, as there.
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "Postil", "FTS5Format", "IndexStore", "Ingestion", "Postings", "QueryLanguage", "TextAnalysis",
                "PostilTestSupport",
            ],
            path: "Fuzzing", exclude: ["Corpora", "Package.swift", "Sources/Fuzz/Entry.swift"],
            swiftSettings: [.swiftLanguageMode(.v5)]),
        .testTarget(name: "WorkloadsTests", dependencies: ["Workloads", "PostilTestSupport"]),
        .testTarget(name: "RelevanceTests", dependencies: ["Relevance", "PostilTestSupport"]),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "Relevance", "Postil", "Ranking", "PostilTestSupport"]),
        .testTarget(
            name: "PostilCLITests", dependencies: ["postil-cli", "Postil", "Reports", "CSQLite", "PostilTestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
