import Foundation
import PostilTestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// `postil eval`, end to end.
struct EvalCommandTests {
    private static let topics = "T1\treward hacking\nT2\tmesa-optimizer\nT3\tquantilizer\nT4\tproxy\n"
    private static let qrels = """
        T1 0 krakovna-2020 2
        T1 0 hubinger-2019 0
        T1 0 goodhart.md 1
        T2 0 hubinger-2019 1
        T3 0 krakovna-2020 1

        """
    private static let run = """
        T1 Q0 hubinger-2019 1 3 x
        T1 Q0 krakovna-2020 2 2 x
        T2 Q0 hubinger-2019 1 1 x
        T5 Q0 hubinger-2019 1 1 x

        """

    private func prepared() throws -> TemporaryFolder {
        let folder = try SmallCollection.indexed()
        try folder.file("topics.tsv", Self.topics)
        try folder.file("qrels.txt", Self.qrels)
        try folder.file("run.txt", Self.run)
        return folder
    }

    private func eval(_ arguments: [String], in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(["eval", "--qrels", "qrels.txt"] + arguments, in: folder.url)
    }

    @Test func runsAreMeasured() throws {
        let folder = try prepared()
        let outcome = try eval(["--run", "run.txt", "--metrics", "P@1,AP,RR", "--per-query"], in: folder)
        #expect(
            outcome.output == """
                        P@1      AP      RR
                T1   0.0000  0.2500  0.5000
                T2   1.0000  1.0000  1.0000
                T3   0.0000  0.0000  0.0000
                all  0.3333  0.4167  0.5000

                """, "\(outcome.errors)")
        #expect(
            outcome.errors
                == "Means over 3 judged topics; 1 of them without results, which count 0; 1 other topic without judgements left out\n"
        )
        let answered = try eval(
            ["--run", "run.txt", "--metrics", "map", "--answered-only", "--format", "json"], in: folder)
        let json = try answered.json()
        #expect((json["metrics"] as? [String: Double])?["AP"] == 0.625)
        #expect(json["topic_count"] as? Int == 2 && json["topics_without_results"] as? Int == 0)
        #expect((json["topics"] as? [Any])?.isEmpty == true)
        let strict = try eval(
            ["--run", "run.txt", "--metrics", "AP", "--relevant-from", "2", "--format", "csv"], in: folder)
        #expect(strict.output == "topic,AP\r\nT1,0.5\r\nT2,0.0\r\nT3,0.0\r\n")
        let lines = try eval(["--run", "run.txt", "--metrics", "AP", "--format", "jsonl"], in: folder)
        #expect(lines.lines.count == 3 && lines.output.hasPrefix(#"{"topic":"T1","AP":"#), "\(lines.output)")
    }

    /// What is measured at once is what the printed run measures.
    @Test func topicsAreAskedAsBySearch() throws {
        let folder = try prepared()
        let search = ["search", "--topics", "topics.tsv", "--format", "trec"]
        let printed = try PostilBinary.run(search, in: folder.url)
        try folder.file("own.txt", printed.output)
        let measures = ["--per-query", "--format", "jsonl", "--metrics", "nDCG@10,AP,RR,P@10,R@100,Bpref"]
        let direct = try eval(["--topics", "topics.tsv"] + measures, in: folder)
        let byRun = try eval(["--run", "own.txt"] + measures, in: folder)
        #expect(direct.status == 0 && direct.output == byRun.output, "\(byRun.errors)")
        #expect(direct.lines.count == 3, "\(direct.output)")
        let first = try eval(
            ["--topics", "topics.tsv", "-n", "1", "--metrics", "R@10", "--format", "json"], in: folder)
        #expect((try first.json()["metrics"] as? [String: Double])?["R@10"] == 0.5)
    }

    @Test func waysToRankAreComparedTopicByTopic() throws {
        let folder = try prepared()
        let arguments = [
            "--topics", "topics.tsv", "--metrics", "AP,RR", "--plot", "plot.svg", "--compare", "default",
            "title-weight=0",
            "run.txt",
        ]
        let outcome = try eval(arguments, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("default → title-weight=0\n"))
        #expect(outcome.output.contains("T1 (run.txt)  reward hacking\n  AP 0.8333 → 0.2500\n"), "\(outcome.output)")
        #expect(outcome.errors == "3 topics; p corrected for 4 comparisons (holm)\n")
        let json = try eval(arguments + ["--format", "json", "--per-query"], in: folder).json()
        let comparisons = try #require(json["comparisons"] as? [[String: Any]])
        #expect(
            comparisons.map { $0["second"] as? String } == ["title-weight=0", "title-weight=0", "run.txt", "run.txt"])
        #expect(comparisons[2]["losses"] as? Int == 1 && comparisons[2]["ties"] as? Int == 2)
        let changed = try #require((json["changed"] as? [[String: Any]])?.first)
        let documents = try #require(changed["documents"] as? [[String: Any]])
        let explained = try #require(documents[0]["first_explanation"] as? [String: Any])
        #expect((explained["parts"] as? [Any])?.isEmpty == false)
        #expect(documents[0]["second_explanation"] is NSNull, "a file does not say how its scores came about")
        let plot = try String(contentsOf: folder.url.appending(path: "plot.svg"), encoding: .utf8)
        #expect(plot.hasPrefix("<svg ") && plot.contains("<title>T1 -0.5833</title>"), "\(plot)")
        let parser = XMLParser(data: Data(plot.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }

    @Test func wrongInputIsNamed() throws {
        let folder = try prepared()
        try folder.file("wrong.txt", "T1 Q0 a 1\n")
        for (arguments, message) in [
            (["--run", "wrong.txt"], "wrong.txt:1: expected a line of a run"),
            (["--run", "none.txt"], "none.txt: cannot be read"),
            (["--run", "run.txt", "--metrics", "F1"], "there is no metric “F1”; there are nDCG"),
            (["--compare", "default", "stopwords=keep", "--topics", "topics.tsv"], "did you mean “stop-words”?"),
            (["--compare", "default", "k1=x", "--topics", "topics.tsv"], "k1 is a number, and not “x”"),
            (["--compare", "default", "b=7", "--topics", "topics.tsv"], "ranking needs b from 0 to 1"),
            (["--compare", "default", "k1=1"], "“default” is a way to rank; --topics says what to ask"),
            (["--compare", "run.txt"], "--compare takes two or more"),
            ([], "Give one of --topics, --run and --compare"),
            (["--run", "run.txt", "--relevant-from", "0"], "must be from 1"),
        ] {
            let outcome = try eval(arguments, in: folder)
            #expect(outcome.status == 2 && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
        }
    }
}
