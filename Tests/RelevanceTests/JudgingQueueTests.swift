import PostilTestSupport
import Testing

@testable import Relevance

struct JudgingQueueTests {
    private static let pools = ["1": ["a", "b"], "2": [], "3": ["c", "a"]]

    private func queue(_ qrels: String = "") throws -> JudgingQueue {
        try JudgingQueue(topics: ["1", "2", "3"], judgements: try Judgements(text: qrels, path: "qrels")) {
            Self.pools[$0] ?? []
        }
    }

    @Test func whatIsJudgedIsNotAskedAgain() throws {
        var queue = try queue("1 0 a 2\n3 0 c 0")
        #expect(queue.current == .init(topic: "1", document: "b"))
        try queue.grade(1)
        #expect(queue.current == .init(topic: "3", document: "a") && queue.waiting.isEmpty)
        try queue.skip()
        #expect(queue.current == nil && queue.gradedCount == 1)
        #expect(queue.judgements.grades == ["1": ["a": 2, "b": 1], "3": ["c": 0]])
    }

    /// Whatever was done, undoing all of it leads back to the beginning.
    @Test(arguments: [UInt64(1), 2, 3, 4]) func everyStepCanBeTakenBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var queue = try queue()
        var states: [(JudgingQueue.Item?, Judgements)] = [(queue.current, queue.judgements)]
        for _ in 0..<6 where queue.current != nil {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: try queue.skip()
            case 1: try queue.skipTopic()
            default: try queue.grade(Int.random(in: 0...3, using: &random))
            }
            states.append((queue.current, queue.judgements))
        }
        for state in states.dropLast().reversed() {
            let isUndone = queue.undo()
            #expect(isUndone, "seed \(seed)")
            #expect(queue.current == state.0 && queue.judgements == state.1, "seed \(seed)")
        }
        let isUndone = queue.undo()
        #expect(!isUndone && queue.gradedCount == 0, "seed \(seed)")
    }

    @Test func poolsHaveTheBestOfEachRankingFirst() {
        #expect(JudgingQueue.pooled([["a", "b", "c"], ["d", "a"], []]) == ["a", "d", "b", "c"])
        #expect(JudgingQueue.pooled([]).isEmpty)
    }
}
