import Relevance

/// Which of several ways to rank does best on judged topics, and whether that is more than chance.
package struct TuningReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "candidates"

    let metric: RelevanceMetric
    let names: [String]
    let means: [Double]
    let topicCount: Int
    let folds: Int
    let validation: CrossValidation

    /// Describes a choice among ways to rank, of which the first is the one that there was.
    ///
    /// - Parameter values: For each way one value a topic.
    package init(
        _ validation: CrossValidation, metric: RelevanceMetric, names: [String], values: [[Double]], folds: Int
    ) {
        self.metric = metric
        self.names = names
        self.validation = validation
        self.folds = folds
        topicCount = values[0].count
        means = values.map { $0.reduce(0, +) / Double($0.count) }
    }

    package var facts: [ReportValue.Member] {
        .members([
            "metric": .string(metric.name), "topic_count": .count(topicCount), "folds": .count(folds),
            "best": .string(names[validation.best]), "apparent_gain": .number(validation.apparentGain),
            "held_out_gain": .number(validation.heldOut.mean),
            "confidence": validation.heldOut.confidence.map {
                .array([.number($0.lowerBound), .number($0.upperBound)])
            } ?? .null,
            "randomisation_p": .number(validation.probability),
            "chosen_by_folds": .strings(validation.choices.map { names[$0] }),
            "is_gain": .boolean(validation.isGain),
        ])
    }

    package var columns: [String] { ["settings", metric.name] }

    /// `{"settings":"k1=1.5","mean":0.54}`.
    private struct Entry: ReportEntry {
        let name: String
        let mean: Double

        var value: ReportValue { .members(["settings": .string(name), "mean": .number(mean)]) }
        var rows: [[ReportValue]] { [[.string(name), .number(mean)]] }
    }

    /// The best first.
    private var order: [Int] { names.indices.sorted { (means[$1], $0) < (means[$0], $1) } }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for place in order { try body(Entry(name: names[place], mean: means[place])) }
    }

    /// Ways that are shown to people, beside the first one.
    private static let shown = 5

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        var rows = [["", metric.name]]
        let first = order.prefix(Self.shown)
        for place in first + (first.contains(0) ? [] : [0]) {
            rows.append([VisibleText.line(names[place]), MeasurementReport.figure(means[place])])
        }
        for line in AlignedTable.lines(rows) { try write(line + "\n") }
        try write("\n" + verdict.map { $0 + "\n" }.joined())
    }

    private func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + MeasurementReport.figure(value) }

    /// What to make of it, and by what evidence.
    private var verdict: [String] {
        guard validation.best != 0 else {
            return ["Nothing tried is better than \(names[0]) on these \(Quantity.count(topicCount, "topic"))."]
        }
        let heldOut = validation.heldOut
        let interval =
            heldOut.confidence.map { ", 95 % from \(signed($0.lowerBound)) to \(signed($0.upperBound))" } ?? ""
        let agreement = validation.choices.count { $0 == validation.best }
        let evidence = [
            "On the topics that chose it, \(names[validation.best]) gains \(signed(validation.apparentGain)).",
            "On topics that had no part in the choice: \(signed(heldOut.mean))\(interval); "
                + "\(Quantity.count(heldOut.wins)) better, \(Quantity.count(heldOut.losses)) worse; "
                + "p \(Quantity.decimal(validation.probability, places: 4)); "
                + "\(agreement) of \(folds) folds chose the same.",
        ]
        guard validation.isGain else {
            return evidence + ["That is no more than chance gives: keep \(names[0]), or judge more topics."]
        }
        return evidence + ["The gain is more than chance gives: \(names[validation.best]) is worth having."]
    }
}
