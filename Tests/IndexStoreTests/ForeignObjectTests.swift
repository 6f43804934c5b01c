import Documents
import Foundation
import IndexStore
import PostilTestSupport
import Testing

/// A file from somebody else runs nothing of theirs.
@Suite struct ForeignObjectTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("index.db") }

    init() throws { folder = try TemporaryFolder() }

    private func build(_ compression: TextCompression = .none, tokenizer: String = "postil english") throws {
        var settings = IndexFileTests.settings
        settings.compression = compression
        if !tokenizer.hasPrefix("postil ") { settings.analyzer = "fts5:" + tokenizer }
        _ = try IndexFile.build(at: path, settings: settings, tokenizer: tokenizer, replaces: true) { writer in
            for number in 0..<3 {
                try writer.insert(Document(externalID: "d\(number)", body: "text \(number)", date: "2020"), source: nil)
            }
        }
    }

    private static let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    @Test(arguments: [
        "CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM documents; END",
        "CREATE TRIGGER t AFTER INSERT ON score_state BEGIN \(endless); END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE settings; CREATE VIEW settings AS SELECT 'k1' AS name, (\(endless)) AS value",
        "DROP TABLE metadata_names; CREATE VIEW metadata_names(name) AS \(endless)",
        "CREATE VIRTUAL TABLE t USING fts5(x)",
        "ALTER TABLE documents ADD COLUMN c AS (length(body))",
        "ALTER TABLE sources ADD COLUMN c",
        "CREATE TABLE t(a, b AS (length(a)))",
        "CREATE INDEX i ON documents(length(body))",
        "CREATE INDEX i ON documents(author) WHERE length(body) > 3",
        "DROP INDEX documents_by_url; CREATE INDEX documents_by_url ON documents(length(body))",
        "CREATE INDEX documents_by_date ON documents(length(body))",
    ])
    func whatCouldRunIsRefused(sql: String) throws {
        try build()
        do { try TestDatabase(path).execute(sql) }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect {
            _ = try IndexFile(path: path)
        } throws: { error in
            if case IndexError.foreignObject = error { true } else { false }
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        try build()
        #expect(try IndexFile(path: path).check(repair: false).isSound)
    }

    @Test(arguments: [
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, text); CREATE INDEX i ON notes(text)",
        "CREATE INDEX i ON documents(author, url)",
        "ANALYZE",
        "DROP INDEX documents_by_url",
        // Files of earlier versions have it.
        "CREATE INDEX documents_by_date ON documents(date) WHERE date IS NOT NULL",
    ])
    func whatRunsNothingIsLeftInPeace(sql: String) throws {
        try build()
        do { try TestDatabase(path).execute(sql) }
        #expect(try IndexFile(path: path).snapshot().documents(externalID: "d1").count == 1)
    }

    @Test func aTableThatIsGoneIsNamed() throws {
        try build()
        do { try TestDatabase(path).execute("DROP TABLE sources") }
        #expect(throws: IndexError.corrupt(path: path, table: "sources", rowID: nil, reason: "it is not there")) {
            try IndexFile(path: path)
        }
    }

    /// Every tokenizer and way of storing opens.
    @Test(arguments: [TextCompression.none, .zstd], ["postil english", "porter unicode61 tokenchars '-_'", "trigram"])
    func everyIndexOpens(compression: TextCompression, tokenizer: String) throws {
        try build(compression, tokenizer: tokenizer)
        #expect(try IndexFile(path: path).snapshot().documents(externalID: "d1").count == 1)
    }

    @Test func noTokenizerBreaksOutOfItsQuotationMarks() throws {
        try build()
        do {
            let database = try TestDatabase(path)
            try database.execute("PRAGMA writable_schema = ON")
            try database.execute(
                """
                UPDATE sqlite_schema SET sql = replace(sql, 'tokenize=''postil english''', 'tokenize=''x'', columnsize=''0''')
                WHERE name = 'documents_fts'
                """)
        }
        #expect {
            _ = try IndexFile(path: path)
        } throws: { error in
            if case IndexError.foreignObject = error { true } else { false }
        }
    }
}

/// A table whose pages lead to the same page again and again.
@Suite struct StepLimitTests {
    @Test func aWalkThatNeverEndsIsEnded() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        _ = try IndexFile.build(
            at: path, settings: IndexFileTests.settings, tokenizer: "postil english", replaces: false
        ) { writer in
            for number in 0..<600 {
                let text = String(repeating: "text \(number) ", count: 40)
                try writer.insert(Document(externalID: "d\(number)", body: text, author: "A", date: "2020"))
            }
        }
        let root = try {
            try TestDatabase(path).rows("SELECT rootpage FROM sqlite_schema WHERE name = 'documents'")[0][0].integer
        }()
        var bytes = try Data(contentsOf: URL(filePath: path))
        let pageSize = 32_768
        let start = (Int(root) - 1) * pageSize
        #expect(bytes[start] == 5)
        // Three levels of pages all of whose cells lead to the next one, and the last to a leaf of the table.
        func page(leadingTo child: Int) -> Data {
            var page = Data(count: pageSize)
            let cells = 3000
            page[0] = 5
            (page[3], page[4]) = (UInt8(cells >> 8), UInt8(cells & 255))
            let content = pageSize - cells * 5
            (page[5], page[6]) = (UInt8(content >> 8), UInt8(content & 255))
            func put(_ number: Int, at place: Int) {
                for byte in 0..<4 { page[place + byte] = UInt8(number >> (24 - 8 * byte) & 255) }
            }
            put(child, at: 8)
            for cell in 0..<cells {
                let place = content + cell * 5
                (page[12 + 2 * cell], page[13 + 2 * cell]) = (UInt8(place >> 8), UInt8(place & 255))
                put(child, at: place)
                page[place + 4] = 1
            }
            return page
        }
        let leaf = bytes[start + 8..<start + 12].reduce(0) { $0 << 8 | Int($1) }
        let count = bytes.count / pageSize
        bytes.append(page(leadingTo: leaf))
        bytes.append(page(leadingTo: count + 1))
        bytes.replaceSubrange(start..<start + pageSize, with: page(leadingTo: count + 2))
        let pages = count + 2
        for byte in 0..<4 { bytes[28 + byte] = UInt8(pages >> (24 - 8 * byte) & 255) }
        try bytes.write(to: URL(filePath: path))
        #expect {
            let snapshot = try IndexFile(path: path).snapshot()
            _ = try snapshot.documents(scanning: .words(.author, "nobody", isBeginning: false))
        } throws: { error in
            if case IndexError.corrupt = error { true } else { false }
        }
    }
}
