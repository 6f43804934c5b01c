import Testing

@testable import postil_cli

struct SuggestionTests {
    private static let commands = ["index", "search", "show", "info", "config"]

    @Test(arguments: [
        ("serach", "search"), ("seach", "search"), ("Search", "search"), ("indx", "index"), ("shwo", "show"),
        ("confg", "config"), ("infoo", "info"),
    ])
    func nearWordsAreFound(typed: String, meant: String) {
        #expect(Suggestion.nearest(to: typed, among: Self.commands) == meant)
    }

    @Test(arguments: ["frobnicate", "", "x", "sh", "reviews"])
    func farWordsAreNot(typed: String) {
        #expect(Suggestion.nearest(to: typed, among: Self.commands) == nil)
    }
}
