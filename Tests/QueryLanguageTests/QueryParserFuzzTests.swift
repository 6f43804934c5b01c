import PostilTestSupport
import QueryLanguage
import Testing

/// The parser is total: no input traps it, and no word of any input is lost.
struct QueryParserFuzzTests {
    private static let fields: Set<String> = ["title", "body", "author", "date"]

    @Test func randomBytesNeverTrap() {
        let alphabet =
            Array("ab1 \t\"()+-~^*:.OR AND NOTtitle:date:2019..\u{201C}é\u{0301}".utf8) + [0, 0xFF, 0xC3, 0xE2]
        for seed in 0..<3_000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? alphabet.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
            }
            check(String(decoding: bytes, as: UTF8.self), "seed: \(seed)")
        }
    }

    @Test func noWordIsLost() {
        let pieces = [
            " ", " ", " ", "(", ")", "\"", "+", "-", "~", "~2", "^2", "^", "*", ":", "title:", "author:", "other:",
            "date:2019..2021", "date:", " AND ", " OR ", " NOT ", "\u{201D}", "..", "'", "\\",
        ]
        for seed in 0..<5_000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var text = ""
            var words: [String] = []
            for number in 0..<Int.random(in: 1...12, using: &random) {
                for _ in 0..<Int.random(in: 0...3, using: &random) { text += pieces.randomElement(using: &random)! }
                let word = "w\(number)x"
                words.append(word)
                text += word
            }
            text += pieces.randomElement(using: &random)!
            let found = check(text, "seed: \(seed)")
            for word in words {
                #expect(found.contains { $0.contains(word) }, "seed: \(seed), lost \(word) of \(text)")
            }
        }
    }

    /// Checks what holds for every text, and gives the texts of the tree.
    @discardableResult
    private func check(_ text: String, _ label: String) -> [String] {
        let parsed = parse(text, knownFields: Self.fields)
        let scalars = text.unicodeScalars.count
        for hint in parsed.hints {
            #expect((1...max(scalars, 1)).contains(hint.column), "\(label): \(hint) in \(text.debugDescription)")
        }
        #expect(parsed.hints.count <= 16, "\(label)")
        #expect(parsed.hints.map(\.column) == parsed.hints.map(\.column).sorted(), "\(label)")
        let utf8 = Array(text.utf8)
        var found: [String] = []
        walk(parsed.root) { text, range in
            #expect(Array(text.utf8) == Array(utf8[range.lowerBound..<range.upperBound]), "\(label)")
            found.append(text)
        }
        return found
    }

    private func walk(_ query: Query, _ visit: (String, SourceRange) -> Void) {
        switch query {
        case .word(let word): visit(word.text, word.range)
        case .phrase(let phrase): visit(phrase.text, phrase.range)
        case .boolean(let must, let should, let mustNot):
            #expect(!(must.isEmpty && should.isEmpty))
            for part in must + should + mustNot { walk(part, visit) }
        case .field(_, let value, _): walk(value, visit)
        case .boosted(let value, let factor):
            #expect(Query.boostLimits.contains(factor))
            walk(value, visit)
        case .dateRange(let lower, let upper, _): #expect(lower != nil || upper != nil)
        case .numberRange(_, let bounds, _): #expect(bounds.lower != nil || bounds.upper != nil)
        case .everything, .nothing: break
        }
    }
}
