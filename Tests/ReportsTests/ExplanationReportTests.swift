import Testing

@testable import Ranking
@testable import Reports

struct ExplanationReportTests {
    private let explanation = Explanation(
        score: 1.5, length: 12, averageLength: 10.25,
        parts: [
            .init(
                kind: .occurrence, pattern: "hack", titleFrequency: 1, bodyFrequency: 2, documentFrequencies: [1_000],
                inverseDocumentFrequency: 0.5, boost: 2, lengthFactor: 1.125, weightedFrequency: 3, contribution: 1.5)
        ])

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
                {"score":1.5,"length":12,"average_length":10.25,"parts":[{"kind":"occurrence","pattern":"hack","contribution":1.5,\
                "title_frequency":1,"body_frequency":2,"weighted_frequency":3.0,"document_frequencies":[1000],\
                "idf":0.5,"boost":2.0,"length_factor":1.125}]}
                """)
    }
}
