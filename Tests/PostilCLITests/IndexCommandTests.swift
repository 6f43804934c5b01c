import Foundation
import PostilTestSupport
import Testing

/// `postil index` end to end.
struct IndexCommandTests {
    private func index(_ arguments: [String], in folder: TemporaryFolder, input: String? = nil) throws
        -> PostilBinary.Outcome
    {
        try PostilBinary.run(["index"] + arguments, in: folder.url, input: input)
    }

    /// The counts of a run's JSON report.
    private func counts(_ outcome: PostilBinary.Outcome) throws -> [String: Int] {
        let report = try outcome.json()
        return ["added", "updated", "unchanged", "removed", "documents"].reduce(into: [:]) {
            $0[$1] = report[$1] as? Int
        }
    }

    @Test func reportsARunInTheDocumentedShape() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        let outcome = try index(["reviews", "--format", "json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(
            Set(report.keys) == [
                "format_version", "added", "updated", "unchanged", "removed", "skipped", "kept", "documents",
                "text_bytes", "seconds", "index_bytes",
            ])
        #expect(report["format_version"] as? Int == 1)
        #expect(report["added"] as? Int == 3)
        #expect(report["documents"] as? Int == 3)
        #expect((report["text_bytes"] as? Int ?? 0) > 100)
        #expect((report["index_bytes"] as? Int ?? 0) > 1_000)
        #expect((report["skipped"] as? [Any])?.isEmpty == true)
    }

    @Test func aSecondRunReadsOnlyWhatChanged() throws {
        let folder = try SmallCollection.indexed()
        let json = ["reviews", "--format", "json"]
        #expect(
            try counts(index(json, in: folder))
                == ["added": 0, "updated": 0, "unchanged": 3, "removed": 0, "documents": 3])
        try folder.file("reviews/goodhart.md", SmallCollection.goodhart + "\nA word more: satisficing.\n")
        try folder.file("reviews/new.txt", "Debate as oversight.")
        #expect(
            try counts(index(json, in: folder))
                == ["added": 1, "updated": 1, "unchanged": 2, "removed": 0, "documents": 4])
        #expect(try PostilBinary.run(["search", "satisficing"], in: folder.url).status == 0)
        try FileManager.default.removeItem(at: folder.url.appending(path: "reviews/new.txt"))
        #expect(try counts(index(json + ["--keep-missing"], in: folder))["removed"] == 0)
        #expect(try PostilBinary.run(["search", "debate"], in: folder.url).status == 0)
        #expect(try counts(index(json, in: folder))["removed"] == 1)
        #expect(try PostilBinary.run(["search", "debate"], in: folder.url).status == 1)
    }

    /// SQLite would take the first for an address with parameters, and the others for ends of one.
    @Test func anIndexInMemoryIsNoIndexOfACommand() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        for arguments in [["index", "reviews"], ["index"], ["search", "debate"]] {
            let outcome = try PostilBinary.run(arguments + ["-i", ":memory:"], in: folder.url)
            #expect(outcome.status == 2 && outcome.errors.contains("./:memory: is a file"), "\(outcome.errors)")
        }
        #expect(try index(["reviews", "-i", "./:memory:"], in: folder).status == 0)
        #expect(FileManager.default.fileExists(atPath: folder.file(":memory:")))
    }

    @Test(arguments: ["file:a.db?mode=memory", "a?b#c%20d.db", "file:%41"]) func aNameIsAName(name: String) throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        for arguments in [["reviews"], ["--rebuild"], []] {
            let outcome = try index(arguments + ["-i", name], in: folder)
            #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
            #expect(try PostilBinary.run(["check", "-i", name], in: folder.url).status == 0)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted().filter { $0 != ".local" } == [name, "reviews"].sorted())
    }

    @Test func rebuildStartsAnew() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try index(["reviews", "--rebuild", "--analyzer", "none", "--format", "json"], in: folder)
        #expect(try counts(outcome)["added"] == 3)
        // Without stemming another form of the word is another word.
        #expect(try PostilBinary.run(["search", "--exact", "rewards"], in: folder.url).status == 1)
        #expect(try PostilBinary.run(["search", "reward"], in: folder.url).status == 0)
    }

    @Test func anotherAnalyzerNeedsARebuild() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try index(["reviews", "--analyzer", "german"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("german") && outcome.errors.contains("--rebuild"), "\(outcome.errors)")
        #expect(try PostilBinary.run(["search", "reward"], in: folder.url).status == 0)
    }

    /// A bad row is skipped, named with its line and counted; the others are indexed.
    @Test func badRowsAreNamedAndSkipped() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "rows.jsonl", #"{"id":"a","text":"first"}"# + "\n{\"id\": \n" + #"{"id":"c","text":"third"}"# + "\n")
        let outcome = try index(["rows.jsonl", "--format", "json"], in: folder)
        #expect(outcome.status == 2)
        let report = try outcome.json()
        #expect(report["added"] as? Int == 2)
        let skipped = try #require(report["skipped"] as? [[String: Any]])
        #expect(skipped.count == 1)
        #expect(skipped.first?["line"] as? Int == 2)
        #expect((skipped.first?["path"] as? String)?.hasSuffix("rows.jsonl") == true)
        #expect((skipped.first?["reason"] as? String)?.isEmpty == false)
        #expect(try PostilBinary.run(["search", "third", "--format", "ids"], in: folder.url).output == "c\n")

        // The next run remembers the failure although the file has not changed.
        #expect(try index(["rows.jsonl"], in: folder).status == 2)
        let text = try index(["rows.jsonl", "--rebuild"], in: folder)
        #expect(text.errors.contains("rows.jsonl:2"), "\(text.errors)")
    }

    @Test func aMissingPathIsAnError() throws {
        let folder = try TemporaryFolder()
        let outcome = try index(["nowhere"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("nowhere"), "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    /// What a shell makes of a variable that is not set is not the current folder.
    @Test func anEmptyPathIsAnError() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        #expect(try index([""], in: folder).errors.contains("an empty path names no file"))
    }

    /// An index is not replaced by an empty one because of a mistyped path.
    @Test func rebuildingFromNothingKeepsTheIndex() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try index(["--rebuild", "nowhere"], in: folder)
        #expect(outcome.status == 2 && outcome.errors.contains("which would be lost"), "\(outcome)")
        #expect(try counts(index(["reviews", "--format", "json"], in: folder))["unchanged"] == 3)
    }

    @Test func filesOfOtherFormatsAreCounted() throws {
        let folder = try SmallCollection.indexed()
        for name in ["a.xls", "b.XLS", "c.log", "README", "postil.db", "postil.db.lock"] {
            try folder.file("reviews/\(name)", "text")
        }
        let outcome = try index(["reviews"], in: folder)
        #expect(outcome.status == 0)
        let hints = outcome.errors.split(separator: "\n")
        #expect(hints.count == 1, "\(hints)")
        let start = "postil: hint: 4 files of other formats were passed over (2 .xls, 1 without an extension, 1 .log)"
        #expect(outcome.errors.hasPrefix(start), "\(outcome.errors)")
        #expect(try index(["reviews", "--quiet"], in: folder).errors.isEmpty)
        // The ways out lead somewhere.
        #expect(try counts(index(["reviews/[!p]*", "--format", "json"], in: folder))["added"] == 4)
        try folder.file("logs.yaml", "reading: { extensions: { log: text } }\n")
        let named = try index(["-i", "2.db", "reviews", "--profile", "./logs.yaml", "--format", "json"], in: folder)
        #expect(try counts(named)["added"] == 4, "\(named)")
    }

    @Test func readsStandardInput() throws {
        let folder = try TemporaryFolder()
        let outcome = try index(["-", "--format", "json"], in: folder, input: SmallCollection.rows)
        #expect(try counts(outcome)["added"] == 2, "\(outcome.errors)")
        #expect(
            try PostilBinary.run(["search", "loopholes", "--format", "ids"], in: folder.url).output == "krakovna-2020\n"
        )
    }

    /// A later run's standard input is its caller's.
    @Test(arguments: [["index"], ["index", "--rebuild"], ["index", "reviews"]])
    func whatCameFromStandardInputStays(run: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.file("reviews/a.md", "a note")
        #expect(try index(["reviews"], in: folder).status == 0)
        #expect(try index(["-", "--name", "kept"], in: folder, input: "precious").status == 0)
        let outcome = try PostilBinary.run(run, in: folder.url, input: "the caller's")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try PostilBinary.run(["search", "precious", "--format", "ids"], in: folder.url).output == "kept\n")
        #expect(try PostilBinary.run(["search", "--exact", "caller"], in: folder.url).status == 1)
        #expect(try index(["-", "--name", "kept"], in: folder, input: "newer").status == 0)
        #expect(try PostilBinary.run(["search", "newer", "--format", "ids"], in: folder.url).output == "kept\n")
    }

    /// What a shell makes of a command that failed.
    @Test(arguments: ["plain text", SmallCollection.rows]) func anEmptyStandardInputRemovesNothing(before: String)
        throws
    {
        let folder = try TemporaryFolder()
        try #require(try index(["-", "--name", "kept"], in: folder, input: before).status == 0)
        let all = try PostilBinary.run(["search", "*", "--format", "ids"], in: folder.url).output
        let outcome = try index(["-", "--name", "kept", "--format", "json"], in: folder, input: "")
        #expect(outcome.status == 2 && outcome.errors.contains("is empty; what it gave before stays"), "\(outcome)")
        #expect(try counts(outcome)["removed"] == 0)
        #expect(try PostilBinary.run(["search", "*", "--format", "ids"], in: folder.url).output == all)
    }

    /// The collection is more than a run takes to FTS5 document by document, so that every thread inverts some of it.
    @Test func everyThreadCountGivesTheSameAnswers() throws {
        let folder = try TemporaryFolder()
        let generate = ["bench", "generate", "--documents", "1500", "--seed", "5"]
        #expect(try PostilBinary.run(generate + ["-o", "corpus.jsonl"], in: folder.url).status == 0)
        let queries = generate + ["--queries", "40"]
        let lines = try PostilBinary.run(queries, in: folder.url).lines
        let topics = try lines.enumerated().map { number, line in
            let query = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return "\(number + 1)\t\(try #require(query["query"] as? String))\n"
        }
        try folder.file("topics.tsv", topics.joined())
        var answers: Set<String> = []
        for threads in ["1", "2", "3", "4"] {
            let run = ["index", "corpus.jsonl", "-i", "\(threads).db", "--threads", threads, "--memory", "16MiB"]
            let outcome = try PostilBinary.run(run + ["--format", "json"], in: folder.url)
            #expect((try outcome.json()["text_bytes"] as? Int ?? 0) > 1 << 20, "\(outcome.errors)")
            let search = [
                "search", "-i", "\(threads).db", "--topics", "topics.tsv", "--format", "trec", "--limit", "50",
            ]
            let answer = try PostilBinary.run(search, in: folder.url)
            #expect(answer.lines.count > 1000, "\(answer.errors)")
            answers.insert(answer.output)
        }
        #expect(answers.count == 1)
    }

    @Test func textReportSaysWhatHappened() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        let outcome = try index(["reviews"], in: folder)
        #expect(outcome.output.contains("3 documents"), "\(outcome.output)")
        #expect(outcome.output.contains("postil.db"))
        // No progress where nobody looks.
        #expect(outcome.errors == "")
    }

    @Test func refusesAmountsAndNumbersThatMakeNoSense() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        for arguments in [["--memory", "lots"], ["--threads", "-1"], ["--threads", "many"], ["--memory", "1kB"]] {
            let outcome = try index(["reviews"] + arguments, in: folder)
            #expect(outcome.status == 2, "\(arguments)")
            #expect(outcome.errors.hasPrefix("postil: error: "), "\(outcome.errors)")
        }
        #expect(try index([], in: folder).status == 2)
    }
}
