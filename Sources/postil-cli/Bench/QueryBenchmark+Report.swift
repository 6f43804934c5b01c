import Documents
import Postil
import Reports
import Workloads

extension QueryBenchmark: Report {
    private func summary(_ chosen: [Measured]) -> LatencySummary? {
        LatencySummary(microseconds: chosen.map(\.microseconds))
    }

    private func baselineSummary(_ chosen: [Measured]) -> LatencySummary? {
        LatencySummary(microseconds: chosen.compactMap(\.baselineMicroseconds))
    }

    /// How many times as fast as the baseline on average, over the queries that the baseline answered.
    private func speedup(_ chosen: [Measured]) -> Double? {
        let shared = chosen.filter { $0.baselineMicroseconds != nil }
        guard let own = summary(shared), let other = baselineSummary(shared), own.meanMicroseconds > 0 else {
            return nil
        }
        return other.meanMicroseconds / own.meanMicroseconds
    }

    /// The queries by tag, in the order tags first appear.
    private var groups: [(tag: String, queries: [Measured])] {
        var order: [String] = []
        var groups: [String: [Measured]] = [:]
        for measured in queries {
            for tag in measured.query.tags {
                if groups[tag] == nil { order.append(tag) }
                groups[tag, default: []].append(measured)
            }
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    var facts: [ReportValue.Member] {
        let byTag = groups.map { group in
            ReportValue.Member(name: group.tag, value: .object(figures(group.queries) + comparison(group.queries)))
        }
        return figures(queries) + [.init(name: "by_tag", value: .object(byTag))] + comparison(queries)
            + [.init(name: "verified", value: differences.map { .boolean($0.isEmpty) } ?? .null)]
    }

    private func figures(_ chosen: [Measured]) -> [ReportValue.Member] {
        guard let summary = summary(chosen) else { return [] }
        return Self.members(of: summary) + [
            .init(name: "first_mean_us", value: .number(Self.firstMean(chosen))),
            .init(name: "blocks", value: .count(chosen.reduce(0) { $0 + $1.result.statistics.blocks })),
            .init(name: "postings", value: .count(chosen.reduce(0) { $0 + $1.result.statistics.postings })),
        ]
    }

    private static func firstMean(_ chosen: [Measured]) -> Double {
        chosen.reduce(0) { $0 + $1.firstMicroseconds } / Double(max(1, chosen.count))
    }

    private func comparison(_ chosen: [Measured]) -> [ReportValue.Member] {
        [
            .init(
                name: "baseline",
                value: baselineSummary(chosen).map { summary in
                    .object(
                        [
                            .init(name: "name", value: .string("fts5")),
                            .init(name: "sqlite_version", value: .string(FTS5Baseline.version)),
                        ] + Self.members(of: summary))
                } ?? .null),
            .init(name: "speedup", value: speedup(chosen).map { .number($0) } ?? .null),
        ]
    }

    private static func members(of summary: LatencySummary) -> [ReportValue.Member] {
        [
            .init(name: "queries", value: .count(summary.queries)),
            .init(name: "mean_us", value: .number(summary.meanMicroseconds)),
            .init(name: "p50_us", value: .number(summary.p50Microseconds)),
            .init(name: "p90_us", value: .number(summary.p90Microseconds)),
            .init(name: "p99_us", value: .number(summary.p99Microseconds)),
            .init(name: "max_us", value: .number(summary.maxMicroseconds)),
        ]
    }

    /// For people: one line for all queries and one for each tag, times in microseconds.
    func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let header = ["", "queries", "mean", "p50", "p90", "p99", "max", "first", "blocks", "postings"]
        let rows = ([("all", queries)] + groups.map { ($0.tag, $0.queries) }).compactMap(row)
        let hasBaseline = queries.contains { $0.baselineMicroseconds != nil }
        let table = [header + (hasBaseline ? ["fts5 mean", "speedup"] : [])] + rows
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        var lines = table.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
        lines.append(
            "Times in microseconds, best of all passes but the first, whose mean is `first`; blocks and postings are means over the queries."
        )
        if let differences {
            lines.append(
                differences.isEmpty
                    ? "Verified: every result equals that of the exhaustive evaluation in ids, scores and order."
                    : "NOT verified: \(Quantity.count(differences.count, "result")) differ from the exhaustive evaluation."
            )
        }
        try write(lines.joined(separator: "\n") + "\n")
    }

    private func row(_ name: String, _ chosen: [Measured]) -> [String]? {
        guard let own = summary(chosen) else { return nil }
        func mean(_ total: Int) -> String { Quantity.decimal(Double(total) / Double(chosen.count), places: 1) }
        let times = [
            own.meanMicroseconds, own.p50Microseconds, own.p90Microseconds, own.p99Microseconds, own.maxMicroseconds,
        ]
        var row = [VisibleText.line(name), Quantity.count(own.queries)] + times.map { Quantity.decimal($0, places: 1) }
        row.append(Quantity.decimal(Self.firstMean(chosen), places: 1))
        row.append(mean(chosen.reduce(0) { $0 + $1.result.statistics.blocks }))
        row.append(mean(chosen.reduce(0) { $0 + $1.result.statistics.postings }))
        guard queries.contains(where: { $0.baselineMicroseconds != nil }) else { return row }
        row.append(baselineSummary(chosen).map { Quantity.decimal($0.meanMicroseconds, places: 1) } ?? "-")
        row.append(speedup(chosen).map { Quantity.decimal($0, places: 1) } ?? "-")
        return row
    }

    /// Each query with its time and hits, one JSON object a line.
    func details(_ searcher: Searcher) throws -> String {
        try queries.map { measured in
            let names = try measured.result.top.map { hit in
                try searcher.document(DocumentID(rawValue: hit.document))?.document.externalID ?? ""
            }
            return ReportValue.members([
                "query": .string(measured.query.text),
                "tags": .strings(measured.query.tags),
                "us": .number(measured.microseconds),
                "first_us": .number(measured.firstMicroseconds),
                "ids": .strings(names),
                "blocks": .count(measured.result.statistics.blocks),
                "postings": .count(measured.result.statistics.postings),
            ]).text + "\n"
        }.joined()
    }
}
