/// What metrics say of a run, topic by topic and in the mean.
package struct RunMeasurement: Sendable, Equatable {
    /// The metrics, in the order of the values.
    package let metrics: [RelevanceMetric]
    /// The topics that are measured, in the order of their bytes.
    package let topics: [String]
    /// For each topic one value a metric.
    package let values: [[Double]]
    /// Judged topics for which nothing was found. Each counts 0.
    package let unansweredCount: Int
    /// Topics of the run that nobody has judged. They do not count.
    package let unjudgedCount: Int

    /// Measures a run.
    ///
    /// - Parameters:
    ///   - threshold: The least grade that is relevant to metrics that know no grades.
    ///   - answeredOnly: Whether judged topics for which nothing was found are left out, as trec_eval does without `-c`.
    /// - Complexity: O(documents found, judgements).
    package init(
        _ run: RankedRun, judgements: Judgements, metrics: [RelevanceMetric], threshold: Int = 1,
        answeredOnly: Bool = false
    ) {
        self.metrics = metrics
        topics = judgements.topics.filter { !answeredOnly || run.lists[$0] != nil }
        values = topics.map { topic in
            let list = JudgedList(
                run.documents(for: topic), judgements: judgements.grades[topic] ?? [:], threshold: threshold)
            return metrics.map { $0.value(of: list) }
        }
        unansweredCount = topics.count { run.lists[$0] == nil }
        unjudgedCount = run.lists.keys.count { judgements.grades[$0] == nil }
    }

    /// The mean over the topics of each metric; 0 without topics.
    package var means: [Double] {
        metrics.indices.map { metric in
            values.isEmpty ? 0 : values.reduce(0) { $0 + $1[metric] } / Double(values.count)
        }
    }
}
