import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// Front matter that is read without Yams, which reads it alike.
@Suite struct PlainYAMLTests {
    @Test func whatFrontMatterUsuallyHasIsPlain() throws {
        let matter = """
            title: Risks from learned  optimisation
            date: 2019-06-05
            url: https://arxiv.org/abs/1906.01820
            tags: [inner alignment, "mesa, optimisers" , 'x: y']
            authors:
              - Ann Bee
              - 'Juan de la Cruz'
            aliases:
            - "One"
            draft:

            none: [ ]
            empty: ""
            nothing: null
            quote: “Ärger” — don't
            """
        let plain = try #require(PlainYAML.members(of: matter))
        #expect(plain == (try FrontMatter.members(of: matter)))
        #expect(plain.map(\.name).count == 11)
        #expect(plain[0].value == .text("Risks from learned  optimisation"))
        #expect(plain[3].value == .list([.text("inner alignment"), .text("mesa, optimisers"), .text("x: y")]))
        #expect(plain[5].value == .list([.text("One")]) && plain[6].value == .text("") && plain[7].value == .list([]))
    }

    @Test(arguments: [
        "title: a: b", "title: a #b", "title: |\n  a", "title: >\n  a", "title: a\n  b", "title: \"a\n  b\"", "a: &x b",
        "a: *x", "a: !x b", "a: {b: c}", "a: [b, [c]]", "a: [b, c: d]", "a: [b,, c]", "a: \"b\\n\"", "a: 'b''c'",
        "a: \"b\" c", "a: b\na: c", "a:\n  b: c", "a:\n- b\n  - c", "a:\n- - b", "a:\n- b: c", "- a", "a", "a:b",
        "a: @b",
        "a: `b`", "a: %b", "a:\tb", "a: b\r", "a: b\u{85}c", "a: b\u{2028}c", "a: \u{FEFF}b", "a: - b", "a: ? b",
        "a: ~",
        "a: ]", "? a\n: b", "a: [b", "a: [b]c", "a: b:", "<<: a", "a:\n- b\n\n- c: d", "",
    ])
    func whatIsNotPlainIsLeftToYams(yaml: String) {
        #expect(PlainYAML.members(of: yaml) == nil)
    }

    /// Lines made of what means something in YAML and what does not.
    private static let parts = [
        "title: ", "tags:", "a", "b:", " ", "  ", "\n", "\n", "\n- ", "\n  - ", "- ", "[", "]", ", ", "\"", "'", "null",
        "~", "x",
        "é", "“", "1", "2019-06-05", ":", ": ", "{", "}", "#", "http://x", "-", "--", "...", "true", "|", ">", "&", "*",
        "!", "%",
        "(", "/", "_", "$", "+", "\t", "=", "?", ",", "name: ", "\nkey: ", "\nother:",
    ]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func whatIsReadHereYamsReadsAlike(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var read = 0
        for round in 0..<4000 {
            var yaml = ["title: ", "tags: [", "tags:\n- ", "a: "].randomElement(using: &random) ?? ""
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                yaml += Self.parts.randomElement(using: &random) ?? ""
            }
            if Bool.random(using: &random), yaml.contains("[") { yaml += "]" }
            guard let plain = PlainYAML.members(of: yaml) else { continue }
            read += 1
            let yams = try? FrontMatter.members(of: yaml)
            #expect(plain == yams, "seed: \(seed), round: \(round), \(yaml.debugDescription)")
        }
        // Most of these texts are hardly YAML, but not all.
        #expect(read > 100, "seed: \(seed)")
    }
}
