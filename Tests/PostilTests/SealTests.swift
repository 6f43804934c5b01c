import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// What only the index knows (paths, places, lines, which fields are lists) is noticed when it changes behind Postil's back, and
/// restored where something tells what it was.
struct SealTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("postil.db")
    }

    private func build(_ compression: TextCompression = .none) throws {
        for part in 0..<3 {
            let lines = (0..<40).map { number in
                #"{"id":"\#(part)-\#(number)","text":"common word\#(number)","cats":["c\#(number % 3)","d\#(number % 2)"]}"#
            }
            try folder.write(lines.joined(separator: "\n"), to: "in/deep/part\(part).jsonl")
        }
        try folder.write("common letter", to: "letter.txt")
        _ = try Index.update(
            at: path,
            with: IndexingRequest(paths: [folder.file("in"), folder.file("letter.txt")], compression: compression))
    }

    private func damage(_ sql: String) throws { try TestDatabase(path).execute(sql) }

    private func findings() throws -> [String] { try Index.open(at: path).check().findings.map(\.what) }

    private func repair() throws -> CheckReport { try Index.open(at: path, access: .readWrite).check(repair: true) }

    private func hits() throws -> [String] {
        try Index.open(at: path).makeSearcher().search(SearchRequest("common", limit: 1000)).hits
            .map { "\($0.externalID) \($0.source ?? "") \($0.line)" }.sorted()
    }

    private func categories() throws -> [String] {
        try Index.open(at: path).makeSearcher().facet("cats").values.map { "\($0.value) \($0.count)" }.sorted()
    }

    @Test(arguments: [
        ("UPDATE sources SET path = './in/deep/other.jsonl' WHERE id = 2", "sources, row 2: its path"),
        ("UPDATE sources SET path = path || 'x' WHERE path = './letter.txt'", "its path"),
        ("UPDATE sources SET name = 'x' WHERE id = 2", "sources, row 2: it is not what was written"),
        ("UPDATE sources SET size = size + 1, modified = 7 WHERE id = 3", "sources, row 3: it is not what was written"),
        ("UPDATE sources SET outcome = 'failed' WHERE id = 1", "sources, row 1: it is not what was written"),
        ("UPDATE sources SET id = 77 WHERE id = 1", "sources, row 77: nobody wrote it"),
        ("DELETE FROM sources WHERE id = 2", "sources, row 2: it is not there"),
        ("DELETE FROM roots WHERE path = './in'", "roots: they are not what was written"),
        ("DELETE FROM roots", "roots: they are not what was written"),
        ("UPDATE roots SET path = './out' WHERE path = './in'", "roots: they are not what was written"),
        ("UPDATE roots SET profile = 'name: other'", "roots: they are not what was written"),
        ("INSERT INTO roots SELECT '/etc', pattern, profile_name, profile FROM roots LIMIT 1", "roots: they are not"),
        ("UPDATE documents SET line = line + 1 WHERE external_id = '1-5'", "documents, rows 0 to 63: a line is not"),
        ("UPDATE documents SET line = 'x' WHERE external_id = '2-39'", "documents, rows 64 to 127: a line is not"),
        ("DELETE FROM metadata_names WHERE name = 'cats []'", "metadata_names: they are not what was written"),
        ("UPDATE metadata_names SET name = 'cats' || x'00' WHERE name = 'cats []'", "metadata_names: they are not"),
        ("INSERT INTO metadata_names VALUES ('text []')", "metadata_names: they are not what was written"),
    ])
    func aChangeBehindThePostilsBackIsNamedAndMended(sql: String, finding: String) throws {
        try build()
        let (hits, categories, roots) = (try hits(), try categories(), try Index.open(at: path).roots())
        try damage(sql)
        let found = try findings()
        #expect(found.contains { $0.contains(finding) }, "\(found)")
        let repaired = try repair()
        #expect(repaired.isSound, "\(repaired.findings)")
        #expect(try findings().isEmpty)
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try self.hits() == hits)
        #expect(try self.categories() == categories)
        #expect(try Index.open(at: path).roots() == roots)
        #expect(try findings().isEmpty)
    }

    /// A path that one of the places and the file's name below it make is the one that was written: nothing has to be read again for it.
    @Test func aPathIsRestoredFromItsPlaceAndName() throws {
        try build()
        let paths = try TestDatabase(path).rows("SELECT path FROM sources ORDER BY id")
        try damage("UPDATE sources SET path = 'nowhere' || id")
        #expect(try repair().isSound)
        #expect(try TestDatabase(path).rows("SELECT path FROM sources ORDER BY id") == paths)
    }

    @Test func aRunWritesWhatACheckFindsSound() throws {
        try build()
        // More sources than one group of seals has.
        for number in 0..<300 { try folder.write("common \(number)", to: "in/many/\(number).txt") }
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try findings().isEmpty)
        for number in 100..<280 { try FileManager.default.removeItem(atPath: folder.file("in/many/\(number).txt")) }
        var request = IndexingRequest()
        request.prunes = true
        _ = try Index.update(at: path, with: request)
        #expect(try findings().isEmpty)
        try FileManager.default.moveItem(atPath: folder.file("in"), toPath: folder.file("moved"))
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try findings().isEmpty)
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("letter.txt")]))
        try Index.open(at: path, access: .readWrite).optimize()
        #expect(try findings().isEmpty)
    }

    /// A run that changes a source seals that one only.
    @Test func aRunDoesNotCoverUpWhatSomebodyElseChanged() throws {
        try build()
        try damage("UPDATE sources SET outcome = 'partial' WHERE id = 1")
        try folder.write("common letter, once more", to: "letter.txt")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("letter.txt")]))
        #expect(try findings() == ["sources, row 1: it is not what was written"])
    }

    /// Nothing is said of an index that an earlier version has written, and the next run seals it.
    @Test func anIndexWithoutSealsIsSoundAndGetsThem() throws {
        try build()
        let seals = "SELECT count(*) FROM score_state WHERE name IN ('roots', 'names') OR name LIKE 'sources %'"
        let written = try TestDatabase(path).rows(seals)
        try damage(
            """
            DELETE FROM score_state WHERE name IN ('roots', 'names') OR name LIKE 'sources %';
            DELETE FROM document_columns WHERE field = 'line seals'
            """)
        #expect(try findings().isEmpty)
        try folder.write("common more", to: "in/more.txt")
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try TestDatabase(path).rows(seals) == written)
        #expect(try findings().isEmpty)
        try damage("UPDATE sources SET path = 'x' WHERE id = 2")
        #expect(try findings().count == 1)
    }

    @Test func damagedSealsAreWrittenAnew() throws {
        try build()
        let hits = try hits()
        try damage(
            "UPDATE score_state SET value = x'00' WHERE name IN ('roots', 'names') OR name LIKE 'sources %'")
        #expect(try findings().contains { $0.hasPrefix("score_state, roots:") })
        #expect(try findings().contains { $0.hasPrefix("score_state, names:") })
        #expect(try repair().isSound)
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try findings().isEmpty)
        #expect(try self.hits() == hits)
    }

    /// The columns tell whose documents they were; documents of a program stay what they are.
    @Test func documentsThatLostTheirSourceGetItBack() throws {
        try build()
        let index = try Index.open(at: path, access: .readWrite)
        let writer = try index.makeWriter()
        try writer.insert(Document(externalID: "own", body: "common"))
        try writer.commit()
        let hits = try hits()
        try damage("UPDATE documents SET source = NULL WHERE external_id IN ('1-5', '2-7')")
        #expect(try findings().contains { $0.contains("document_columns, chunk 0, source") })
        #expect(try repair().isSound)
        #expect(try self.hits() == hits)
        let report = try Index.update(at: path, with: IndexingRequest())
        #expect(report.added == 0 && report.removed == 0)
        #expect(try self.hits() == hits && findings().isEmpty)
    }

    /// FTS5's own comparison takes a list of positions that is broken for one that ends there.
    @Test func brokenPositionsAreFound() throws {
        try folder.write(#"{"id":"late","text":"common late"}"#, to: "in/a.jsonl")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let page = try TestDatabase(path).rows("SELECT id, block FROM documents_fts_data WHERE id > 100")[0]
        var block = page[1].blob
        // The position of the first term.
        let place = try #require(block.firstRange(of: Array("common".utf8))).upperBound + 2
        #expect(block[place] == 2)
        block[place] = 0
        try TestDatabase(path).rows("UPDATE documents_fts_data SET block = ?1 WHERE id = ?2", [.blob(block), page[0]])
        #expect(try findings().contains { $0.contains("position list") }, "\(String(describing: try? findings()))")
        #expect(try repair().isSound)
        let phrase = try Index.open(at: path).makeSearcher().search(SearchRequest("\"common late\""))
        #expect(phrase.hits.count == 1)
    }

    /// Documents of a place that is missing are taken over with what is known of their fields.
    @Test func listsStayListsWhenAnIndexIsBuiltAnewWithoutItsSources() throws {
        try build()
        let categories = try categories()
        #expect(categories == ["c0 42", "c1 39", "c2 39", "d0 60", "d1 60"])
        try FileManager.default.removeItem(atPath: folder.file("in"))
        _ = try Index.rebuild(at: path, with: IndexingRequest())
        #expect(try self.categories() == categories)
        #expect(try findings().isEmpty)
    }

    @Test(arguments: TextCompression.allCases) func listsAndPlacesStayWhenDocumentsAreSavedFromADamagedFile(
        compression: TextCompression
    ) throws {
        try build(compression)
        let (hits, categories, roots) = (try hits(), try categories(), try Index.open(at: path).roots())
        try damage(
            """
            DELETE FROM roots; DELETE FROM metadata_names;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'postil english', 'unicode61') WHERE name = 'documents_fts'
            """)
        #expect(try repair().isSound)
        #expect(try self.categories() == categories)
        #expect(try Index.open(at: path).roots() == roots)
        _ = try Index.update(at: path, with: IndexingRequest())
        #expect(try self.hits() == hits)
        #expect(try findings().isEmpty)
    }
}
