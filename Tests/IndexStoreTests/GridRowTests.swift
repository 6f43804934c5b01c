import GRDB
import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct GridRowTests {
    private func makeDatabase() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE score_terms(segment INTEGER, term BLOB, start INTEGER, length INTEGER,
                      PRIMARY KEY(segment, term)) WITHOUT ROWID;
                    CREATE TABLE score_grids(id INTEGER PRIMARY KEY, content BLOB NOT NULL);
                    """)
        }
        return queue
    }

    private func store(_ grids: [(String, [UInt8])], segment: Int, rowLength: Int, _ db: Database) throws {
        var writer = try GridRowWriter(db, segment: segment, rowLength: rowLength)
        for (term, grid) in grids { try Array(term.utf8).withUnsafeBytes { try writer.append($0, grid) } }
        try writer.finish()
    }

    private func grid(_ term: String, segment: Int, _ reader: GridRowReader) throws -> [UInt8]? {
        try reader.withGrid(of: Array(term.utf8), segment: segment) { [UInt8]($0) }
    }

    @Test func exampleOfTheFormat() throws {
        try makeDatabase().write { db in
            try store([("a", [1, 2, 3]), ("b", [4, 5, 6])], segment: 7, rowLength: 4, db)
            let rows = try Row.fetchAll(db, sql: "SELECT id, hex(content) AS content FROM score_grids ORDER BY id")
            #expect(rows.map { $0["id"] as Int64 } == [7 << 32, 7 << 32 + 1])
            #expect(rows.map { $0["content"] as String } == ["01020304", "0506"])
            let terms = try Row.fetchAll(db, sql: "SELECT start, length FROM score_terms ORDER BY term")
            #expect(terms.map { [$0["start"] as Int, $0["length"] as Int] } == [[0, 3], [3, 3]])
            let reader = try GridRowReader(db, path: "", rowLength: 4)
            #expect(try grid("b", segment: 7, reader) == [4, 5, 6])
            #expect(try grid("b", segment: 6, reader) == nil)
        }
    }

    /// Grids that end at, before and behind the end of a row come back; removing a segment leaves the others.
    @Test func roundTrips() throws {
        for seed in UInt64(0)..<20 {
            var generator = SplitMix64(seed: seed)
            let rowLength = Int.random(in: 1...9, using: &generator)
            var segments: [Int: [(String, [UInt8])]] = [:]
            for segment in [1, 2, 3] {
                segments[segment] = (0..<Int.random(in: 0...12, using: &generator)).map { term in
                    (
                        "t\(term)",
                        (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                            UInt8.random(in: 0...255, using: &generator)
                        }
                    )
                }
            }
            try makeDatabase().write { db in
                for (segment, grids) in segments { try store(grids, segment: segment, rowLength: rowLength, db) }
                let reader = try GridRowReader(db, path: "", rowLength: rowLength)
                for (segment, grids) in segments {
                    let found = try grids.map { try grid($0.0, segment: segment, reader) }
                    #expect(found == grids.map(\.1), "seed: \(seed), segment: \(segment)")
                }
                try GridRowWriter.remove(segment: 2, db)
                for (segment, grids) in segments {
                    let found = try grids.compactMap { try grid($0.0, segment: segment, reader) }
                    #expect(found == (segment == 2 ? [] : grids.map(\.1)), "seed: \(seed), segment: \(segment)")
                }
                let left = try Int.fetchOne(db, sql: "SELECT count(*) FROM score_grids WHERE id >> 32 = 2")
                #expect(left == 0, "seed: \(seed)")
            }
        }
    }

    /// Damage throws: no trap, no reading beyond a row.
    @Test func damageThrows() throws {
        try makeDatabase().write { db in
            try store([("a", [1, 2, 3, 4, 5, 6])], segment: 7, rowLength: 4, db)
            let reader = try GridRowReader(db, path: "", rowLength: 4)
            for change in [
                "UPDATE score_terms SET start = -1", "UPDATE score_terms SET start = 0, length = -1",
                "UPDATE score_terms SET length = 9", "UPDATE score_terms SET start = 9223372036854775807",
                "UPDATE score_terms SET start = 0, length = 4294967295",
                "UPDATE score_terms SET length = 6; UPDATE score_grids SET content = x'01' WHERE id & 1 = 1",
                "DELETE FROM score_grids",
            ] {
                try db.execute(sql: change)
                #expect(throws: IndexError.self, "\(change)") { try grid("a", segment: 7, reader) }
            }
        }
    }
}
