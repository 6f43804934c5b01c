import Postings
import FTS5Format
import PostilTestSupport
import Testing

/// Two FTS5 tables over the same texts in one file: `t`, filled by `INSERT`, and `w`, whose records the writer wrote.
struct WrittenIndex {
    static let columns = ["title", "body"]
    private let folder = try! TemporaryFolder()
    private(set) var database: TestDatabase
    var generator: TextGenerator
    private var nextRow: Int64 = 1
    private var live: [Int64: (String, String)] = [:]
    private let context: String

    /// Texts come from `seed`; `makeText` gives each document's title and body.
    init(
        seed: UInt64, pageSize: Int, documents: Int, segments: Int = 1, words: Int = 150,
        options: String = "", makeText: (inout TextGenerator) -> (String, String) = Self.anyText
    ) throws {
        generator = TextGenerator(seed: seed, words: words)
        context = "seed: \(seed), page size: \(pageSize), documents: \(documents), segments: \(segments)"
        database = try TestDatabase(folder.file("index.db"))
        try database.execute("PRAGMA journal_mode=OFF; CREATE TABLE c(id INTEGER PRIMARY KEY, title, body);")
        for table in ["t", "w"] {
            try database.execute(
                """
                CREATE VIRTUAL TABLE \(table) USING fts5(title, body, content=c, content_rowid=id\(options));
                INSERT INTO \(table)(\(table), rank) VALUES('pgsz', \(pageSize));
                INSERT INTO \(table)(\(table), rank) VALUES('hashsize', 5000);
                """)
        }
        try database.execute("BEGIN")
        for _ in 0..<documents {
            let (title, body) = makeText(&generator)
            try put(nextRow, title, body, into: ["t"])
            nextRow += Int64(generator.number(in: 1...200))
        }
        try database.execute("COMMIT")
        try reopen()
        try write(pageSize: pageSize, segments: segments)
        try reopen()
    }

    static func anyText(_ generator: inout TextGenerator) -> (String, String) {
        (
            generator.text(words: generator.number(in: 0...5)),
            generator.text(words: generator.number(in: 0...10) == 0 ? 200 : generator.number(in: 0...30))
        )
    }

    var path: String { folder.file("index.db") }

    /// Forgets what FTS5 has cached.
    mutating func reopen() throws { database = try TestDatabase(folder.file("index.db")) }

    private mutating func put(_ row: Int64, _ title: String, _ body: String, into tables: [String]) throws {
        try database.rows("INSERT INTO c VALUES(?, ?, ?)", [.integer(row), .text(title), .text(body)])
        for table in tables {
            try database.rows(
                "INSERT INTO \(table)(rowid, title, body) VALUES(?, ?, ?)", [.integer(row), .text(title), .text(body)])
        }
        live[row] = (title, body)
    }

    /// Writes the records of `w` from what `fts5vocab` knows of `t`: `segments` segments of as many rows each.
    private func write(pageSize: Int, segments: Int) throws {
        let reader = try TestDatabase(folder.file("index.db"))
        let source = try MemoryDataSource(reader, table: "t")
        let sink = DatabaseDataSink(database, table: "w")
        let rows = live.keys.sorted()
        var structure = try MemoryDataSource(database, table: "w").structure()
        try database.execute("BEGIN")
        let share = max(1, (rows.count + segments - 1) / segments)
        for start in stride(from: 0, to: rows.count, by: share) {
            let range = rows[start]...rows[min(start + share, rows.count) - 1]
            let id = try #require(structure.unusedSegmentID())
            let writer = SegmentWriter(sink: sink, segment: id, pageSize: pageSize)
            try copyTerms(source, range, to: writer)
            if let segment = try writer.finish() { structure.add(segment, level: 1) }
        }
        try sink.put(structure)
        try sink.put(source.averages(columns: 2))
        for row in try database.rows("SELECT id, sz FROM t_docsize") {
            try database.rows("INSERT INTO w_docsize(id, sz) VALUES(?, ?)", row)
        }
        try database.execute("COMMIT")
    }

    /// Every term of every index with its postings in rows `range`, by runs of up to three postings.
    private func copyTerms(_ source: MemoryDataSource, _ range: ClosedRange<Int64>, to writer: SegmentWriter) throws {
        let structure = try source.structure()
        var keys: Set<[UInt8]> = []
        for segment in structure.segmentsNewestFirst {
            let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
            while try cursor.nextTerm() { keys.insert(cursor.term) }
        }
        var positions: [Position] = []
        for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            writer.begin(key)
            let doclist = try MergedDoclist(key, source: source, structure: structure, columns: 2)
            var run: [UInt8] = []
            var (first, last, count): (Int64, Int64, Int) = (0, 0, 0)
            func flush() throws {
                guard count > 0 else { return }
                try run.withUnsafeBytes {
                    try writer.append(PostingRun(firstRowID: first, lastRowID: last, bytes: $0))
                }
                run = []
                count = 0
            }
            while let row = try doclist.next() {
                guard range.contains(row) else { continue }
                positions = Array(try doclist.positions())
                if key.count % 3 == 0 {
                    try writer.append(rowID: row, positions: positions)
                    continue
                }
                if count == 0 { first = row } else { Varint.append(UInt64(row - last), to: &run) }
                PositionWriter.append(positions, to: &run)
                last = row
                count += 1
                if count == (key.count % 3 == 1 ? 3 : 1000) { try flush() }
            }
            try flush()
        }
    }

    // MARK: - Changes through FTS5

    mutating func insert(_ count: Int) throws {
        try database.execute("BEGIN")
        for _ in 0..<count {
            let (title, body) = Self.anyText(&generator)
            try put(nextRow, title, body, into: ["t", "w"])
            nextRow += 1
        }
        try database.execute("COMMIT")
    }

    mutating func delete(oneIn step: Int) throws {
        try database.execute("BEGIN")
        for row in live.keys.sorted() where generator.number(in: 1...step) == 1 {
            guard let (title, body) = live.removeValue(forKey: row) else { continue }
            for table in ["t", "w"] {
                try database.rows(
                    "INSERT INTO \(table)(\(table), rowid, title, body) VALUES('delete', ?, ?, ?)",
                    [.integer(row), .text(title), .text(body)])
            }
            try database.rows("DELETE FROM c WHERE id=?", [.integer(row)])
        }
        try database.execute("COMMIT")
    }

    func command(_ name: String, _ rank: Int? = nil) throws {
        for table in ["t", "w"] {
            if let rank {
                try database.execute("INSERT INTO \(table)(\(table), rank) VALUES('\(name)', \(rank))")
            } else {
                try database.execute("INSERT INTO \(table)(\(table)) VALUES('\(name)')")
            }
        }
    }

    // MARK: - Comparison

    /// Compares `w` with `t` in every way that FTS5 offers, and with the texts themselves.
    mutating func check(_ step: String) throws {
        let context = "\(context), after: \(step)"
        do {
            try database.execute("INSERT INTO w(w, rank) VALUES('integrity-check', 1)")
        } catch {
            Issue.record("integrity-check: \(error), \(context)")
        }
        let expected = try database.instances(of: "t", columns: Self.columns)
        let found = try database.instances(of: "w", columns: Self.columns)
        #expect(found == expected, "\(context)")
        let source = try MemoryDataSource(database, table: "w")
        #expect(try readInstances(source, columns: 2) == expected, "\(context)")
        #expect(try source.averages(columns: 2) == MemoryDataSource(database, table: "t").averages(columns: 2))
        for query in queries() {
            let orders = ["rowid", "rowid DESC", "rank, rowid"]
            for order in [orders[generator.number(in: 0...2)]] {
                func answer(_ table: String) throws -> [[TestDatabase.Value]] {
                    try database.rows(
                        """
                        SELECT rowid, snippet(\(table), -1, '[', ']', '…', 9), highlight(\(table), 1, '[', ']')
                        FROM \(table) WHERE \(table) MATCH ? ORDER BY \(order)
                        """, [.text(query)])
                }
                #expect(try answer("w") == answer("t"), "\(context), query: \(query), order: \(order)")
            }
        }
    }

    private mutating func queries() -> [String] {
        func word() -> String {
            let place = generator.number(in: 0...generator.vocabulary.count - 1)
            return "\"\(generator.vocabulary[place * place / generator.vocabulary.count])\""
        }
        return [
            word(), "\(word()) OR \(word())", "\(word()) AND \(word())", "\(word()) NOT \(word())",
            "\(word()) + \(word())", "NEAR(\(word()) \(word()), 4)", "title : \(word())", "-title : \(word())",
            "^\(word())", "\"an\" *", "{title body} : \"ber\" *", "title : \"d\" * AND \(word())",
        ]
    }
}
