import Testing

@testable import QueryLanguage

struct SynonymsTests {
    private let synonyms = try? Synonyms(
        """
        # A comment
        RLHF = learning from human feedback
        mesa-optimizer = inner optimizer = learned optimizer
        jailbreak => adversarial prompt  # one way
        """, path: "words.txt")

    private func searched(_ text: String) throws -> [String] {
        try #require(synonyms).others(beside: parse(text, knownFields: ["author"]).root).map {
            "\($0.text) \($0.weight)"
        }
    }

    @Test(arguments: [
        ("rlhf", ["learning from human feedback 0.3"]),
        ("does RLHF, work", ["learning from human feedback 0.3"]),
        (
            "Inner optimizers and RLHF",
            ["mesa-optimizer 0.3", "learned optimizer 0.3", "learning from human feedback 0.3"]
        ),
        ("jailbreaks jailbreak", ["adversarial prompt 0.3"]),
        ("+(rlhf debate) goal", ["learning from human feedback 0.3"]),
        ("RLHF^2 goal", ["learning from human feedback 0.6"]),
        ("+goal RLHF -debate", ["learning from human feedback 0.3"]),
    ])
    func othersStandBesideTheWords(text: String, expected: [String]) throws {
        #expect(try searched(text) == expected)
    }

    @Test(arguments: [
        "+RLHF goal", "-RLHF debate", "\"RLHF\"", "adversarial prompt", "inner", "optimizer inner", "author:RLHF",
        "RLHF*",
        "RLHF~", "=RLHF", "", "*", "inner +optimizer", "title:RLHF",
    ])
    func conditionsAndOtherWordsHaveNone(text: String) throws {
        #expect(try searched(text).isEmpty)
    }

    @Test func wrongLinesAreNamed() {
        for (text, line) in [("a", 1), ("a = b\n= c", 2), ("a => b => c", 1), ("a =", 1), ("\n\n =>", 3), ("a = !", 1)]
        {
            let error = #expect(throws: SynonymsError.self) { try Synonyms(text, path: "s.txt") }
            #expect(error?.description.hasPrefix("s.txt:\(line): ") == true, "\(text)")
        }
    }
}
