import Testing

@testable import Relevance

struct RelevanceMetricTests {
    private func value(_ name: String, _ documents: [String], _ judgements: [String: Int], threshold: Int = 1) throws
        -> Double
    {
        try #require(RelevanceMetric(named: name), "\(name)").value(
            of: JudgedList(documents, judgements: judgements, threshold: threshold))
    }

    /// The example of Järvelin and Kekäläinen 2002: gains 3, 2, 3, 0, 0, 1, 2, 2, 3, 0, here with a discount from the first rank on.
    @Test func gainsAreDiscountedByRank() throws {
        let grades = [3, 2, 3, 0, 0, 1, 2, 2, 3, 0]
        let documents = grades.indices.map { "d\($0)" }
        let judgements = Dictionary(uniqueKeysWithValues: zip(documents, grades))
        // 3/log2(2) + 2/log2(3), and 3/log2(2) + 3/log2(3).
        let third = 1.584_962_500_721_156
        let expected = (3 + 2 / third) / (3 + 3 / third)
        #expect(abs(try value("nDCG@2", documents, judgements) - expected) < 1e-15)
        #expect(try value("nDCG", documents.sorted { judgements[$0]! > judgements[$1]! }, judgements) == 1)
    }

    @Test func metricsOfAListCountedByHand() throws {
        let documents = ["x", "a", "n", "b", "y"]
        let judgements = ["a": 1, "b": 2, "c": 1, "n": 0, "m": 0]
        let thirds = [1.0 / 3, 0.5 / 3, 1.5 / 3]
        let expectations: [(String, Double)] = [
            ("AP", 1.0 / 3), ("AP@3", thirds[1]), ("RR", 0.5), ("RR@1", 0), ("P@4", 0.5), ("P@10", 0.2),
            ("R@2", thirds[0]),
            ("Rprec", thirds[0]), ("Success@1", 0), ("Success@2", 1), ("Judged@5", 0.6),
            // b stands behind one document that was judged not relevant, of two.
            ("Bpref", thirds[2]),
        ]
        for (name, expected) in expectations {
            #expect(try value(name, documents, judgements) == expected, "\(name)")
        }
        #expect(try value("P@4", documents, judgements, threshold: 2) == 0.25)
    }

    @Test func nothingRelevantOrNothingFoundIsZero() throws {
        for name in ["nDCG", "nDCG@10", "AP", "RR", "P@10", "R@10", "Rprec", "Bpref", "Success@10"] {
            #expect(try value(name, ["a", "b"], ["a": 0, "b": -1]) == 0, "\(name)")
            #expect(try value(name, [], ["a": 1]) == 0, "\(name)")
        }
    }

    @Test func metricsAreNamedAsPeopleAndTrecEvalNameThem() {
        for (text, name) in [
            ("ndcg@10", "nDCG@10"), ("NDCG_CUT_10", "nDCG@10"), ("map", "AP"), ("map_cut_100", "AP@100"), ("ap", "AP"),
            ("recip_rank", "RR"), ("MRR@10", "RR@10"), ("P_5", "P@5"), ("recall_1000", "R@1000"),
            ("success_1", "Success@1"),
            ("bpref", "Bpref"), ("Rprec", "Rprec"), ("r@5", "R@5"), ("precision@3", "P@3"),
        ] {
            #expect(RelevanceMetric(named: text)?.name == name, "\(text)")
        }
        for text in [
            "", "P", "R", "ndcg@0", "ndcg@-1", "bpref@5", "rprec_5", "ndcg@99999999999999999999", "F1", "@10", "ndcg10",
        ] {
            #expect(RelevanceMetric(named: text) == nil, "\(text)")
        }
        for name in RelevanceMetric.examples.split(separator: ", ") {
            #expect(RelevanceMetric(named: String(name))?.name == String(name))
        }
    }
}
