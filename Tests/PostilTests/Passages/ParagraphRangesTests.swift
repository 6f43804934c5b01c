import PostilTestSupport
import Testing

@testable import Postil

struct ParagraphRangesTests {
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func paragraphsAreThoseOfCharacters(seed: UInt64) {
        let pieces = [
            "a", "b", "é", "e\u{301}", " ", "\t", "\u{A0}", "\u{3000}", "\n", "\n", "\n\n", "\r", "\r\n", "\u{0B}",
            "\u{0C}", "\u{85}",
            "\u{2027}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{200B}", "\u{301}", "\u{7F}", "Â", "👩‍👩‍👧", "\0",
        ]
        var source = TextGenerator(seed: seed, words: 1)
        for _ in 0..<2_000 {
            let text = (0..<source.number(in: 0...24)).map { _ in pieces[source.number(in: 0...pieces.count - 1)] }
                .joined()
            let found = ParagraphRanges.all(of: text)
            let expected = ReferenceParagraphs.all(of: text)
            #expect(found == expected, "seed \(seed): \(text.debugDescription)")
            if found != expected { return }
        }
    }
}

/// The slow twin of ``ParagraphRanges``.
private enum ReferenceParagraphs {
    static func all(of text: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        var begun: Range<String.Index>?
        func finish() {
            if let begun { found.append(begun) }
            begun = nil
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.startIndex > text.startIndex, text[text.index(before: line.startIndex)] == "\u{0C}" { finish() }
            if line.allSatisfy(\.isWhitespace) {
                finish()
            } else {
                begun = (begun?.lowerBound ?? line.startIndex)..<line.endIndex
            }
        }
        finish()
        return found
    }
}
