import Postil
import Relevance

/// Runs compared with the first of them.
package struct ComparisonReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "comparisons"

    let comparison: RunComparison
    let changes: [TopicChange]
    let listsTopics: Bool

    /// Describes a comparison.
    ///
    /// - Parameters:
    ///   - changes: The topics to tell more of.
    ///   - listsTopics: Whether the values of each topic are told.
    package init(_ comparison: RunComparison, changes: [TopicChange], listsTopics: Bool) {
        self.comparison = comparison
        self.changes = changes
        self.listsTopics = listsTopics
    }

    package var facts: [ReportValue.Member] {
        .members([
            "runs": .strings(comparison.candidates.map(\.name)),
            "topic_count": .count(comparison.topics.count),
            "tests": .count(comparison.differences.count),
            "correction": .string(comparison.correction.rawValue),
        ])
    }

    package var closingFacts: [ReportValue.Member] {
        var members: [ReportValue.Member] = [
            .init(name: "changed", value: .array(changes.map { $0.value(comparison) }))
        ]
        if listsTopics {
            members.append(
                .init(name: "topics", value: .array(comparison.topics.enumerated().map(topicValue))))
        }
        return members
    }

    /// `{"topic":"T01","nDCG@10":[0.5,0.6],…}`, one value a run.
    private func topicValue(_ place: Int, _ topic: String) -> ReportValue {
        .object(
            [.init(name: "topic", value: .string(topic))]
                + comparison.metrics.indices.map { metric in
                    .init(
                        name: comparison.metrics[metric].name,
                        value: .array(
                            comparison.candidates.indices.map {
                                .number(comparison.value(of: metric, place: place, candidate: $0))
                            }))
                })
    }

    package var columns: [String] { fields.map(\.name) }

    /// `{"first":"a.txt","second":"b.txt","metric":"AP","first_mean":0.40,"second_mean":0.42,"difference":0.02,…}`.
    private var fields: [ReportField<RunComparison.Difference>] {
        let comparison = comparison
        return [
            ReportField("first") { _ in .string(comparison.candidates[0].name) },
            ReportField("second") { .string(comparison.candidates[$0.second].name) },
            ReportField("metric") { .string(comparison.metrics[$0.metric].name) },
            ReportField("first_mean") { .number($0.firstMean) },
            ReportField("second_mean") { .number($0.secondMean) },
            ReportField("difference") { .number($0.differences.mean) },
            ReportField("confidence_low") { $0.differences.confidence.map { .number($0.lowerBound) } ?? .null },
            ReportField("confidence_high") { $0.differences.confidence.map { .number($0.upperBound) } ?? .null },
            ReportField("wins") { .count($0.differences.wins) },
            ReportField("losses") { .count($0.differences.losses) },
            ReportField("ties") { .count($0.differences.ties) },
            ReportField("t_test_p") { $0.studentP.map { .number($0) } ?? .null },
            ReportField("t_test_corrected_p") { $0.correctedStudentP.map { .number($0) } ?? .null },
            ReportField("randomisation_p") { .number($0.randomisationP) },
            ReportField("randomisation_corrected_p") { .number($0.correctedRandomisationP) },
        ]
    }

    private struct Entry: ReportEntry {
        let value: ReportValue
        let rows: [[ReportValue]]
    }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        let fields = fields
        for difference in comparison.differences {
            try body(Entry(value: fields.object(of: difference), rows: [fields.row(of: difference)]))
        }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for second in comparison.candidates.indices.dropFirst() {
            let names = [comparison.candidates[0], comparison.candidates[second]].map { VisibleText.line($0.name) }
            try write(layout.line("\(names[0]) → \(names[1])", .heading) + "\n")
            var rows = [
                ["", "first", "second", "difference", "95 % interval", "wins", "losses", "ties", "p (t)", "p (random)"]
            ]
            rows += comparison.differences.filter { $0.second == second }.map(cells)
            for line in AlignedTable.lines(rows) { try write(line + "\n") }
            try write("\n")
        }
        if listsTopics {
            let metric = comparison.metrics[0].name
            var rows = [[metric] + comparison.candidates.map { VisibleText.line($0.name) }]
            rows += comparison.topics.enumerated().map { place, topic in
                [VisibleText.line(topic)]
                    + comparison.candidates.indices.map {
                        MeasurementReport.figure(comparison.value(of: 0, place: place, candidate: $0))
                    }
            }
            for line in AlignedTable.lines(rows) { try write(line + "\n") }
            try write("\n")
        }
        for change in changes { try write(change.text(comparison, in: layout)) }
    }

    private func cells(_ difference: RunComparison.Difference) -> [String] {
        func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + MeasurementReport.figure(value) }
        let confidence = difference.differences.confidence.map {
            "\(signed($0.lowerBound)) to \(signed($0.upperBound))"
        }
        let differences = difference.differences
        return [
            comparison.metrics[difference.metric].name, MeasurementReport.figure(difference.firstMean),
            MeasurementReport.figure(difference.secondMean), signed(differences.mean), confidence ?? "–",
            Quantity.count(differences.wins), Quantity.count(differences.losses), Quantity.count(differences.ties),
            difference.correctedStudentP.map { Quantity.decimal($0, places: 4) } ?? "–",
            Quantity.decimal(difference.correctedRandomisationP, places: 4),
        ]
    }

    package var remarks: [String] {
        let tests = Quantity.count(comparison.differences.count, "comparison")
        let way =
            comparison.correction == .none
            ? "not corrected" : "corrected for \(tests) (\(comparison.correction.rawValue))"
        return ["\(Quantity.count(comparison.topics.count, "topic")); p \(way)"]
    }

    /// The differences of all topics by the first metric, as an SVG picture.
    package var plot: String {
        DifferencePlot(
            metric: comparison.metrics[0].name, names: comparison.candidates.map(\.name), topics: comparison.topics,
            differences: comparison.candidates.indices.dropFirst().map { second in
                comparison.topics.indices.map {
                    comparison.value(of: 0, place: $0, candidate: second)
                        - comparison.value(of: 0, place: $0, candidate: 0)
                }
            }
        ).text
    }
}
