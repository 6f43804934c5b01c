import Foundation
import Postil
import PostilTestSupport
import Testing

@testable import postil_cli

/// What an index run says of that which it skipped.
struct SkippedFileTests {
    private func record(_ path: String, _ line: Int?, _ reason: String = "no text") -> SkippedInput {
        SkippedInput(path: path, line: line, reason: reason)
    }

    @Test func oneLineAFile() {
        let records = [
            record("b.csv", 7), record("a.csv", 2), record("b.csv", 3, "the id “x” stands in this file twice"),
            record("image.txt", nil, "is a binary file"), record("a.csv", 3), record("a.csv", 4),
        ]
        let files = SkippedFile.all(of: records, failed: ["a.csv", "image.txt"])
        #expect(
            files.map { $0.first.description + $0.suffix } == [
                "b.csv:3: the id “x” stands in this file twice (and 1 more record)",
                "a.csv:2: no text (and 2 more records, which is all; is the profile meant for this file?)",
                "image.txt: is a binary file",
            ])
        #expect(SkippedFile.all(of: [], failed: []).isEmpty)
    }

    /// A folder with a collection and two files that are none: a table without a header, and a text read as JSON Lines.
    @Test(arguments: [[], ["--format", "json"]])
    func filesThatAreNoCollections(format: [String]) throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        try folder.file("reviews/topics.tsv", (1...40).map { "T\($0)\tsome query\n" }.joined())
        try folder.file("reviews/half.jsonl", "{\"id\":\"x\",\"text\":\"whole\"}\n{\"id\":\n{\"id\":\n{\"id\":\n")
        let index = { try PostilBinary.run(["index", "reviews"] + format + $0, in: folder.url) }
        let first = try index([])
        #expect(first.status == 2)
        let prefix = "postil: warning: skipped \(folder.url.path)/reviews/"
        func expectSummary(_ errors: String) {
            let lines = errors.split(separator: "\n")
            #expect(lines.count == 3, "\(errors)")
            #expect(
                lines.contains {
                    $0.hasPrefix(prefix + "half.jsonl:2: column ") && $0.hasSuffix("(and 2 more records)")
                })
            #expect(
                lines.contains {
                    $0.hasPrefix(prefix + "topics.tsv:2: has neither title nor text under this profile")
                        && $0.hasSuffix("(and 38 more records, which is all; is the profile meant for this file?)")
                })
            #expect(lines.last == "postil: hint: `postil index --verbose` names each of the 42 places")
        }
        expectSummary(first.errors)
        // A run that reads neither file again says the same.
        expectSummary(try index([]).errors)
        #expect(try index(["--quiet"]).errors.split(separator: "\n").count == 2)
        for verbose in [try index(["--verbose"]), try index(["--verbose", "--rebuild"])] {
            let lines = verbose.errors.split(separator: "\n")
            #expect(lines.count == 42, "\(verbose.errors)")
            #expect(lines.contains { $0.hasPrefix(prefix + "topics.tsv:40: ") })
        }
        guard !format.isEmpty else { return }
        let skipped = try #require(try index([]).json()["skipped"] as? [[String: Any]])
        #expect(skipped.count == 42)
        #expect(skipped.compactMap { $0["line"] as? Int }.filter { $0 == 40 }.count == 1)
    }

    @Test func markdownReadAsJSONLines() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("profiles/lines.yaml", "reading: { format: jsonl }\n")
        let outcome = try PostilBinary.run(
            ["index", "--rebuild", "--prune", "--profile", "profiles/lines.yaml", "reviews/goodhart.md"], in: folder.url
        )
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("/reviews/goodhart.md:1: column 1: "), "\(outcome.errors)")
        #expect(outcome.errors.contains("which is all; is the profile meant for this file?)"), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 2, "\(outcome.errors)")
    }
}
