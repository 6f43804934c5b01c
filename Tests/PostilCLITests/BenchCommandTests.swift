import Foundation
import PostilTestSupport
import Testing

/// `postil bench` end to end, on tiny collections: the shape of the reports and the checks, not the times.
struct BenchCommandTests {
    private static let shape = ["--documents", "120", "--seed", "3"]

    private func bench(_ arguments: [String], in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(["bench"] + arguments, in: folder.url)
    }

    /// A folder with a generated collection, its queries and, in `corpus.db`, its index.
    private func benchFolder(_ options: [String] = []) throws -> (folder: TemporaryFolder, report: [String: Any]) {
        let folder = try TemporaryFolder()
        _ = try bench(["generate"] + Self.shape + ["-o", "corpus.jsonl"], in: folder)
        _ = try bench(["generate"] + Self.shape + ["--queries", "40", "-o", "queries.jsonl"], in: folder)
        let outcome = try bench(["index", "corpus.jsonl", "--keep", "corpus.db", "--json"] + options, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return (folder, try outcome.json())
    }

    @Test func generatesTheSameTextsAgain() throws {
        let folder = try TemporaryFolder()
        let toFile = try bench(["generate"] + Self.shape + ["-o", "corpus.jsonl"], in: folder)
        #expect(toFile.status == 0 && toFile.output.isEmpty, "\(toFile.errors)")
        let printed = try bench(["generate"] + Self.shape, in: folder)
        #expect(printed.lines.count == 120)
        #expect(try String(contentsOf: folder.url.appending(path: "corpus.jsonl"), encoding: .utf8) == printed.output)
        #expect(try bench(["generate", "--documents", "120", "--seed", "4"], in: folder).output != printed.output)
    }

    @Test func refusesSizesThatMakeNoSense() throws {
        let folder = try TemporaryFolder()
        let outcome = try bench(["generate", "--documents", "0", "--seed", "1"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--documents is 0"))
    }

    @Test func aClosedPipeEndsGenerationQuietly() throws {
        let folder = try TemporaryFolder()
        let outcome = try PostilBinary.shell(
            "postil bench generate --documents 5000 --seed 1 | head -n 1", in: folder.url)
        #expect(outcome.lines.count == 1)
        #expect(outcome.errors.isEmpty)
    }

    @Test func indexingReportsCostAndBaseline() throws {
        let (folder, report) = try benchFolder(["--repeat", "2", "--baseline", "fts5"])
        #expect(
            Set(report.keys) == [
                "format_version", "documents", "text_bytes", "runs", "megabytes_per_second", "documents_per_second",
                "baseline", "ratio",
            ])
        #expect(report["documents"] as? Int == 120)
        let runs = try #require(report["runs"] as? [[String: Any]])
        #expect(runs.count == 2)
        for run in runs {
            #expect(Set(run.keys) == ["seconds", "cpu_seconds", "peak_bytes", "index_bytes", "stages"])
            #expect((run["index_bytes"] as? Int ?? 0) > 100_000)
            #expect((run["peak_bytes"] as? Int ?? 0) > 1_000_000)
        }
        #expect(((report["baseline"] as? [String: Any])?["runs"] as? [Any])?.count == 2)
        #expect((report["ratio"] as? Double ?? 0) > 0)
        #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "corpus.db").path))
    }

    @Test func queriesAreVerifiedAndSummedUp() throws {
        let (folder, _) = try benchFolder()
        let arguments = ["queries", "-i", "corpus.db", "--queries", "queries.jsonl", "--repeat", "1", "-n", "5"]
        let outcome = try bench(
            arguments + ["--verify", "--baseline", "fts5", "--details", "details.jsonl", "--json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["queries"] as? Int == 40)
        #expect(report["verified"] as? Bool == true)
        #expect((report["speedup"] as? Double ?? 0) > 0)
        let tags = try #require(report["by_tag"] as? [String: [String: Any]])
        #expect(Set(tags.keys) == ["union", "intersection", "phrase", "natural"])
        for figures in [report] + tags.values {
            for key in ["mean_us", "p50_us", "p90_us", "p99_us", "max_us", "first_mean_us"] {
                #expect((figures[key] as? Double ?? 0) > 0, "\(key)")
            }
        }
        let details = try String(contentsOf: folder.url.appending(path: "details.jsonl"), encoding: .utf8)
        for line in details.split(separator: "\n") {
            let record = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let ids = try #require(record["ids"] as? [String])
            #expect((1...5).contains(ids.count) && ids.allSatisfy { $0.hasPrefix("d0000") }, "\(line)")
        }
        #expect(details.split(separator: "\n").count == 40)
    }

    @Test func withoutVerifyNothingIsClaimed() throws {
        let (folder, _) = try benchFolder()
        try folder.file("topics.tsv", "1\tof the\n2\tand\n")
        let outcome = try bench(
            ["queries", "-i", "corpus.db", "--queries", "topics.tsv", "--repeat", "1", "--json"], in: folder)
        let report = try outcome.json()
        #expect(report["verified"] is NSNull && report["baseline"] is NSNull && report["speedup"] is NSNull)
        #expect(report["queries"] as? Int == 2)
        let text = try bench(["queries", "-i", "corpus.db", "--queries", "topics.tsv", "--repeat", "1"], in: folder)
        #expect(text.lines.first?.contains("p99") == true)
    }

    @Test func missingFilesAreNamed() throws {
        let folder = try TemporaryFolder()
        let noQueries = try bench(["queries", "-i", "x.db", "--queries", "nowhere.jsonl"], in: folder)
        #expect(noQueries.status == 2)
        #expect(noQueries.errors.contains("nowhere.jsonl"))
    }
}
