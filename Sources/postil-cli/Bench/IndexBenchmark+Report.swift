import Postil
import Reports
import Workloads

extension IndexBenchmark: Report {
    /// Text read a second in the fastest run, in 10^6 bytes.
    var megabytesPerSecond: Double { throughput(runs) }

    /// The same for the baseline; nil without one.
    var baselineMegabytesPerSecond: Double? { baselineRuns.isEmpty ? nil : throughput(baselineRuns) }

    /// How many times as fast as the baseline.
    var ratio: Double? { baselineMegabytesPerSecond.map { $0 > 0 ? megabytesPerSecond / $0 : 0 } }

    private func throughput(_ runs: [Run]) -> Double {
        let fastest = runs.map(\.seconds).min() ?? 0
        return fastest > 0 ? Double(textBytes) / 1e6 / fastest : 0
    }

    var facts: [ReportValue.Member] {
        .members([
            "documents": .count(documents),
            "text_bytes": .integer(textBytes),
            "runs": .array(runs.map(json)),
            "megabytes_per_second": .number(megabytesPerSecond),
            "documents_per_second": .number(documentsPerSecond),
            "baseline": baselineMegabytesPerSecond.map { throughput in
                .members([
                    "name": .string("fts5"),
                    "sqlite_version": .string(FTS5Baseline.version),
                    "runs": .array(baselineRuns.map(json)),
                    "megabytes_per_second": .number(throughput),
                ])
            } ?? .null,
            "ratio": ratio.map { .number($0) } ?? .null,
        ])
    }

    private func json(_ run: Run) -> ReportValue {
        .members([
            "seconds": .number(run.seconds),
            "cpu_seconds": .number(run.cpuSeconds),
            "peak_bytes": .count(run.peakBytes),
            "index_bytes": .integer(run.indexBytes),
            "stages": .object(orderedStages(run).map { .init(name: $0.name, value: .number($0.seconds)) }),
        ])
    }

    private var documentsPerSecond: Double {
        let fastest = runs.map(\.seconds).min() ?? 0
        return fastest > 0 ? Double(documents) / fastest : 0
    }

    /// The stages in the order a document passes them.
    private func orderedStages(_ run: Run) -> [(name: String, seconds: Double)] {
        IndexingStage.allCases.compactMap { stage in run.stages[stage].map { (stage.rawValue, $0) } }
    }

    func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        var lines = [Quantity.count(documents, "document") + ", " + Quantity.bytes(textBytes) + " of text"]
        for (number, run) in runs.enumerated() {
            lines.append(line("postil", number, run))
            if !run.stages.isEmpty {
                lines.append(
                    "        "
                        + orderedStages(run).map {
                            "\($0.name) \(Quantity.decimal($0.seconds, places: 2)) s"
                        }.joined(separator: ", "))
            }
            if number < baselineRuns.count { lines.append(line("fts5  ", number, baselineRuns[number])) }
        }
        lines.append(
            "\(Quantity.decimal(megabytesPerSecond, places: 1)) MB/s, \(Quantity.count(Int(documentsPerSecond))) documents/s"
        )
        if let ratio, let baselineMegabytesPerSecond {
            lines.append(
                "\(Quantity.decimal(ratio, places: 2)) times as fast as plain INSERT into FTS5 \(FTS5Baseline.version) "
                    + "(\(Quantity.decimal(baselineMegabytesPerSecond, places: 1)) MB/s, reading not counted)")
        }
        try write(lines.joined(separator: "\n") + "\n")
    }

    private func line(_ name: String, _ number: Int, _ run: Run) -> String {
        let share = textBytes > 0 ? Double(run.indexBytes) / Double(textBytes) : 0
        return "\(name) run \(number + 1): \(Quantity.decimal(run.seconds, places: 2)) s, "
            + "CPU \(Quantity.decimal(run.cpuSeconds, places: 2)) s, peak memory \(Quantity.bytes(Int64(run.peakBytes))), "
            + "index \(Quantity.bytes(run.indexBytes)), \(Quantity.decimal(share, places: 2)) bytes a byte of text"
    }
}
