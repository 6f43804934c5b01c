import PostilTestSupport
import Testing

@testable import postil_cli

/// The short way from a command line to what is asked for, beside the parser's.
@Suite struct SearchOptionsTests {
    private static let words = [
        "reward", "-x", "-game", "help", "", " ", "a=b", "é", "+\"inner alignment\"", "=word", "--", "-", "-n", "-n5",
        "-i",
        "--index", "--limit", "--limit=7", "--limit=", "--limit=a=b", "--format", "--format=ids", "-f", "json",
        "--no-such", "-q",
        "--quiet", "--all", "--explain", "--help", "-h", "--version", "--match", "any", "--color=never", "--index=x.db",
        "5",
        "--limits", "-nn", "--expand", "auto", "--profile", "-p", "--stop-words=drop", "--synonyms", "none",
        "--strategy=exhaustive",
        "--snippet-length", "--exact-total", "--no-exact-total", "0", "-0", "--fields=id", "--index=",
    ]

    /// Whatever is read so, the parser reads alike.
    @Test(arguments: UInt64(0)..<8) func readsAsTheParserDoes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let arguments = QueryArguments.protected(
                ["search"]
                    + (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in
                        Self.words.randomElement(using: &random)
                    })
            let rest = Array(arguments.dropFirst())
            guard let asked = SearchOptions(plain: rest) else { continue }
            let parsed = try SearchCommand.parseAsRoot(rest) as? SearchCommand
            #expect(parsed?.asked == asked, "seed: \(seed), \(rest)")
        }
    }

    @Test func readsWordsAndTheSettingsThatHaveValues() throws {
        var expected = SearchOptions()
        expected.query = ["reward", "hacking"]
        expected.indexes = ["a.db", "b.db"]
        expected.flags = [.index: "a.db", .limit: "5", .format: "ids"]
        let arguments = ["reward", "-i", "a.db", "hacking", "--limit=5", "--index", "b.db", "--format", "ids"]
        #expect(SearchOptions(plain: arguments) == expected)
        for setting in SearchOptions.valueSettings {
            let option = try #require(setting.option)
            let asked = try #require(SearchOptions(plain: ["word", option, "x"]))
            let parsed = try SearchCommand.parseAsRoot(["word", option, "x"]) as? SearchCommand
            #expect(parsed?.asked == asked, "\(option)")
        }
    }

    @Test(arguments: [
        [], ["-n", "5"], ["x", "--all"], ["x", "-n"], ["x", "--", "-y"], ["x", "--limit", "-5"], ["x", "-h"],
    ])
    func leavesTheRestToTheParser(arguments: [String]) {
        #expect(SearchOptions(plain: arguments) == nil)
    }
}
