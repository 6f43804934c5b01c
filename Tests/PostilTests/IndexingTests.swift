import Foundation
import Postil
import PostilTestSupport
import Testing

@Suite struct IndexingTests {
    let folder: TemporaryFolder
    var index: String { folder.file("postil.db") }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("Mesa-optimization is a risk of learned optimization.", to: "notes/mesa.txt")
        try folder.write("Debate lets a judge supervise stronger systems.", to: "notes/debate.txt")
    }

    private func run(_ change: (inout IndexingRequest) -> Void = { _ in }) throws -> IndexingReport {
        var request = IndexingRequest(paths: [folder.file("notes")])
        change(&request)
        return try Index.update(at: index, with: request)
    }

    private func rebuild(analyzer: String) throws -> IndexingReport {
        try Index.rebuild(at: index, with: IndexingRequest(paths: [folder.file("notes")], analyzer: analyzer))
    }

    private func ids(_ query: String) throws -> [String] {
        try Index.open(at: index).makeSearcher().search(SearchRequest(query)).hits.map(\.externalID)
    }

    @Test func findsWhatWasIndexed() throws {
        let report = try run()
        #expect(report.added == 2)
        #expect(report.documents == 2)
        #expect(try ids("optimizing") == ["mesa.txt"])
        #expect(try ids("mesaoptimization") == ["mesa.txt"])
        #expect(try ids("\"judge supervise\"") == ["debate.txt"])
        #expect(try ids("\"supervise judge\"") == [])
        #expect(try ids("+judge +mesa") == [])
        #expect(try ids("judge mesa -debate") == ["mesa.txt"])
    }

    @Test func readsOnlyWhatChanged() throws {
        _ = try run()
        #expect(try run().unchanged == 2)
        try folder.write("Debate needs honest judges and longer arguments.", to: "notes/debate.txt")
        try folder.write("Corrigibility.", to: "notes/corrigibility.txt")
        let report = try run()
        #expect((report.added, report.updated, report.unchanged, report.removed) == (1, 1, 1, 0))
        #expect(try ids("supervise") == [])
        #expect(try ids("honest") == ["debate.txt"])
    }

    @Test func removesWhatIsGoneUnlessKept() throws {
        _ = try run()
        try FileManager.default.removeItem(atPath: folder.file("notes/debate.txt"))
        #expect(try run { $0.keepsMissing = true }.removed == 0)
        #expect(try ids("debate") == ["debate.txt"])
        #expect(try run().removed == 1)
        #expect(try ids("debate") == [])
        #expect(try Index.open(at: index).check().isSound)
    }

    @Test func rebuildReplacesOnlyOnSuccess() throws {
        _ = try run()
        #expect(throws: AnalyzerError.self) { try rebuild(analyzer: "klingon") }
        #expect(try ids("debate") == ["debate.txt"])
        #expect(throws: IndexError.self) { try run { $0.analyzer = "german" } }
        _ = try rebuild(analyzer: "german")
        #expect(try Index.open(at: index).settings.analyzer == "german")
        #expect(!FileManager.default.fileExists(atPath: index + ".building"))
    }

    @Test func openOrCreateKeepsWhatIsThere() throws {
        let made = try Index.openOrCreate(at: index, analyzer: "german")
        #expect(try made.update(with: IndexingRequest(paths: [folder.file("notes")])).added == 2)
        let opened = try Index.openOrCreate(at: index, analyzer: "english")
        #expect(opened.settings.analyzer == "german")
        #expect(try opened.information().documents == 2)
        try folder.write("no index", to: "other.db")
        #expect(throws: IndexError.self) { try Index.openOrCreate(at: folder.file("other.db")) }
    }

    @Test func badRowsAreNamedAndTheRestIsIndexed() throws {
        try folder.write(
            #"{"id":"a","text":"good row"}\#n{"id":\#n{"id":"b","text":"another"}\#n"#, to: "notes/rows.jsonl")
        let report = try run()
        #expect(report.added == 4)
        #expect(report.skipped.map(\.line) == [2])
        #expect(try ids("row") == ["a"])
        // Remembered on the next run, which reads nothing.
        #expect(try run().skipped.map(\.line) == [2])
    }

    /// A file that is read in many batches gets one remark of a kind.
    @Test func remarksAreCountedByFile() throws {
        let rows = (1...90).map { "\($0),text of \($0)\($0 % 3 == 0 ? ",more" : "")\n" }
        try folder.write("id,text\n" + rows.joined(), to: "notes/ragged.csv")
        let report = try run { $0.limits.batchBytes = 100 }
        #expect(report.added == 92 && report.skipped.isEmpty)
        #expect(report.warnings.map(\.line) == [4])
        #expect(report.warnings.first?.reason.hasPrefix("30 rows have more or fewer cells") == true)
    }

    /// Where records may be without a document, only a file without any is remarkable.
    @Test func aProfileThatFitsNothingIsRemarkedOn() throws {
        let profile = try Profile(yaml: "{ name: p, reading: { needs: body, body: summary } }", origin: "p")
        let empty = String(repeating: "x,\n", count: 60)
        try folder.write("id,summary\n" + empty, to: "notes/empty.csv")
        try folder.write("id,summary\n" + empty + "y,something\n", to: "notes/late.csv")
        let report = try run { ($0.profile, $0.limits.batchBytes) = (profile, 60) }
        #expect(report.warnings.map { $0.path.hasSuffix("empty.csv") } == [true], "\(report.warnings)")
        #expect(report.warnings.first?.reason.hasPrefix("none of 60 records") == true, "\(report.warnings)")
    }

    @Test func acronymsAreFoundWithAndWithoutDots() throws {
        try folder.write("A.I. safety, in the U.S. and elsewhere.", to: "notes/dotted.txt")
        try folder.write("AI safety in the US.", to: "notes/plain.txt")
        _ = try run()
        for query in ["AI", "a.i.", "+A.I +U.S.", "\"A.I. safety\"", "\"ai safety\"", "title:x OR us", "A.I*"] {
            #expect(try Set(ids(query)) == ["dotted.txt", "plain.txt"], "\(query)")
        }
        let hits = try Index.open(at: index).makeSearcher().search(SearchRequest("AI", snippetLength: 20)).hits
        let dotted = try #require(hits.first { $0.externalID == "dotted.txt" }?.snippet)
        #expect(dotted.highlights == [0..<3])
    }

    /// Stems can be shorter than what was typed of a word.
    @Test func prefixesFindShorterStems() throws {
        try folder.write("Corrigibility and corrigible agents.", to: "notes/corrigibility.txt")
        _ = try run()
        for query in ["corrig*", "corrigi*", "corrigib*", "corrigibility*"] {
            #expect(try ids(query) == ["corrigibility.txt"], "\(query)")
        }
        #expect(try ids("corrogibility~") == ["corrigibility.txt"])
        #expect(try ids("corpus*") == [])
    }

    /// Reading leaves nothing beside the file.
    @Test func readersTidyUp() throws {
        _ = try run()
        _ = try ids("debate")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.filter { $0.hasPrefix("postil.db") } == ["postil.db"])
    }

    @Test func stockTokenizersWork() throws {
        _ = try run { $0.analyzer = "fts5:porter unicode61" }
        #expect(try ids("optimizing") == ["mesa.txt"])
        #expect(try Index.open(at: index).check().isSound)
    }
}
