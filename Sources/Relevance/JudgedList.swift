/// The grades of what was found for one topic, in order, and what there was to find: all that metrics need.
package struct JudgedList: Sendable, Equatable {
    /// Grades of the documents found, the best first; nil for those that nobody has judged.
    package let grades: [Int?]
    /// Grades above 0 of all judged documents of the topic, greatest first: the ideal ranking.
    package let ideal: [Int]
    /// The least grade that is relevant to metrics that know no grades.
    package let threshold: Int
    /// Judged documents of at least the threshold.
    package let relevantCount: Int
    /// Judged documents below the threshold.
    package let otherCount: Int

    /// Compares what was found with what is known of the topic.
    ///
    /// - Parameter threshold: The least grade that is relevant to metrics that know no grades; at least 1.
    /// - Complexity: O(n log n) for n judgements, and the number of documents found.
    package init(_ documents: [String], judgements: [String: Int], threshold: Int = 1) {
        precondition(threshold > 0, "nothing would be irrelevant")
        self.threshold = threshold
        grades = documents.map { judgements[$0] }
        ideal = judgements.values.filter { $0 > 0 }.sorted(by: >)
        relevantCount = judgements.values.count { $0 >= threshold }
        // trec_eval takes a grade below 0 for no judgement.
        otherCount = judgements.values.count { $0 >= 0 && $0 < threshold }
    }

    /// Whether the document found at a place counts as relevant.
    func isRelevant(_ place: Int) -> Bool { grades[place].map { $0 >= threshold } ?? false }

    /// How many of the first `depth` documents are relevant.
    func relevantCount(within depth: Int) -> Int { grades.indices.prefix(depth).count(where: isRelevant) }
}
