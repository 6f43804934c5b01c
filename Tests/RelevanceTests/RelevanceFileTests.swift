import Testing

@testable import Relevance

struct RelevanceFileTests {
    @Test func runsAreOrderedAsTrecEvalOrdersThem() throws {
        // The ranks say otherwise; b and a tie, also where scores differ beyond single precision; ids go down by bytes.
        let run = try RankedRun(
            text: """
                1 Q0 a 1 0.5 x
                1 Q0 b 2 0.5 x
                1 Q0 c 3 0.75 x

                2 Q0 d 1 16777216.0 x
                2 Q0 e 2 16777216.4 x
                2 Q0 Z 3 16777216.4 x
                """, path: "run")
        #expect(run.documents(for: "1") == ["c", "b", "a"])
        #expect(run.documents(for: "2") == ["e", "d", "Z"])
        #expect(run.rank(of: "a", for: "1") == 3 && run.rank(of: "z", for: "1") == nil)
    }

    @Test func wrongLinesAreNamed() {
        for (text, line) in [
            ("1 Q0 a 1 0.5 x\n1 Q0 b 2 half x", 2), ("1 Q0 a 1 nan x", 1), ("1 Q0 a 1 0.5", 1), ("1 Q0 a b 1 0.5 x", 1),
            ("1 Q0 a 1 0.5 x\n\n1 Q0 a 2 0.4 x", 3),
        ] {
            let error = #expect(throws: RelevanceFileError.self) { try RankedRun(text: text, path: "run.txt") }
            #expect(error?.line == line && error?.description.hasPrefix("run.txt:\(line): ") == true, "\(text)")
        }
        for (text, line) in [
            ("1 0 a 1\n1 0 b one", 2), ("1 0 a", 1), ("1 0 a 1 2", 1), ("1 0 a 1\n1 0 a 0", 2), ("1 0 a 1001", 1),
        ] {
            let error = #expect(throws: RelevanceFileError.self) { try Judgements(text: text, path: "qrels.txt") }
            #expect(error?.line == line, "\(text)")
        }
    }

    @Test func topicsWithoutResultsCountAndTopicsWithoutJudgementsDoNot() throws {
        let judgements = try Judgements(text: "1 0 a 1\n2 0 a 1\n3 0 a 0", path: "qrels")
        let run = try RankedRun(text: "1 Q0 a 1 1 x\n3 Q0 a 1 1 x\n4 Q0 a 1 1 x", path: "run")
        let metrics = [try #require(RelevanceMetric(named: "AP"))]
        let all = RunMeasurement(run, judgements: judgements, metrics: metrics)
        #expect(all.topics == ["1", "2", "3"] && all.means == [1.0 / 3])
        #expect(all.unansweredCount == 1 && all.unjudgedCount == 1)
        let answered = RunMeasurement(run, judgements: judgements, metrics: metrics, answeredOnly: true)
        #expect(answered.topics == ["1", "3"] && answered.means == [0.5] && answered.unansweredCount == 0)
    }
}
