import Foundation
import Postil
import PostilTestSupport
import Testing

/// No query is much work, whatever stands in it.
@Suite struct QueryLimitTests {
    private static func repeated(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: " ")
    }

    /// So long that few of them are read: what a word costs is not the question.
    private static let longWord = String(repeating: "long", count: 16)

    private static let queries: [(name: String, text: String, hint: String?)] = [
        ("fuzzy words", repeated(5_000) { "reward\($0)\(longWord)~" }, "at most 32 words"),
        ("beginnings", repeated(5_000) { "w\($0)\(longWord)*" }, "at most 32 words"),
        ("fields", repeated(10_000) { "author:ann\($0)" }, "at most 64 values"),
        ("alternative fields", (0..<10_000).map { "author:ann\($0)" }.joined(separator: " OR "), "at most 64 values"),
        ("dates", (0..<5_000).map { "date:\(1_000 + $0)" }.joined(separator: " OR "), "at most 64 values"),
        ("ids", "id:(" + repeated(2_000) { "d\($0)" } + ")", "at most 1024 ids"),
        ("excluded ids", "the -id:(" + repeated(1_000) { "+x\($0)" } + ")", nil),
        ("phrase", "\"" + repeated(100_000) { "w\($0 % 50)" } + "\"", "first 256 words"),
        ("phrase of one word", "\"" + repeated(100_000) { _ in "the" } + "\"", "first 256 words"),
        ("near words", "\"" + repeated(100_000) { _ in "the" } + "\"~1000", "first 256 words"),
        ("required words", repeated(20_000) { "+\(longWord)\($0)" }, "32768 characters"),
        ("words", repeated(20_000) { "\(longWord)\($0)" }, "32768 characters"),
        ("compound", (0..<50_000).map { "w\($0)" }.joined(separator: "-"), "first 256 words"),
        ("word of colons", String(repeating: "a:", count: 300_000), "first 256 words"),
        ("Chinese", String(repeating: "猫犬", count: 20_000), "first 256 words"),
        ("parentheses", String(repeating: "(a ", count: 300_000), "32768 characters"),
        ("blanks", String(repeating: " ", count: 1 << 20), nil),
        ("signs", String(repeating: ". ", count: 1 << 19), "32768 characters"),
    ]

    /// Without limits most of these take minutes each, which the time limit would show.
    @Test(.timeLimit(.minutes(5))) func noQueryIsMuchWork() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let lines = (0..<200).map { number in
            #"{"id": "d\#(number)", "text": "the reward w\#(number) of the a a a \#(Self.repeated(40) { "the w\($0)" })", "author": "ann\#(number % 7)"}"#
        }
        try folder.write(lines.joined(separator: "\n"), to: "texts.jsonl")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("texts.jsonl")]))
        let searcher = try Index.open(at: path).makeSearcher()
        for query in Self.queries {
            let results = try searcher.search(SearchRequest(query.text, limit: 3))
            #expect(results.hints.count <= 32, "\(query.name)")
            if let hint = query.hint {
                #expect(results.hints.contains { $0.message.contains(hint) }, "\(query.name): \(results.hints)")
            }
        }
    }

    /// A long list of ids is one condition of SQL that is not too deep for SQLite.
    @Test func aThousandIDsFindTheirDocuments() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let lines = (0..<1_500).map { #"{"id": "d\#($0)", "text": "text \#($0)"}"# }
        try folder.write(lines.joined(separator: "\n"), to: "texts.jsonl")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("texts.jsonl")]))
        let searcher = try Index.open(at: path).makeSearcher()
        let query = "id:(" + Self.repeated(1_000) { "d\($0)" } + ")"
        let results = try searcher.search(SearchRequest(query, limit: 2_000, countsExactly: true))
        #expect(results.hints.isEmpty)
        #expect(results.total == MatchCount(value: 1_000, isExact: true))
    }
}
