import PostilTestSupport
import Testing

@testable import Ingestion

/// What takes a format's reader more than linear time is taken out, or kept in what linear time can bring together.
@Suite struct TextGrowthTests {
    /// The first way that fields were brought together, each compared with all before it.
    private func membersOneByOne(_ fields: [(name: String, value: String)]) -> [FieldValue.Member] {
        var members: [FieldValue.Member] = []
        for (name, value) in fields {
            if let known = members.firstIndex(where: { $0.name == name }) {
                members[known].value = .list((members[known].value.texts + [value]).map { .text($0) })
            } else {
                members.append(FieldValue.Member(name: name, value: .text(value)))
            }
        }
        return members
    }

    @Test func fieldsOfMarkupAreThoseThatComeOneByOne() throws {
        for seed in try FuzzSeeds("MarkupFields", usual: 50) {
            var random = SplitMix64(seed: seed)
            let names = (0..<Int.random(in: 1...6, using: &random)).map { "n\($0)" }
            let fields = (0..<Int.random(in: 0...20, using: &random)).map { number in
                (
                    name: names.randomElement(using: &random) ?? "",
                    value: number % 7 == 0 ? "" : "v\(number)"
                )
            }
            let page = Page(fields: fields, title: nil, plain: "x", source: "x")
            let expected = membersOneByOne(fields)
            #expect(page.fields.map(\.name) == expected.map(\.name), "seed: \(seed), fields: \(fields)")
            #expect(
                page.fields.map(\.value.texts) == expected.map(\.value.texts),
                "seed: \(seed), fields: \(fields)")
        }
    }

    /// The costs are libxml2's: for each pair of hyphens in a comment it copies the comment so far.
    @Test func noCommentOfXMLHasManyHyphensForItsLength() throws {
        for seed in try FuzzSeeds("XMLComments", usual: 40) {
            var random = SplitMix64(seed: seed)
            var text = "<a>"
            var kept = "<a>"
            for number in 0..<Int.random(in: 1...5, using: &random) {
                let length = [3, 300, 3_000].randomElement(using: &random) ?? 3
                let piece = ["-- \n", "a b\n", "<!-- ", "- -", "--"].randomElement(using: &random) ?? ""
                let isLast = number == 4
                let words = "<b>word\(number)</b>\n"
                text += words + "<!-- " + String(repeating: piece, count: length) + (isLast ? "" : " -->")
                kept += words + "<!--" + (isLast ? "" : "-->")
            }
            let bytes = Array(text.utf8)
            let limited = bytes.withUnsafeBytes { MarkupAttributes($0, .xml).limited } ?? bytes
            let result = String(decoding: limited, as: UTF8.self)
            #expect(
                result.count { $0 == "\n" } == text.count { $0 == "\n" },
                "lines keep their numbers, seed: \(seed)")
            var rest = result[...]
            var plain = ""
            while let start = rest.range(of: "<!--") {
                let end = rest[start.upperBound...].range(of: "-->")
                let inner = rest[start.upperBound..<(end?.lowerBound ?? rest.endIndex)].utf8
                let pairs = zip(inner, inner.dropFirst()).count { $0 == 0x2D && $1 == 0x2D }
                #expect(pairs * inner.count <= 1 << 20, "\(pairs) in \(inner.count) bytes, seed: \(seed)")
                plain += rest[..<start.lowerBound] + "<!--" + (end == nil ? "" : "-->")
                rest = rest[(end?.upperBound ?? rest.endIndex)...]
            }
            #expect(plain + rest == kept, "seed: \(seed)")
        }
    }

    @Test func anUnclosedCommentEndsTheDocumentAndIsTold() throws {
        let folder = try TemporaryFolder()
        let text = "<a><p>walrus</p>" + String(repeating: "<!-- ", count: 20_000)
        let outcome = ReadOutcome(try folder.input(text, to: "a.xml"))
        #expect(outcome.documents.map(\.body) == ["walrus"])
        #expect((outcome.warnings + outcome.skipTexts).contains { $0.contains("is damaged XML") })
    }

    @Test func linksAndCategoriesOfWikitextAreAllKept() {
        let count = 3_000
        let links = WikiText(String(repeating: "[[a|b]] ", count: count))
        #expect(links.plain == Array(repeating: "b", count: count).joined(separator: " "))
        let many = WikiText((0..<2 * count).map { "[[Category:C\($0 % count)]]" }.joined())
        #expect(many.categories == (0..<count).map { "C\($0)" })
    }

    /// The quick look at a name's ends agrees with the match.
    @Test func noPatternIsRuledOutThatMatches() throws {
        let parts = ["a", "b", "*", "?", "[ab]", "a*", "*b", "**", "é", "\\a", "ab", "a*b"]
        let letters = ["a", "b", "ab", "é", "A", "."]
        for seed in try FuzzSeeds("PatternEnds", usual: 400) {
            var random = SplitMix64(seed: seed)
            let text = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                parts.randomElement(using: &random)! + (parts.randomElement(using: &random) ?? "")
            }.joined(separator: Bool.random(using: &random) ? "/" : "")
            let pattern = GlobPattern(text)
            for _ in 0..<10 {
                let name = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    letters.randomElement(using: &random)!
                }
                .joined()
                guard name.utf8.allSatisfy({ $0 < 0x80 }), !pattern.mayMatch(last: Array(name.utf8)) else {
                    continue
                }
                for path in [[name[...]], ["a", name[...]], ["b", "ab", name[...]]] {
                    #expect(!pattern.matches(path), "seed: \(seed), pattern: \(text), path: \(path)")
                }
            }
        }
    }
}
