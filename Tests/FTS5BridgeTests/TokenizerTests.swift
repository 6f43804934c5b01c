import CSQLite
import FTS5Bridge
import PostilTestSupport
import Testing
import TextAnalysis

@Suite struct TokenizerTests {
    private func table(_ documents: [String], tokenize: String = "postil english") throws -> Connection {
        let connection = try Connection()
        try connection.run("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = '\(tokenize)')")
        for document in documents { try connection.run("INSERT INTO texts(body) VALUES (?1)", document) }
        return connection
    }

    private func matches(_ connection: Connection, _ query: String) throws -> [String] {
        try connection.run("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rowid", query).map { $0[0] }
    }

    @Test func compoundsAreFoundByPartsAndByJoinedForm() throws {
        let connection = try table(["A mesa-optimizer appears", "the mesaoptimizer", "mesa and optimizer"])
        #expect(try matches(connection, "\"mesa-optimizer\"") == ["1"])
        #expect(try matches(connection, "mesaoptimizers") == ["1", "2"])
        #expect(try matches(connection, "\"a mesa optimizer appears\"") == ["1"])
        #expect(try matches(connection, "mesaopt*") == ["1", "2"])
        #expect(try matches(connection, "\"mesa-opt\" *") == ["1"])
    }

    @Test func stemsAndFoldsAlike() throws {
        let connection = try table(["Résumés of running agents", "GPT-4 and COVID-19"])
        #expect(try matches(connection, "resume") == ["1"])
        #expect(try matches(connection, "RUNS") == ["1"])
        #expect(try matches(connection, "gpt4") == ["2"])
        #expect(try matches(connection, "\"gpt 4 and covid\"") == ["2"])
    }

    @Test func findsEveryPartOfUnspacedText() throws {
        let connection = try table(["我们研究深度学习的问题 GPT", "学"])
        for part in ["深度学习", "度学", "学", "题"] {
            #expect(try matches(connection, "\"\(part)\"").first == "1", "\(part)")
        }
        #expect(try matches(connection, "学") == ["1", "2"])
        #expect(try matches(connection, "\"学深\"") == [])
        #expect(try matches(connection, "\"的问题 gpt\"") == ["1"])
        #expect(try matches(connection, "\"题 gpt\"") == ["1"])
    }

    @Test func highlightsTheRightBytes() throws {
        let connection = try table(["Die naïve GPT-4 agents’ goals"], tokenize: "postil")
        let sql =
            "SELECT highlight(texts, 0, '[', ']'), snippet(texts, 0, '<', '>', '…', 3) FROM texts WHERE texts MATCH ?1"
        #expect(try connection.run(sql, "naive") == [["Die [naïve] GPT-4 agents’ goals", "Die <naïve> GPT…"]])
        #expect(try connection.run(sql, "agent")[0][0] == "Die naïve GPT-4 [agents]’ goals")
        #expect(try connection.run(sql, "\"gpt 4\"")[0][0] == "Die naïve [GPT-4] agents’ goals")
    }

    @Test func passesTheIntegrityCheck() throws {
        let connection = try table([])
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let bytes = RandomText.bytes(length: 60, alphabet: .mixed, using: &random).filter { $0 != 0 }
            try connection.run("INSERT INTO texts(body) VALUES (?1)", String(decoding: bytes, as: UTF8.self))
        }
        try connection.run("INSERT INTO texts(texts) VALUES ('integrity-check')")
        try connection.run("DELETE FROM texts WHERE rowid % 3 = 0")
        try connection.run("INSERT INTO texts(texts, rank) VALUES ('integrity-check', 1)")
    }

    @Test func refusesUnknownAnalyzers() throws {
        #expect(throws: Connection.Failure.self) { try table([], tokenize: "postil klingon") }
        #expect(throws: Connection.Failure.self) { try table([], tokenize: "postil fts5:porter") }
    }

    @Test func tablesHaveAnalyzersOfTheirOwn() throws {
        let connection = try table(["Häuser"], tokenize: "postil german")
        try connection.run("CREATE VIRTUAL TABLE others USING fts5(body, tokenize = 'postil none')")
        try connection.run("INSERT INTO others(body) VALUES ('Häuser')")
        #expect(try matches(connection, "haus") == ["1"])
        #expect(try connection.run("SELECT rowid FROM others('haus')") == [])
        #expect(try connection.run("SELECT rowid FROM others('hauser')") == [["1"]])
    }
}
