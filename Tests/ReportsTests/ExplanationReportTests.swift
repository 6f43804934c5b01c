import Testing

@testable import Ranking
@testable import Reports

struct ExplanationReportTests {
    private let explanation = ExplanationReportTests.explanation(passage: nil)

    private static func explanation(passage: Range<Int>?) -> Explanation {
        Explanation(
            score: 1.5, length: 12, passage: passage, averageLength: 10.25,
            parts: [
                .init(
                    kind: .occurrence, pattern: "hack", titleFrequency: 1, bodyFrequency: 2,
                    documentFrequencies: [1_000],
                    inverseDocumentFrequency: 0.5, boost: 2, lengthFactor: 1.125, weightedFrequency: 3,
                    contribution: 1.5)
            ])
    }

    @Test func tellsWhichPassageALongDocumentCountsBy() {
        let explanation = Self.explanation(passage: 2_300..<2_400)
        #expect(
            explanation.lines.first
                == "score 1.5000 = sum of 1 part; 12 tokens, on average 10.3; counted by tokens 2,301 to 2,400, the best passage"
        )
        #expect(explanation.reportValue.text.contains(#""passage":{"first_token":2300,"tokens":100}"#))
    }

    @Test func textTakesTheSumApart() {
        #expect(
            explanation.lines == [
                "score 1.5000 = sum of 1 part; 12 tokens, on average 10.3",
                "  + 1.5000  hack",
                "      in title 1, in body 2, weighted 3.00; in 1,000 documents, idf 0.5000, boost 2.00, "
                    + "length factor 1.1250",
            ])
    }

    @Test func jsonTellsEachPart() {
        #expect(
            explanation.reportValue.text == """
                {"score":1.5,"length":12,"average_length":10.25,"passage":null,"parts":[{"kind":"occurrence","pattern":"hack","contribution":1.5,\
                "title_frequency":1,"body_frequency":2,"weighted_frequency":3.0,"document_frequencies":[1000],\
                "idf":0.5,"boost":2.0,"length_factor":1.125}]}
                """)
    }
}
