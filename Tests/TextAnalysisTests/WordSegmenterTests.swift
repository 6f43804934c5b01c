import Foundation
import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordSegmenterTests {
    private func boundaries(_ text: [UInt8]) -> [Int] {
        let segmenter = WordSegmenter()
        return text.withUnsafeBufferPointer { bytes in
            var found: [Int] = bytes.isEmpty ? [] : [0]
            while let last = found.last, last < bytes.count { found.append(segmenter.boundary(after: last, in: bytes)) }
            return found
        }
    }

    @Test(arguments: UnicodeFiles.wordBreakTests)
    func passesAllOfUnicodesCases(file: String) throws {
        guard let content = try UnicodeFiles.content(of: file) else { return }
        var cases = 0
        for line in content.split(separator: "\n") {
            let fields = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard fields.count > 2 else { continue }
            var text: [UInt8] = []
            var expected: [Int] = []
            for field in fields {
                switch field {
                case "÷": expected.append(text.count)
                case "×": break
                default:
                    let value = try #require(UInt32(field, radix: 16))
                    let scalar = try #require(Unicode.Scalar(value))
                    text += Array(String(scalar).utf8)
                }
            }
            #expect(boundaries(text) == expected, "\(line)")
            #expect(ReferenceWordSegmenter(text).boundaries == expected, "\(line)")
            cases += 1
        }
        #expect(cases > 1_800, "the file holds \(cases) cases")
    }

    @Test func tableEqualsUnicodesFile() throws {
        guard let content = try UnicodeFiles.content(of: UnicodeFiles.wordBreakProperty) else { return }
        var expected = [String](repeating: "Other", count: 0x110000)
        for line in content.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.prefix { $0 != "#" }.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard fields.count == 2 else { continue }
            let limits = fields[0].split(separator: ".").compactMap { Int($0, radix: 16) }
            for scalar in try #require(limits.first)...(try #require(limits.last)) { expected[scalar] = fields[1] }
        }
        // Unicode 15.1 moved the signs that span the digits or letters behind them out of Format.
        for scalar in Array(0x600...0x605) + [0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD] {
            expected[scalar] = "Numeric"
        }
        expected[0x70F] = "ALetter"
        let names: [WordBreakClass: String] = [
            .other: "Other", .carriageReturn: "CR", .lineFeed: "LF", .newline: "Newline", .extend: "Extend",
            .zeroWidthJoiner: "ZWJ", .format: "Format", .regionalIndicator: "Regional_Indicator",
            .katakana: "Katakana", .hebrewLetter: "Hebrew_Letter", .aLetter: "ALetter", .singleQuote: "Single_Quote",
            .doubleQuote: "Double_Quote", .midNumLet: "MidNumLet", .midLetter: "MidLetter", .midNum: "MidNum",
            .numeric: "Numeric", .extendNumLet: "ExtendNumLet", .whiteSpace: "WSegSpace",
            .otherPictographic: "Other", .aLetterPictographic: "ALetter",
        ]
        let table = ScalarPropertyTable()
        let wrong = expected.indices.filter {
            names[table.properties(of: UInt32($0)).wordBreakClass] != expected[$0]
        }
        #expect(wrong.isEmpty, "\(wrong.count) scalars differ, the first is \(String(wrong.first ?? 0, radix: 16))")
    }

    @Test func agreesWithTheRulesOneByOne() {
        for seed in UInt64(1)...40 {
            var random = SplitMix64(seed: seed)
            for _ in 0..<100 {
                let text = RandomText.bytes(length: 40, alphabet: .everything, using: &random)
                #expect(boundaries(text) == ReferenceWordSegmenter(text).boundaries, "seed \(seed): \(text)")
            }
        }
    }
}
