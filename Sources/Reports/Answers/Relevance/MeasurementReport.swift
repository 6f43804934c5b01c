import Relevance

/// What metrics say of a run.
package struct MeasurementReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "topics"

    let measurement: RunMeasurement
    /// Whether the figures of each topic are told.
    let listsTopics: Bool

    /// Describes a measurement.
    package init(_ measurement: RunMeasurement, listsTopics: Bool) {
        self.measurement = measurement
        self.listsTopics = listsTopics
    }

    package var facts: [ReportValue.Member] {
        .members([
            "topic_count": .count(measurement.topics.count),
            "topics_without_results": .count(measurement.unansweredCount),
            "topics_without_judgements": .count(measurement.unjudgedCount),
            "metrics": .object(members(measurement.means)),
        ])
    }

    private func members(_ values: [Double]) -> [ReportValue.Member] {
        zip(measurement.metrics, values).map { .init(name: $0.name, value: .number($1)) }
    }

    package var columns: [String] { ["topic"] + measurement.metrics.map(\.name) }

    /// `{"topic":"T01","nDCG@10":0.5,…}`.
    private struct Entry: ReportEntry {
        let topic: String
        let members: [ReportValue.Member]

        private var topicMember: ReportValue.Member { .init(name: "topic", value: .string(topic)) }
        var value: ReportValue { .object([topicMember] + members) }
        var rows: [[ReportValue]] { [([topicMember] + members).map(\.value)] }
    }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        guard listsTopics else { return }
        for (topic, values) in zip(measurement.topics, measurement.values) {
            try body(Entry(topic: topic, members: members(values)))
        }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        func cells(_ name: String, _ values: [Double]) -> [String] { [name] + values.map(Self.figure) }
        var rows = [[""] + measurement.metrics.map(\.name)]
        if listsTopics {
            rows += zip(measurement.topics, measurement.values).map { cells(VisibleText.line($0), $1) }
        }
        rows.append(cells("all", measurement.means))
        for line in AlignedTable.lines(rows) { try write(line + "\n") }
    }

    package var remarks: [String] {
        var parts = ["Means over \(Quantity.count(measurement.topics.count, "judged topic"))"]
        if measurement.unansweredCount > 0 {
            parts.append("\(Quantity.count(measurement.unansweredCount)) of them without results, which count 0")
        }
        if measurement.unjudgedCount > 0 {
            parts.append(
                "\(Quantity.count(measurement.unjudgedCount, "other topic")) without judgements left out")
        }
        return [parts.joined(separator: "; ")]
    }

    /// A value with the four places that trec_eval prints.
    static func figure(_ value: Double) -> String { Quantity.exactDecimal(value, places: 4) }
}

/// Rows of cells in columns that stand below each other: the first to the left, figures to the right.
enum AlignedTable {
    static func lines(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
                return column == 0 ? row[column] + padding : padding + row[column]
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
    }
}
