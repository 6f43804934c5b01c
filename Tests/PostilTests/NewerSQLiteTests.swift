import Foundation
import PostilTestSupport
import Testing
import TextAnalysis

@testable import Postil

/// A whole index whose segments were written in bulk, in the hands of a newer SQLite than the system's, which knows nothing
/// of Postil but how its tokenizer cuts lower-case words.
@Suite struct NewerSQLiteTests {
    private static let script = """
        import apsw, re, sys
        def make(connection, arguments):
            assert arguments == ["categories", "Co", "separators", "postil none"], arguments
            def tokenize(text, reason, locale=None):
                for word in re.finditer(rb"[a-z]+", text):
                    yield word.start(), word.end(), word[0].decode()
            return tokenize
        db = apsw.Connection(sys.argv[1])
        db.register_fts5_tokenizer("unicode61", make)
        db.execute("CREATE VIRTUAL TABLE own USING fts5(body, title, content='documents', content_rowid='id', "
                   "tokenize='unicode61 categories ''Co'' separators ''postil none''')")
        db.execute("INSERT INTO own(own) VALUES('rebuild')")
        tables = ["documents_fts", "own"]
        for table in tables:
            db.execute(f"CREATE VIRTUAL TABLE temp.v{table} USING fts5vocab(main, {table}, instance)")
        def check(step):
            db.execute("INSERT INTO documents_fts(documents_fts, rank) VALUES('integrity-check', 1)")
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], step
            count = db.execute("SELECT count(*) FROM temp.vdocuments_fts").fetchone()[0]
            extra = db.execute("SELECT count(*) FROM (SELECT * FROM temp.vdocuments_fts EXCEPT SELECT * FROM temp.vown)")
            assert count == db.execute("SELECT count(*) FROM temp.vown").fetchone()[0] > 0, step
            assert extra.fetchone()[0] == 0, step
            for query in ["an", "an ber", '"an" + "ber"', "NEAR(an ber, 5)", "b*", "title : an", "an NOT de", "^an"]:
                rows = [db.execute(f"SELECT rowid, snippet({t}, -1, '[', ']', '', 8), highlight({t}, 0, '<', '>'), rank "
                                   f"FROM {t}(?) ORDER BY rowid", (query,)).fetchall() for t in tables]
                assert rows[0] and rows[0] == rows[1], (step, query, len(rows[0]), len(rows[1]))
        check("build")
        for row in range(100000, 100040):
            db.execute("INSERT INTO documents(id, external_id, line, content_hash, title, body) "
                       "VALUES(?, 'x' || ?, 1, 1, 'an de', 'ber an co')", (row, row))
            for table in tables:
                db.execute(f"INSERT INTO {table}(rowid, title, body) VALUES(?, 'an de', 'ber an co')", (row,))
        check("insert")
        for row, title, body in db.execute("SELECT id, title, body FROM documents WHERE id % 3 = 0").fetchall():
            for table in tables:
                db.execute(f"INSERT INTO {table}({table}, rowid, title, body) VALUES('delete', ?, ?, ?)", (row, title, body))
            db.execute("DELETE FROM documents WHERE id = ?", (row,))
        check("delete")
        for command, rank in (("merge", -4), ("merge", 100), ("optimize", 0)):
            for table in tables:
                db.execute(f"INSERT INTO {table}({table}, rank) VALUES(?, ?)", (command, rank))
            check(command)
        db.execute("DROP TABLE temp.vown; DROP TABLE own")
        print("sound")
        """

    @Test(
        .enabled(if: Python.newerSQLite != nil, "apsw is not installed: pip install apsw"),
        arguments: [1, 512 << 20])
    func newerSQLiteChecksSearchesChangesAndOptimizesIndexes(memory: Int) throws {
        let folder = try TemporaryFolder()
        var generator = TextGenerator(seed: 5, words: 120)
        func text(words: ClosedRange<Int>) -> String {
            let words = generator.text(words: generator.number(in: words)).split(separator: " ")
            return words.filter { $0.allSatisfy(\.isASCII) }.joined(separator: " ")
        }
        let lines = try (0..<900).map { number in
            let document = ["id": "d\(number)", "title": text(words: 0...6), "text": text(words: 1...80) + " end"]
            return String(decoding: try JSONEncoder().encode(document), as: UTF8.self) + "\n"
        }
        try folder.write(lines.joined(), to: "in/documents.jsonl")
        let path = folder.file("postil.db")
        let profile = try Profile.named(Profile.defaultName)
        _ = try Index.build(at: path, profile: profile, analyzer: "none", replaces: false) { writer in
            let request = IndexingRequest(paths: [folder.file("in/documents.jsonl")], memory: memory, threads: 2)
            var indexer = CollectionIndexer(request, usual: profile, analyzer: .none, writer: writer)
            try indexer.run(batchBytes: 3000) { _ in }
        }
        let output = try Python.run(Self.script, [path])
        #expect(output == "sound\n", "SQLite \(Python.newerSQLite ?? ""): \(output ?? "")")

        let before = try Index.open(at: path).makeSearcher().search(SearchRequest("an +ber"))
        #expect(!before.hits.isEmpty)
        try Index.open(at: path, access: .readWrite).optimize { _ in }
        let after = try Index.open(at: path).makeSearcher().search(SearchRequest("an +ber"))
        #expect(after.hits.map(\.id) == before.hits.map(\.id))
        // Its documents have no fingerprint of what was indexed: each is reported, and accepted by a repair.
        let foreign = (100_000..<100_040).filter { $0 % 3 != 0 }
        let named = foreign.prefix(20).map { "documents, row \($0): it is not what was indexed" }
        let expected = named + ["\(foreign.count - named.count) more documents"]
        #expect(try Index.open(at: path).check().findings.map(\.what) == expected)
        #expect(try Index.open(at: path, access: .readWrite).check(repair: true).isSound)
        #expect(try Index.open(at: path).check().findings.isEmpty)
        let repaired = try Index.open(at: path).makeSearcher().search(SearchRequest("an +ber"))
        #expect(
            repaired.hits.map(\.id) == before.hits.map(\.id) && repaired.hits.map(\.score) == after.hits.map(\.score))
    }
}
