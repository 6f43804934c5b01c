import Testing

@testable import TextAnalysis

@Suite struct ScalarPropertyTableTests {
    private let table = ScalarPropertyTable()

    /// The worked example of `WordBreakTable`.
    @Test func decodesTheWorkedExample() {
        let index = WordBreakTable.index.withUTF8Buffer { Array($0) }
        let blocks = WordBreakTable.blocks.withUTF8Buffer { Array($0) }
        #expect(index[0...1].elementsEqual("!!".utf8))
        #expect(blocks[0x41] == UInt8(ascii: "J"))
        #expect(blocks[0x41] - WordBreakTable.firstCharacter == 4 * WordBreakClass.aLetter.rawValue + 1)
        #expect(table.properties(of: 0x41).wordBreakClass == .aLetter)
        #expect(table.properties(of: 0x41).kind == .word)
    }

    @Test(arguments: [
        ("aé9٣²한א", ScalarKind.word), ("深きカー〇ทខမລ", .unspaced), ("🙂🇩☺❤⚠", .emoji),
        ("→▶™ _\u{301}©\u{115F}\u{10FFFF}", .none),
    ])
    func kinds(scalars: String, kind: ScalarKind) {
        for scalar in scalars.unicodeScalars {
            #expect(table.properties(of: scalar.value).kind == kind, "U+\(String(scalar.value, radix: 16))")
        }
    }

    /// The table's edition may be older than the standard library's: letters that are new since then are no words yet.
    @Test func everyLetterOfTheTableIsOneToSwift() {
        for value in UInt32(0)...0x10FFFF {
            let kind = table.properties(of: value).kind
            guard kind == .word || kind == .unspaced, let scalar = Unicode.Scalar(value) else { continue }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                break
            default: Issue.record("U+\(String(value, radix: 16)) is \(scalar.properties.generalCategory)")
            }
        }
    }
}
