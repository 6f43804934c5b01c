import PostilTestSupport
import Testing

@testable import QueryLanguage

/// What a program puts together is read as it was meant.
struct QueryExpressionTests {
    private static let fields: Set<String> = ["title", "body", "author", "date", "karma", "venue", "tag", "DOI"]

    @Test func valuesBecomeTheLanguageThatPeopleType() {
        func expect(_ query: QueryExpression, _ text: String) { #expect(query.text == text) }
        expect(.words("reward hacking"), "reward hacking")
        expect(.allWords("reward hacking"), "+reward +hacking")
        expect(.phrase("reward \"hacking\""), "\"reward  hacking \"")
        expect(.near("reward proxy", within: 5), "\"reward proxy\"~5")
        expect(.beginning("reward hac"), "+reward +hac*")
        expect(.similar("corrigability"), "corrigability~")
        expect(.similar("corrigability", edits: 9), "corrigability~2")
        expect(.similar("corrigability", edits: 0), "corrigability")
        expect(.written("optimizer"), "=optimizer")
        expect(.any([.words("a b"), .phrase("c d")]), "a b \"c d\"")
        expect(.all([.words("a b"), .not(.phrase("c d"))]), "+(a b) -\"c d\"")
        expect(.all([.words("a")], preferring: [.words("b").boosted(by: 2)]), "+a b^2.0")
        expect(.not(.words("robot")), "+* -robot")
        expect(.field("author", .words("shah rohin")), "author:shah OR author:rohin")
        expect(.field("title", .words("a b").boosted(by: 3)), "(title:a title:b)^3.0")
        expect(.field("tag", .beginning("proj")), "tag:proj*")
        expect(.field("venue", .everything), "venue:*")
        expect(.range("karma", 10...20), "karma:10..20")
        expect(.range("karma", 10..<20), "+karma:>=10 +karma:<20")
        expect(.range("karma", above: 2.5), "karma:>2.5")
        expect(.range("karma", ...5), "karma:<=5")
        expect(.all([]), "*")
        expect(.any([]), "")
    }

    @Test func datesAreDatesOrNothing() {
        #expect(QueryExpression.date(from: "2019", to: "2021-06")?.text == "date:2019..2021-06")
        #expect(QueryExpression.date(from: "2021", to: "2019")?.text == "date:2019..2021")
        #expect(QueryExpression.date(from: nil, to: "2019")?.text == "date:..2019")
        #expect(QueryExpression.date(from: "yesterday", to: nil) == nil)
        #expect(QueryExpression.date(from: "2019..2020", to: nil) == nil)
        #expect(QueryExpression.date(from: nil, to: nil) == nil)
        #expect(QueryExpression.field("date", .words("2019")).text == "date:2019")
        #expect(QueryExpression.field("date", .phrase("x")) == .nothing)
    }

    @Test func capitalsAreNoReasonToMissAnOperator() {
        let query = QueryExpression.any([.field("DOI", .words("CATS")), .field("DOI", .words("DOGS"))])
        #expect(query.text == "DOI:CATS OR DOI:DOGS")
        #expect(bare(parse(query.text, knownFields: Self.fields).root) == query.root)
    }

    @Test func nestedQueriesCollapse() {
        var flat = QueryExpression.words("a")
        for _ in 0..<200 { flat = .all([flat, .words("b")]) }
        #expect(parse(flat.text, knownFields: []).hints == [])
        #expect(bare(parse(flat.text, knownFields: []).root) == flat.root)
    }

    @Test(arguments: [
        ("-cats OR *", "(cats or)"), ("title:goodhart", "\"title:goodhart\""), ("C++ (fast)", "(C++ fast)"),
        ("wi-fi", "wi-fi"), ("a^2 b~1 c*", "(\"a^2\" \"b~1\" c)"), ("+", ""), ("\u{201C}quoted\u{201D}", "quoted"),
        (">=30", "\">=30\""), ("10..20", "\"10..20\""), ("=x NOT", "(x not)"), ("a*b", "\"a b\""), ("", ""),
        ("...", "..."), ("note:", "note"), (".NET", ".NET"),
    ])
    func escapedTextIsWords(text: String, escaped: String) {
        #expect(QueryExpression.escape(text) == escaped)
    }

    /// No text is read as an operator, wherever it stands, and each of its words is searched.
    @Test func randomTextIsNeverReadAsOperators() throws {
        let pieces = [
            " ", " ", "(", ")", "\"", "+", "-", "~", "~2", "^2", "^", "*", ":", "title:", "author:", "karma:>=3",
            "date:2019",
            "date:2019..2021", "AND", "OR", " AND ", " OR ", " NOT ", "\u{201D}", "..", "5..", "'", "\\", "=",
            "é\u{301}", "\u{0}",
            "\n", "A", "猫", "a", "<", "word", "7",
        ]
        var seeds = try FuzzSeeds("escaped-text", usual: 600)
        while let seed = seeds.next() {
            var random = SplitMix64(seed: seed)
            var text = ""
            for _ in 0..<Int.random(in: 0...14, using: &random) { text += pieces.randomElement(using: &random)! }
            let escaped = QueryExpression.escape(text)
            let label: Comment = "seed: \(seed), text: \(text.debugDescription), escaped: \(escaped.debugDescription)"
            for (prefix, field) in [("", nil), ("title:", "title"), ("venue:", "venue")] where !escaped.isEmpty {
                let parsed = parse(prefix + escaped, knownFields: Self.fields)
                #expect(parsed.hints == [], label)
                let texts = leaves(of: parsed.root, in: field, label)
                for word in text.unicodeScalars.split(whereSeparator: { !$0.isAlphanumeric }) {
                    // Scalar by scalar: an accent behind a letter makes another character of it.
                    let word = Array(String(word).lowercased().unicodeScalars)
                    #expect(texts.contains { $0.lowercased().unicodeScalars.contains(word) }, "lost \(word); \(label)")
                }
            }
            let beside = parse("+tag:x -y \(escaped)", knownFields: Self.fields)
            #expect(beside.hints == [], label)
        }
    }

    /// A query's text is read as the query.
    @Test func randomQueriesAreReadAsTheyWereMeant() throws {
        var seeds = try FuzzSeeds("query-expressions", usual: 600)
        while let seed = seeds.next() {
            var random = SplitMix64(seed: seed)
            let query = randomExpression(4, using: &random)
            let parsed = parse(query.text, knownFields: Self.fields)
            let label: Comment = "seed: \(seed), text: \(query.text.debugDescription)"
            #expect(bare(parsed.root) == query.root, label)
            if query != .nothing { #expect(parsed.hints.filter { !$0.message.hasPrefix("at most") } == [], label) }
        }
    }

    private func randomExpression(_ depth: Int, using random: inout SplitMix64) -> QueryExpression {
        let texts = [
            "a", "b c", "CATS", "AND", "OR", "x:y", "-z", "\"q\" r", "5..9", ">=3", "C++", "d*", "=e", "~", "2019",
            "2019..2020", "",
            "猫", "f^2 NOT", "(g)", "H:I", "wi-fi",
        ]
        let text = texts.randomElement(using: &random)!
        func some() -> [QueryExpression] {
            (0..<Int.random(in: 0...3, using: &random)).map { _ in randomExpression(depth - 1, using: &random) }
        }
        let number = Double(Int.random(in: -40...40, using: &random)) / 4
        switch Int.random(in: 0...(depth == 0 ? 10 : 17), using: &random) {
        case 0, 1: return .words(text)
        case 2: return .allWords(text)
        case 3: return .phrase(text)
        case 4: return .near(text, within: Int.random(in: -1...2_000, using: &random))
        case 5: return .beginning(text)
        case 6: return .written(text)
        case 7: return .similar(text, edits: [nil, 0, 1, 2, 3].randomElement(using: &random)!)
        case 8: return [.everything, .nothing].randomElement(using: &random)!
        case 9: return .date(from: "2019", to: ["2018", nil, "2020-06"].randomElement(using: &random)!)!
        case 10:
            return [
                .range("karma", number...(number + 1)), .range("karma", number...), .range("karma", ..<number),
                .range("karma", ...number), .range("karma", above: number), .range("karma", number..<(number + 1)),
            ].randomElement(using: &random)!
        case 11, 12: return .all(some(), preferring: some())
        case 13, 14: return .any(some())
        case 15: return .not(randomExpression(depth - 1, using: &random))
        case 16:
            let factor = [0.001, 0.5, 2, 33.3, 1_000, .nan].randomElement(using: &random)!
            return randomExpression(depth - 1, using: &random).boosted(by: factor)
        default:
            let name = Self.fields.sorted().randomElement(using: &random)!
            return .field(name, randomExpression(depth - 1, using: &random))
        }
    }

    /// The texts of a tree that consists of words and phrases that are searched in one place.
    private func leaves(of query: Query, in field: String?, _ label: Comment) -> [String] {
        switch query {
        case .word(let word):
            #expect(word.kind == .plain, label)
            return [word.text]
        case .phrase(let phrase):
            #expect(phrase.slop == nil, label)
            return [phrase.text]
        case .boolean(let must, let should, let mustNot):
            #expect(must.isEmpty && mustNot.isEmpty, label)
            return should.flatMap { leaves(of: $0, in: field, label) }
        case .field(let name, let value, _):
            #expect(name == field, label)
            return leaves(of: value, in: nil, label)
        default:
            Issue.record("\(query) is no word: \(label)")
            return []
        }
    }

    /// The tree without the places where its parts stand.
    private func bare(_ query: Query) -> Query {
        switch query {
        case .word(var word):
            word.range = .nowhere
            return .word(word)
        case .phrase(var phrase):
            phrase.range = .nowhere
            return .phrase(phrase)
        case .boolean(let must, let should, let mustNot):
            return .boolean(must: must.map(bare), should: should.map(bare), mustNot: mustNot.map(bare))
        case .field(let name, let value, _): return .field(name, bare(value), .nowhere)
        case .dateRange(let lower, let upper, _): return .dateRange(lower: lower, upper: upper, .nowhere)
        case .numberRange(let field, let bounds, _): return .numberRange(field: field, bounds, .nowhere)
        case .boosted(let inner, let factor): return .boosted(bare(inner), factor)
        case .everything, .nothing: return query
        }
    }
}
