import Documents
import Foundation
import GRDB
import PostilTestSupport
import Testing

@testable import IndexStore

/// Columns that lose documents. The twin makes them anew from the rows of those that are left.
@Suite struct ColumnRemovalTests {
    private static func document(_ number: Int, using random: inout SplitMix64) -> Document {
        func pick(_ values: [String]) -> String? {
            Int.random(in: 0..<4, using: &random) == 0 ? nil : values.randomElement(using: &random)
        }
        let authors = [
            "Ann Lee", "Bo Lee, Ann Müller", "Lee, Ann", "ann-marie O'Brien", "李 明", "Ångström",
            "A\u{30A}ngstro\u{308}m",
            "Bo Lee", "Ann Müller", "C++ Group", "", "…", "Ada Bo and Cy Di", "single \(number)",
        ]
        let tags = ["ai", "AI/safety", "ai/safety/Evals", "C++", "é", "e\u{301}", "♥", "only \(number)"]
        var metadata: [String: String] = [:]
        if let value = pick(["1", "2.5", "-3", "many"]) {
            metadata[Bool.random(using: &random) ? "karma" : "k"] = value
        }
        if number % 50 == 7 { metadata["note"] = String(repeating: "long ", count: 200) }
        return Document(
            externalID: "d\(number)", title: pick(["A", "b", "Ç", "title \(number)"]) ?? "", body: "word",
            author: pick(authors), date: pick(["2018", "2019-06", "2019-06-05", "soon"]),
            tags: Array(Set((0..<3).compactMap { _ in pick(tags) })).sorted(), metadata: metadata,
            line: Int.random(in: 1...9, using: &random))
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func whatIsLeftIsWhatTheRowsSay(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let count = [1, 3, 20, 200].randomElement(using: &random)!
        let offset = Int.random(in: 0...50, using: &random)
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: IndexFileTests.settings, tokenizer: "postil english",
            replaces: false
        ) { writer in
            for number in 0..<count { try writer.insert(Self.document(number + offset, using: &random), source: nil) }
        }.file
        let writer = try file.writer()
        var left = Set(1...count)
        try writer.readDatabase { db, path in
            while !left.isEmpty {
                let gone = left.shuffled(using: &random).prefix(
                    Int.random(in: 1...max(1, left.count / 3), using: &random))
                // A value too long for a column, or people of whom some are left.
                let mayFail = try Bool.fetchOne(
                    db, sql: "SELECT max(content = x'03' OR field = 'author') FROM document_columns")
                for id in gone { try db.execute(sql: "DELETE FROM documents WHERE id = ?", arguments: [id]) }
                left.subtract(gone)
                let expected = try ColumnRows(db).columns(of: 0).sorted {
                    $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
                }
                if try ColumnRemoval(db).remove(Array(gone), ofChunk: 0) {
                    let comment: Comment = "seed: \(seed), left: \(left.count) of \(count)"
                    let rows = try Row.fetchAll(db, sql: "SELECT field, content FROM document_columns ORDER BY field")
                    #expect(rows.map { $0["field"] as String } == expected.map(\.name), comment)
                    #expect(rows.map { [UInt8]($0["content"] as Data) } == expected.map(\.content), comment)
                } else {
                    #expect(mayFail == true, "seed: \(seed)")
                    try ColumnTable(db, path: path).write(expected, chunk: 0)
                }
            }
        }
        try writer.rollback()
    }

    /// Single persons, and no value that is too long for a column.
    @Test func columnsOfPlainDocumentsAreNotMadeAnew() throws {
        let folder = try TemporaryFolder()
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: IndexFileTests.settings, tokenizer: "postil english",
            replaces: false
        ) { writer in
            for number in 0..<9 {
                try writer.insert(
                    Document(externalID: "d\(number)", body: "word", author: "Ann \(number)", tags: ["t\(number)"]),
                    source: nil)
            }
        }.file
        let writer = try file.writer()
        try writer.readDatabase { db, _ in
            for id in [4, 9, 1] {
                try db.execute(sql: "DELETE FROM documents WHERE id = ?", arguments: [id])
                #expect(try ColumnRemoval(db).remove([id], ofChunk: 0))
            }
        }
        try writer.rollback()
    }

    @Test func aCommitLeavesWhatTheRowsSay() throws {
        var random = SplitMix64(seed: 3)
        let folder = try TemporaryFolder()
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: IndexFileTests.settings, tokenizer: "postil english",
            replaces: false
        ) { writer in
            for number in 0..<5000 { try writer.insert(Self.document(number, using: &random), source: nil) }
        }.file
        for round in 0..<4 {
            let writer = try file.writer()
            for _ in 0..<5 { try writer.delete(DocumentID(rawValue: .random(in: 1...5000, using: &random))) }
            if round % 2 == 1 { try writer.insert(Self.document(6000 + round, using: &random), source: nil) }
            try writer.commit()
            #expect(try file.check(repair: false).findings.isEmpty, "round: \(round)")
        }
    }

    @Test func aValueGoesWithItsLastDocument() throws {
        var writer = ColumnWriter(.tag)
        for (place, tag) in [(0, "a"), (1, "b"), (1, "a"), (4095, "c")] { writer.append(tag, at: place) }
        var isLong = false
        let stored = writer.finish() ?? []
        let chunk = try #require(stored.withUnsafeBytes { ColumnChunk($0, isLong: &isLong) })
        #expect(chunk.stored == stored)
        var isRemoved = [Bool](repeating: false, count: 4096)
        #expect(chunk.removing(isRemoved) == chunk)
        isRemoved[1] = true
        let left = try #require(chunk.removing(isRemoved))
        #expect(left.values == ["a", "c"] && left.places == [0, 4095])
        isRemoved = [Bool](repeating: true, count: 4096)
        #expect(chunk.removing(isRemoved) == nil)
    }
}
