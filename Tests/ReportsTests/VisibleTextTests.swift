import PostilTestSupport
import Testing

@testable import Reports

struct VisibleTextTests {
    @Test(arguments: [
        ("a", 1), ("é", 1), ("e\u{301}", 1), ("語", 2), ("한", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("\u{200B}", 0),
    ])
    func displayWidth(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func controlCharactersAreShownAndBidirectionalOnesDropped() {
        #expect(VisibleText.line("a\u{1B}[31mb\u{7}\u{7F}\u{9B}c\n\td\0") == "a␛[31mb␇␡c  d␀")
        #expect(VisibleText.line("safe\u{202E}txt.exe\u{2066}\u{200F}\u{FEFF}") == "safetxt.exe")
        #expect(VisibleText.block("a\r\n\tb\u{1B}") == "a\n\tb␛")
        #expect(VisibleText.line("👩‍👩‍👧 क्‍ष") == "👩‍👩‍👧 क्‍ष")
    }

    private func lines(_ text: String, width: Int) -> [String] {
        var styled = StyledText()
        styled.append(text, style: .plain)
        return styled.lines(width: width, color: false)
    }

    @Test func wrapsAtBlanks() {
        #expect(lines("the quick brown fox", width: 10) == ["the quick", "brown fox"])
        #expect(lines("  the \n\n quick  ", width: 80) == ["the quick"])
        #expect(lines("the quick", width: 9) == ["the quick"])
        #expect(lines("abcdefghij kl", width: 4) == ["abcd", "efgh", "ij", "kl"])
        #expect(lines("", width: 4) == [])
    }

    @Test func wrapsWideCharactersAnywhere() {
        #expect(lines("検索する文書", width: 5) == ["検索", "する", "文書"])
        #expect(lines("ab検索", width: 5) == ["ab検", "索"])
    }

    @Test func stylesGoOnBehindABreak() {
        var styled = StyledText()
        styled.append("a ", style: .plain)
        styled.append("reward hacking", style: .match)
        #expect(
            styled.lines(width: 8, color: true) == ["a \u{1B}[1;33mreward\u{1B}[0m", "\u{1B}[1;33mhacking\u{1B}[0m"])
    }

    /// No line is too long, and no character but blanks is lost.
    @Test func wrappingKeepsWidthAndText() {
        let pieces = ["a", "bc", "検", "e\u{301}", " ", " ", "\n", "😀", "longword", "\u{1B}"]
        for seed in 0..<500 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let text = (0..<30).map { _ in pieces.randomElement(using: &random)! }.joined()
            let width = Int.random(in: 2...12, using: &random)
            let lines = lines(text, width: width)
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "seed: \(seed), width: \(width): \(lines)")
            let kept = lines.joined().filter { $0 != " " }
            #expect(kept == VisibleText.line(text).filter { $0 != " " }, "seed: \(seed), width: \(width)")
        }
    }
}
