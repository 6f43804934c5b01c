import Testing

@testable import Ingestion

/// Patterns match as git's do.
@Suite struct GlobPatternTests {
    @Test(arguments: [
        ("a", "a", true), ("a", "b", false), ("*", "abc", true), ("*", "a/b", false), ("a*c", "abbc", true),
        ("a*c", "abcd", false), ("*a*b*", "xaybz", true), ("?", "é", true), ("?", "", false),
        ("[a-c]x", "bx", true),
        ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true), ("[]]", "]", true), ("[a", "[a", true),
        ("[[:digit:]]", "7", true),
        ("[[:digit:]]", "a", false), ("\\*", "*", true), ("\\*", "a", false), ("**/a", "a", true),
        ("**/a", "x/y/a", true),
        ("a/**", "a", false), ("a/**", "a/b/c", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
        ("a/**/b", "a/x/c", false), ("**", "a/b", true), ("a/*/b", "a/x/b", true), ("a/*/b", "a/x/y/b", false),
        ("**/x/**/y", "x/a/x/b/y", true), ("[a-]", "-", true), ("[\\]]", "]", true),
    ])
    func patternsMatchByGitsRules(pattern: String, path: String, expected: Bool) {
        #expect(GlobPattern(pattern).matches(path.split(separator: "/")) == expected)
    }

    @Test func manyStarsTakeNoExponentialTime() {
        let pattern = GlobPattern(String(repeating: "*a", count: 40) + "b")
        #expect(!pattern.matches([Substring(String(repeating: "a", count: 2000))]))
    }
}
