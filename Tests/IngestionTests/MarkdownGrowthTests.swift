import Testing

@testable import Ingestion

/// What takes cmark-gfm or a careless reader quadratic time: 100,000 pieces, each text read within seconds. Where each piece
/// looks at all others, it takes longer than the limit.
@Suite(.timeLimit(.minutes(1)))
struct MarkdownGrowthTests {
    @Test(
        arguments: [
            "<!-- ", "$$", "$a ", "$ a$", "`", "``a`", "[", "![", "[](", "[[a|", "![[]()", "[a]: u\n", "[a]:", "[^a]: ",
            "[^a]: x\n[b]: y\n", "^[", "*a ", "_a*b ", "**", "~~a ", "<a ", "<?a ", "<!A ", "<![CDATA[", "<a b=\"",
            "a<b c='",
            "&", "&amp;", "(", "[a](b", "\\[", "> ", "- ", "1. ", "> - ", "| ", "|x|\n|-|-\n", "#a ", ":::\n", "a\n",
            "\n",
            "- a\n\n", "\t", "~", "]:", "<div>\n<x ", "<div><script>",
        ])
    func aRepeatedPieceTakesLinearTime(piece: String) {
        expectLinear("\(piece)…") { String(repeating: piece, count: $0) }
    }

    @Test func combinedPiecesTakeLinearTime() {
        func times(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }
        expectLinear("runs of backticks of growing length") { count in
            (1...max(1, Int(Double(8 * count).squareRoot()))).map { times("`", $0) }.joined(separator: " ")
        }
        expectLinear("brackets opened and closed") { times("[", $0) + times("]", $0) }
        expectLinear("footnote marks in one another") { times("[^a ", $0) + times("]", $0) }
        expectLinear("wiki links in one another") { times("[[a|", $0) + times("]]", $0) }
        expectLinear("deep lists, then blank lines") { times("- ", $0) + "a" + times("\n", $0) }
        expectLinear("deep quotations, then lines") { times(">", $0) + "a\n" + times("> b\n", $0) }
        expectLinear("a long address used often") { "[a]: " + times("u", $0) + "\n\n" + times("[a]", $0) }
        expectLinear("a long title used often") { "[a]: u \"" + times("t ]:\n", $0) + "\"\n\n" + times("[a]", $0) }
        expectLinear("a wide table with short rows") {
            "|" + times("x|", $0) + "\n|" + times("-|", $0) + "\n" + times("a\n", $0)
        }
        expectLinear("many tags") { count in (0..<count).map { " #t\($0)" }.joined() }
        expectLinear("blanks, then ends of labels") { times(" ", $0) + times("]:", $0) }
        expectLinear("tags of HTML that end far off") { "<div>\n" + times("<x ", $0) + ">" }
    }

    @Test func nothingNestsDeeperThanThe100thColumn() {
        for marker in ["> ", "- ", "1. ", ">"] {
            let source = MarkdownSource(String(repeating: marker, count: 1000) + "a\n\n" + "- - a\n> > b")
            var depth = 0, deepest = 0
            MarkdownParser.parse(source) { _, isEntering in
                depth += isEntering ? 1 : -1
                deepest = max(deepest, depth)
            }
            #expect(deepest > 30 && deepest < 220, "\(marker)")
        }
    }

    @Test func longDefinitionsKeepTheirUsesWhileThoseAreFew() {
        let image = "[image]: <data:image/png;base64," + String(repeating: "A", count: 100_000) + ">"
        #expect(MarkdownText.plain("see ![a picture][image]\n\n\(image)\n\nend") == "see a picture\n\nend")
        let address = String(repeating: "u", count: 3000)
        #expect(MarkdownText.plain("[a]\n\n[a]:\n[b]:\(address)").hasPrefix("a"))
        #expect(MarkdownText.plain("x[^1] [b]\n\n[^1]: n\n[b]:\n[c]:\(address)\n[d]: \(address)").hasPrefix("x b\n\nn"))
        let uses = String(repeating: "[b] ", count: 3000)
        #expect(MarkdownText.plain("\(uses)\n\n[b]: https://example.org \"Title\"").hasPrefix("b b b"))
    }

    /// Reads a text of 100,000 pieces.
    private func expectLinear(_ name: String, _ make: (Int) -> String) {
        let text = make(100_000)
        #expect(MarkdownText(text).plain.utf8.count <= text.utf8.count, "\(name)")
    }
}
