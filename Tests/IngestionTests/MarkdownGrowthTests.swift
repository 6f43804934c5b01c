import Testing

@testable import Ingestion

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What takes cmark-gfm or a careless reader quadratic time. Sixteen times the text may take 64 times the processor time of
/// this thread: linear is 16, quadratic 256, and both ends have room for noise.
@Suite
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

    /// Expects that a text of 16 times the size takes less than 64 times as long, best of three.
    private func expectLinear(_ name: String, _ make: (Int) -> String) {
        let (small, large) = (make(400), make(6400))
        // The first call makes what all of them share.
        _ = MarkdownText(small)
        var ratio = Double.infinity
        for _ in 0..<3 where ratio >= 64 {
            let short = (0..<3).map { _ in cost(small) }.min() ?? 0
            ratio = cost(large) / max(short, 1)
        }
        #expect(ratio < 64, "\(name): \(small.utf8.count) and \(large.utf8.count) bytes")
    }

    /// Nanoseconds of this thread's processor time.
    private func cost(_ text: String) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
        }
        let start = now()
        _ = MarkdownText(text)
        return now() - start
    }
}
