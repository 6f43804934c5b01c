import FTS5Format
import Foundation
import PostilTestSupport
import Testing

/// Reading an index of real texts.
@Suite struct RealIndexTests {
    static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data/ir/cran/corpus.jsonl").standardizedFileURL

    private struct Text: Decodable {
        var title: String?
        var text: String
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: corpus.path), "../shared/data is not here"),
        arguments: [300, 4050])
    func occurrencesInRealTextsEqualThoseOfTheVocabulary(pageSize: Int) throws {
        let database = try TestDatabase()
        try database.execute(
            """
            CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter unicode61');
            INSERT INTO t(t, rank) VALUES('pgsz', \(pageSize));
            INSERT INTO t(t, rank) VALUES('hashsize', 100000);
            BEGIN;
            """)
        let decoder = JSONDecoder()
        var rows: Int64 = 0
        // Enough for several segments.
        for line in try String(contentsOf: Self.corpus, encoding: .utf8).split(separator: "\n").prefix(400) {
            let text = try decoder.decode(Text.self, from: Data(line.utf8))
            rows += 1
            try database.rows(
                "INSERT INTO t(rowid, title, body) VALUES(?, ?, ?)",
                [.integer(rows), .text(text.title ?? ""), .text(text.text)])
        }
        try database.execute("COMMIT; DELETE FROM t WHERE rowid % 7 = 0;")
        let source = try MemoryDataSource(database, table: "t")
        #expect(try readInstances(source, columns: 2) == database.instances(of: "t", columns: ["title", "body"]))
        #expect(try source.structure().segmentCount > 2)
        let averages = try source.averages(columns: 2)
        #expect(averages.rowCount == Int(rows - rows / 7))
    }
}
