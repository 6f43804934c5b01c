import Foundation
import IndexStore
import PostilTestSupport
import Ranking
import Testing

@testable import Postil

/// Conditions on documents by way of the columns and by reading each document's row: always the same documents, whatever
/// has happened to the index.
@Suite struct ColumnTests {
    private static let authors = [
        "Ann Lee", "Bo Lee, Ann Müller", "ann-marie O'Brien", "李 明", "Ångström", "C++ Group", "AT&T", "", "…",
    ]
    private static let tags = ["ai", "AI/safety", "ai/safety/Evals", "ai safety", "C++", "é", "♥", "x/ y"]
    private static let dates = ["2018", "2019", "2019-06", "2019-06-05", "2019-06-05T10:00:00Z", "2021-01-01", "soon"]

    private static func document(_ number: Int, using random: inout SplitMix64) -> Document {
        func pick(_ values: [String]) -> String? {
            Int.random(in: 0..<4, using: &random) == 0 ? nil : values.randomElement(using: &random)
        }
        var metadata: [String: String] = [:]
        if let value = pick(["1", "2.5", "-3", "30", "1e2", "many", "30 "]) {
            metadata[Bool.random(using: &random) ? "karma" : "Karma"] = value
        }
        if let value = pick(["post", "comment", "Book Review"]) { metadata["kind"] = value }
        if number % 97 == 0 { metadata["note"] = String(repeating: "long ", count: 200) + "\"end\"\n" }
        return Document(
            externalID: "d\(number)", title: pick(["A", "b", "Ç"]) ?? "", body: "word", author: pick(authors),
            date: pick(dates), url: "https://example.org/\(number)",
            tags: Array(Set((0..<3).compactMap { _ in pick(tags) })).sorted(), metadata: metadata)
    }

    private static func filter(depth: Int, using random: inout SplitMix64) -> DocumentFilter {
        func text(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
        func part() -> DocumentFilter { filter(depth: depth - 1, using: &random) }
        let isBeginning = Bool.random(using: &random)
        switch Int.random(in: 0..<(depth > 0 ? 13 : 9), using: &random) {
        case 0, 1:
            let wanted = text([
                "ann", "lee", "ann lee", "lee an", "müller", "muller", "o'brien", "marie", "李", "++", "c++", "at", "a",
            ])
            return .words(.author, wanted, isBeginning: isBeginning)
        case 2, 3:
            return .words(
                .tag, text(["ai", "ai/safety", "ai safety", "AI/saf", "c++", "♥", "x", "x/y", "e"]),
                isBeginning: isBeginning)
        case 4:
            return .words(
                .metadata(text(["kind", "KIND", "note", "none"])), text(["post", "book", "review bo", "end"]),
                isBeginning: isBeginning)
        case 5, 6:
            let bounds = [nil, "2018", "2019", "2019-06", "2019-06-05", "2020", "soon"]
            return .date(
                lower: bounds.randomElement(using: &random) ?? nil, upper: bounds.randomElement(using: &random) ?? nil)
        case 7:
            let bounds: [Double?] = [nil, -3, 1, 2, 2.5, 30, 100]
            return .number(
                text(["karma", "KARMA", "kind"]),
                NumberRange(
                    lower: bounds.randomElement(using: &random) ?? nil,
                    upper: bounds.randomElement(using: &random) ?? nil,
                    includesLower: Bool.random(using: &random), includesUpper: Bool.random(using: &random)))
        case 8:
            return Bool.random(using: &random)
                ? .words(.url, text(["1", "12", "org"]), isBeginning: isBeginning) : .id(text(["d1", "D12"]))
        case 9: return .all((0..<Int.random(in: 0...3, using: &random)).map { _ in part() })
        case 10, 11: return .any((0..<Int.random(in: 0...3, using: &random)).map { _ in part() })
        default: return .not(part())
        }
    }

    private static func expectSame(_ path: String, using random: inout SplitMix64, _ place: String) throws {
        let snapshot = try IndexFile(path: path).snapshot()
        #expect(try snapshot.hasColumns, "\(place)")
        for _ in 0..<40 {
            let filter = filter(depth: 2, using: &random)
            let fast = try snapshot.documents(where: filter)
            let slow = try snapshot.documents(scanning: filter)
            try #require(documents(fast) == documents(slow), "\(place), filter: \(filter)")
        }
    }

    /// The words up to the last that has a document.
    private static func documents(_ set: DocumentBitmap) -> ArraySlice<UInt64> {
        set.words.prefix((set.words.lastIndex { $0 != 0 } ?? -1) + 1)
    }

    /// Ids near the end of a chunk, so that the documents lie in several.
    private func setNextID(_ id: Int, _ path: String) throws {
        try TestDatabase(path).execute(
            "UPDATE sqlite_sequence SET seq = \(id - 1) WHERE name IN ('documents', 'packed_documents')")
    }

    @Test(arguments: [UInt64(1), 2], TextCompression.allCases)
    func filtersSelectTheSameDocumentsAsRows(seed: UInt64, compression: TextCompression) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        var settings = try Profile.named("default")
        settings.compression = compression
        let index = try Index.create(at: path, profile: settings)
        var ids: [DocumentID] = []
        for round in 0..<4 {
            let writer = try index.makeWriter()
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                ids.append(try writer.insert(Self.document(ids.count, using: &random)))
            }
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                if let id = ids.randomElement(using: &random) { try writer.delete(id) }
            }
            try writer.commit()
            let place = "seed: \(seed), \(compression), round: \(round)"
            try Self.expectSame(path, using: &random, place)
            #expect(try index.check().findings.isEmpty, "\(place)")
            try setNextID((round + 1) * 4096 - 20, path)
        }
        try index.optimize()
        try Self.expectSame(path, using: &random, "seed: \(seed), \(compression), optimized")
        #expect(try index.check().findings.isEmpty, "seed: \(seed), \(compression)")
    }

    private func makeIndex(_ folder: TemporaryFolder) throws -> Index {
        var random = SplitMix64(seed: 5)
        let index = try Index.create(at: folder.file("index.db"), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for number in 0..<100 { try writer.insert(Self.document(number, using: &random)) }
        try writer.commit()
        return index
    }

    private func found(_ index: Index) throws -> [String] {
        try index.makeSearcher().search(SearchRequest("author:ann date:2019.. karma:>=1", limit: 100)).hits
            .map(\.externalID)
    }

    /// An index of an earlier version has no columns, and one that it has written to has old ones.
    @Test(arguments: [
        "DROP TABLE document_columns", "DELETE FROM document_columns; DELETE FROM score_state WHERE name = 'columns'",
        "UPDATE document_columns SET content = x'00'; UPDATE score_state SET value = x'00' WHERE name = 'columns'",
    ]) func rowsAnswerWithoutColumns(change: String) throws {
        let folder = try TemporaryFolder()
        let index = try makeIndex(folder)
        let expected = try found(index)
        #expect(!expected.isEmpty)
        try TestDatabase(index.path).execute(change)
        #expect(try found(index) == expected)
        let findings = try index.check().findings
        #expect(findings.map(\.severity) == [.warning], "\(findings)")
        #expect(findings[0].remedy == .optimization, "\(findings)")
        let writer = try index.makeWriter()
        try writer.insert(Document(externalID: "other", body: "word"))
        try writer.commit()
        #expect(try index.check().findings.isEmpty)
        #expect(try found(index) == expected)
    }

    /// What changes an answer is found and mended.
    @Test(arguments: [
        "UPDATE document_columns SET content = x'02' WHERE field = 'author'",
        "DELETE FROM document_columns WHERE field = 'date'",
        "UPDATE document_columns SET content = x'02' WHERE field = 'author words'",
        "UPDATE document_columns SET content = x'0400' WHERE field = 'author words filter'",
        "UPDATE document_columns SET content = x'0400' WHERE field = 'tag words filter'",
        "INSERT INTO document_columns VALUES (0, 'metadata:more', x'0100')",
        "INSERT INTO document_columns VALUES (7, 'date', x'03')",
        "UPDATE document_columns SET content = (SELECT content FROM document_columns WHERE field = 'source' OR field = 'tag')",
    ]) func damageIsFoundAndMended(change: String) throws {
        let folder = try TemporaryFolder()
        let index = try makeIndex(folder)
        let expected = try found(index)
        try TestDatabase(index.path).execute(change)
        let findings = try index.check().findings
        #expect(findings.contains { $0.severity == .error && $0.what.contains("document_columns") }, "\(findings)")
        #expect(try index.check(repair: true).isSound)
        #expect(try index.check().findings.isEmpty)
        #expect(try found(index) == expected)
    }

    @Test(arguments: ["author words", "author words filter"]) func bytesThatAreNoColumnAreAnError(field: String) throws
    {
        let folder = try TemporaryFolder()
        let index = try makeIndex(folder)
        try TestDatabase(index.path).execute(
            "UPDATE document_columns SET content = x'01FFFFFFFF' WHERE field = '\(field)'")
        #expect(throws: IndexError.self) { try found(index) }
    }

    /// An index of an earlier version has the authors, and not their words.
    @Test(arguments: ["field LIKE 'author words%'", "field LIKE '%filter'"])
    func authorsAreGoneThroughWhereTheirWordsAreMissing(missing: String) throws {
        let folder = try TemporaryFolder()
        let index = try makeIndex(folder)
        let expected = try found(index)
        let database = try TestDatabase(index.path)
        let words = "document_columns WHERE \(missing)"
        #expect(try !database.rows("SELECT 1 FROM \(words)").isEmpty)
        try database.execute("DELETE FROM \(words)")
        #expect(try found(index) == expected)
        #expect(try index.check().findings.isEmpty)
    }
}
