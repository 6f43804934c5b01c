import FTS5Bridge
import PostilTestSupport
import Testing
import TextAnalysis

/// The option that an index's table has, in an SQLite with Postil's tokenizer and in one without.
@Suite struct StandInTests {
    private func connection(withPostil: Bool) throws -> Connection {
        let connection = try Connection(registers: false)
        if withPostil { try connection.api.registerTokenizers() }
        return connection
    }

    private func fill(_ connection: Connection, tokenize option: String, with texts: [String]) throws {
        let quoted = option.replacing("'", with: "''")
        try connection.run("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize = '\(quoted)')")
        for text in texts { try connection.run("INSERT INTO texts(body) VALUES (?1)", text) }
    }

    private func matches(_ connection: Connection, _ query: String) throws -> [[String]] {
        try connection.run("SELECT rowid, highlight(texts, 0, '[', ']') FROM texts WHERE texts MATCH ?1", query)
    }

    @Test func isPostilsTokenizerWherePostilIs() throws {
        for analyzer in ["english", "none", "german"] {
            let own = try connection(withPostil: true)
            let named = try connection(withPostil: true)
            let texts = ["A mesa-optimizer appears", "Häuser and houses", "running"]
            try fill(own, tokenize: AnalyzerSpecification(analyzer).tokenizeOption, with: texts)
            try fill(named, tokenize: "postil \(analyzer)", with: texts)
            for query in ["optimizers", "mesaoptimizer", "haus", "house", "run", "\"mesa optimizer\"", "opt*"] {
                #expect(try matches(own, query) == matches(named, query), "\(analyzer): \(query)")
            }
        }
        let english = try connection(withPostil: true)
        try fill(english, tokenize: AnalyzerSpecification.english.tokenizeOption, with: ["running"])
        #expect(try matches(english, "runs") == [["1", "[running]"]])
    }

    @Test func opensAndFindsNothingWithoutPostil() throws {
        let connection = try connection(withPostil: false)
        try fill(
            connection, tokenize: AnalyzerSpecification.english.tokenizeOption,
            with: ["postil english", "Co naïve 42 Ωмега", "a"])
        #expect(try connection.run("SELECT count(*) FROM texts") == [["3"]])
        for query in ["postil", "english", "Co", "naïve", "42", "Ωмега", "a*"] {
            #expect(try matches(connection, query) == [], "\(query)")
        }
    }

    @Test func leavesTablesOfOthersAsTheyAre() throws {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        var generator = SplitMix64(seed: seed)
        let options = [
            "unicode61", "unicode61 remove_diacritics 0", "unicode61 tokenchars '-_'", "unicode61 separators 'x'",
            "porter", "porter unicode61 remove_diacritics 2", "unicode61 categories 'L* N* Co'",
            "unicode61 categories 'Co'", "unicode61 categories 'Co' separators 'postil'",
        ]
        for option in options {
            let texts = (0..<20).map { _ in
                String(decoding: RandomText.bytes(length: 40, alphabet: .mixed, using: &generator), as: UTF8.self)
            }
            let (with, without) = (try connection(withPostil: true), try connection(withPostil: false))
            for connection in [with, without] {
                try fill(connection, tokenize: option, with: texts)
                try connection.run("CREATE VIRTUAL TABLE words USING fts5vocab(texts, instance)")
            }
            let select = "SELECT * FROM words"
            #expect(try with.run(select) == without.run(select), "seed: \(seed), \(option)")
        }
        let connection = try connection(withPostil: true)
        for option in ["unicode61 colour 'red'", "unicode61 categories 'Co' separators 'postil klingon'"] {
            #expect(throws: (any Error).self, "\(option)") { try fill(connection, tokenize: option, with: []) }
        }
    }
}
