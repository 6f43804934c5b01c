import Foundation
import Postil
import PostilTestSupport
import Testing

/// Index files as this and earlier versions have made them (`Scripts/make-fixture`): each is opened and answers, or is of an
/// older format, which the error names.
struct IndexFixtureTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// Those of an earlier version of the analyzer, and those of this one.
    private static let names = [
        "format-1-words-2-none", "format-1-words-2-zstd", "format-2-none", "format-2-words-4-none",
        "format-2-words-4-zstd", "format-2-words-5-none", "format-2-words-5-zstd", "format-2-words-6-none",
        "format-2-words-6-zstd", "format-2-zstd",
    ]

    private func unpacked(_ name: String, in folder: TemporaryFolder) throws -> String {
        let path = folder.file("postil.db")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", Self.folder.appending(path: name + ".db.gz").path]
        gzip.standardOutput = try FileHandle(forWritingTo: URL(filePath: path))
        try gzip.start()
        gzip.waitUntilExit()
        try #require(gzip.terminationStatus == 0)
        return path
    }

    @Test func everyFixtureIsTried() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == Self.names.map { $0 + ".db.gz" })
    }

    @Test(arguments: names)
    func isReadOrNamed(name: String) throws {
        let folder = try TemporaryFolder()
        let path = try unpacked(name, in: folder)
        do {
            let index = try Index.open(at: path, access: .readWrite)
            // Bounds of an earlier formula do not count until they are made anew.
            let findings = try index.check().findings
            let areOfBounds = findings.allSatisfy {
                $0.severity == .warning && $0.remedy == .optimization
            }
            #expect(areOfBounds, "\(findings)")
            let searcher = try index.makeSearcher()
            func ids(_ query: String) throws -> Set<String> {
                try Set(searcher.search(SearchRequest(query)).hits.map(\.externalID))
            }
            #expect(try ids("hacking") == ["goodhart.md", "mesa-2"])
            #expect(try ids("\"mesa optimizer\"") == ["mesa-1"])
            #expect(try ids("author:ann tag:proxy date:2019 venue:sydney") == ["goodhart.md"])
            let writer = try index.makeWriter()
            try writer.insert(Document(externalID: "new", title: "", body: "specification gaming"))
            try writer.commit()
            try index.optimize()
            #expect(try index.check().findings.isEmpty)
        } catch IndexError.olderFormat(_, let found, let known) {
            #expect(found < known)
        } catch IndexError.analyzerMismatch(_, let built, let wanted) {
            #expect(!name.contains("words-6") && built != wanted)
        }
    }

    /// None of its sources is there: an index is built anew from the documents in it.
    @Test(arguments: names)
    func isBuiltAnewFromItsDocuments(name: String) throws {
        // The weights are those of today in any case: a new index has them.
        let request = SearchRequest("hacking mesa-optimizer", ranking: RankingParameters())
        let folder = try TemporaryFolder()
        let path = try unpacked(name, in: folder)
        let report = try Index.rebuild(at: path, with: IndexingRequest())
        #expect(report.unchanged == 3 && report.added == 0)
        if name.hasPrefix("format-1") {
            // It knew files and no places.
            #expect(report.notices == [.olderFormat(1, taken: 3, of: 3, remembersPlaces: false)])
            #expect(report.kept.isEmpty)
        } else {
            #expect(report.notices.isEmpty && report.kept.map(\.documents) == [3])
        }
        let after = try Index.open(at: path).makeSearcher().search(request)
        #expect(Set(after.hits.map(\.externalID)) == ["goodhart.md", "mesa-1", "mesa-2"])
        let goodhart = try #require(after.hits.first { $0.externalID == "goodhart.md" })
        #expect(goodhart.author == "Ann Example" && goodhart.metadata["venue"] == "Sydney")
        // As the index of this version answers.
        let other = try TemporaryFolder()
        if let present = try? Index.open(at: unpacked("format-2-words-6-none", in: other)) {
            let hits = try present.makeSearcher().search(request).hits
            #expect(after.hits.map(\.externalID) == hits.map(\.externalID))
            #expect(after.hits.map(\.score) == hits.map(\.score))
        }
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }
}
