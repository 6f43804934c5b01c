import FTS5Format
import Foundation
import PostilTestSupport
import Testing

/// Segments written directly, under a newer SQLite.
@Suite struct NewerFTS5Tests {
    @Test(
        .enabled(if: Python.newerSQLite != nil, "apsw is not installed: pip install apsw"),
        arguments: [32, 200, 4050])
    func newerSQLiteChecksSearchesChangesAndOptimizesSegments(pageSize: Int) throws {
        var index = try WrittenIndex(seed: 21, pageSize: pageSize, documents: 60, segments: 3)
        let script = """
            import apsw, sys
            db = apsw.Connection(sys.argv[1])
            def check(step):
                db.execute("INSERT INTO w(w, rank) VALUES('integrity-check', 1)")
                for table in "tw":
                    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.v{table} USING fts5vocab(main, {table}, instance)")
                count = db.execute("SELECT count(*) FROM temp.vw").fetchone()[0]
                extra = db.execute("SELECT count(*) FROM (SELECT * FROM temp.vw EXCEPT SELECT * FROM temp.vt)").fetchone()[0]
                assert count and not extra, (step, count, extra)
                for query in ['an', 'an ber', '"an" + "ber"', 'NEAR(an ber, 5)', 'b*', 'title : an', 'an NOT de']:
                    rows = [list(db.execute(f"SELECT rowid, snippet({t}, -1, '[', ']', '', 8), rank FROM {t}(?) "
                                            "ORDER BY rowid", (query,))) for t in "tw"]
                    assert rows[0] == rows[1], (step, query)
            check('writing')
            for row in range(100000, 100040):
                db.execute("INSERT INTO c VALUES(?, 'an de', 'ber an co')", (row,))
                for table in "tw":
                    db.execute(f"INSERT INTO {table}(rowid, title, body) VALUES(?, 'an de', 'ber an co')", (row,))
            check('insert')
            for row, title, body in list(db.execute("SELECT * FROM c WHERE id % 3 = 0")):
                for table in "tw":
                    db.execute(f"INSERT INTO {table}({table}, rowid, title, body) VALUES('delete', ?, ?, ?)",
                               (row, title, body))
                db.execute("DELETE FROM c WHERE id = ?", (row,))
            check('delete')
            for command, rank in (('merge', -4), ('merge', 100)):
                for table in "tw":
                    db.execute(f"INSERT INTO {table}({table}, rank) VALUES(?, ?)", (command, rank))
                check(f'{command} {rank}')
            for table in "tw":
                db.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
            check('optimize')
            print('sound')
            """
        let output = try Python.run(script, [index.path])
        #expect(output == "sound\n", "SQLite \(Python.newerSQLite ?? ""): \(output ?? "")")
        try index.reopen()
        try index.database.execute("INSERT INTO w(w, rank) VALUES('integrity-check', 1)")
    }

    @Test(.enabled(if: Python.newerSQLite != nil, "apsw is not installed: pip install apsw"))
    func v2StructuresAndTombstonesAreRecognized() throws {
        let folder = try TemporaryFolder()
        let script = """
            import apsw, sys
            db = apsw.Connection(sys.argv[1])
            db.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, content='', contentless_delete=1)")
            db.execute("INSERT INTO t(rowid, title, body) VALUES(1, 'one', 'two'), (2, 'one', 'three')")
            print('deleted' if len(sys.argv) > 2 and db.execute("DELETE FROM t WHERE rowid=1") else 'kept')
            """
        #expect(try Python.run(script, [folder.file("index.db")]) == "kept\n")
        let source = try MemoryDataSource(TestDatabase(folder.file("index.db")), table: "t")
        let structure = try source.structure()
        #expect(structure.isV2 && structure.segmentCount == 1)
        #expect(structure.levels[0].segments[0].origin?.rows == 2)
        #expect(structure.encoded() == source.records[.structure])
        #expect(try readInstances(source, columns: 2).count == 4)

        let other = try TemporaryFolder()
        #expect(try Python.run(script, [other.file("index.db"), "delete"]) == "deleted\n")
        let deleted = try MemoryDataSource(TestDatabase(other.file("index.db")), table: "t")
        #expect(throws: FTS5FormatError.unsupported(.tombstones)) { try readInstances(deleted, columns: 2) }
    }
}
