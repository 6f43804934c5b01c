/// What there is to judge, one document after the other: topics in their order, and each topic's pool in its order, without what
/// is judged already.
package struct JudgingQueue {
    /// A document to judge for a topic.
    package struct Item: Equatable, Sendable {
        package let topic: String
        package let document: String

        /// Names a document and a topic.
        package init(topic: String, document: String) {
            self.topic = topic
            self.document = document
        }
    }

    /// What is judged by now.
    package private(set) var judgements: Judgements
    /// What to judge next; nil when there is nothing left.
    package private(set) var current: Item?
    /// The documents of the current topic that come after the current one.
    package private(set) var waiting: [String] = []
    private var topics: [String]
    private let pool: (String) throws -> [String]
    private var steps: [Step] = []

    /// A way back.
    private struct Step {
        var item: Item
        var waiting: [String]
        var topics: [String]
        /// Whether the item got a grade.
        var isGraded: Bool
    }

    /// Begins with the first document that is not judged.
    ///
    /// - Parameter pool: The documents of a topic; asked when its turn comes, and again after an undo across topics never.
    /// - Throws: What `pool` throws.
    package init(topics: [String], judgements: Judgements, pool: @escaping (String) throws -> [String]) throws {
        self.topics = topics
        self.judgements = judgements
        self.pool = pool
        try nextTopicWithDocuments()
    }

    /// Grades that were given and not taken back since the beginning.
    package var gradedCount: Int { steps.count(where: \.isGraded) }

    /// Judges the current document and goes on.
    package mutating func grade(_ grade: Int) throws {
        guard let item = current else { return }
        keepStep(isGraded: true)
        judgements.set(grade, of: item.document, for: item.topic)
        try advance()
    }

    /// Leaves the current document unjudged and goes on.
    package mutating func skip() throws {
        guard current != nil else { return }
        keepStep(isGraded: false)
        try advance()
    }

    /// Leaves what is left of the current topic unjudged.
    package mutating func skipTopic() throws {
        guard current != nil else { return }
        keepStep(isGraded: false)
        try nextTopicWithDocuments()
    }

    /// Goes back to where the last step was taken, and takes its grade back. False where there was none.
    package mutating func undo() -> Bool {
        guard let step = steps.popLast() else { return false }
        if step.isGraded { judgements.set(nil, of: step.item.document, for: step.item.topic) }
        current = step.item
        waiting = step.waiting
        topics = step.topics
        return true
    }

    private mutating func keepStep(isGraded: Bool) {
        guard let current else { return }
        steps.append(Step(item: current, waiting: waiting, topics: topics, isGraded: isGraded))
    }

    private mutating func advance() throws {
        guard let topic = current?.topic, !waiting.isEmpty else { return try nextTopicWithDocuments() }
        current = Item(topic: topic, document: waiting.removeFirst())
    }

    private mutating func nextTopicWithDocuments() throws {
        current = nil
        waiting = []
        while current == nil, !topics.isEmpty {
            let topic = topics.removeFirst()
            waiting = try pool(topic).filter { judgements.grade(of: $0, for: topic) == nil }
            if !waiting.isEmpty { current = Item(topic: topic, document: waiting.removeFirst()) }
        }
    }

    /// The pool of several rankings: by the best rank that a document has in any of them, so that whoever stops early has judged
    /// what matters most.
    package static func pooled(_ rankings: [[String]]) -> [String] {
        var seen: Set<String> = []
        var pool: [String] = []
        for rank in 0..<(rankings.map(\.count).max() ?? 0) {
            for ranking in rankings where rank < ranking.count && seen.insert(ranking[rank]).inserted {
                pool.append(ranking[rank])
            }
        }
        return pool
    }
}
