import Foundation
import PostilTestSupport
import Testing

/// `postil search` end to end.
struct SearchCommandTests {
    private func search(_ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws
        -> PostilBinary.Outcome
    {
        try PostilBinary.run(["search"] + arguments, in: folder.url, environment: environment)
    }

    @Test func exitStatusTellsWhetherAnythingWasFound() throws {
        let folder = try SmallCollection.indexed()
        #expect(try search(["goodhart"], in: folder).status == 0)
        #expect(try search(["xyzzyxyzzy"], in: folder).status == 1)
        #expect(try search([], in: folder).status == 2)
        #expect(try search(["a", "-i", "nowhere.db"], in: folder).status == 2)
        #expect(try search(["a", "--limit", "-1"], in: folder).status == 2)
        #expect(try search(["a", "--format", "xml"], in: folder).status == 2)
        #expect(try search(["a", "--strategy", "guess"], in: folder).status == 2)
        #expect(try search(["a", "--offset", "-1"], in: folder).status == 2)
    }

    @Test func jsonHasTheDocumentedShape() throws {
        let folder = try SmallCollection.indexed()
        let answer = try search(["--format", "json", "learned", "optimization"], in: folder).json()
        #expect(
            Set(answer.keys) == ["format_version", "query", "took_us", "total", "with_all_words", "hints", "hits"])
        #expect(answer["format_version"] as? Int == 1)
        #expect(answer["query"] as? String == "learned optimization")
        let total = try #require(answer["total"] as? [String: Any])
        #expect(["exact", "at_least"].contains(total["relation"] as? String))
        let hits = try #require(answer["hits"] as? [[String: Any]])
        let first = try #require(hits.first)
        #expect(
            Set(first.keys) == [
                "rank", "id", "score", "title", "author", "date", "url", "source", "snippet", "line", "tags", "kind",
                "metadata", "duplicates", "quotes", "citation",
            ])
        #expect(first["id"] as? String == "hubinger-2019")
        #expect(first["rank"] as? Int == 1)
        #expect((first["score"] as? Double ?? 0) > 0)
    }

    /// Offsets of highlights are Unicode scalars of the snippet's text.
    @Test func highlightsAreOffsetsOfScalars() throws {
        let folder = try TemporaryFolder()
        try folder.file("a.txt", "Ein Bär 🐻 und ein Übersetzer: reward hacking 検索")
        #expect(try PostilBinary.run(["index", "a.txt"], in: folder.url).status == 0)
        let answer = try search(["--format", "json", "reward", "hacking"], in: folder).json()
        let hits = try #require(answer["hits"] as? [[String: Any]])
        let snippet = try #require(hits.first?["snippet"] as? [String: Any])
        let scalars = Array(try #require(snippet["text"] as? String).unicodeScalars)
        let highlights = try #require(snippet["highlights"] as? [[Int]])
        let words = highlights.map { String(String.UnicodeScalarView(scalars[$0[0]..<$0[1]])) }
        #expect(words == ["reward", "hacking"])
    }

    @Test func everyFormat() throws {
        let folder = try SmallCollection.indexed()
        let query = ["reward", "hacking", "again"]
        let ids = try search(query + ["--format", "ids"], in: folder).lines
        #expect(ids.count == 3 && ids[0] == "krakovna-2020")
        let csv = try search(query + ["--format", "csv"], in: folder).output
        #expect(
            csv.hasPrefix(
                "rank,id,score,title,author,date,url,source,snippet,duplicate_of,line,tags,kind,metadata,duplicates,quotes,citation\r\n1,krakovna-2020,"
            ))
        let jsonl = try search(query + ["--format", "jsonl"], in: folder).lines
        #expect(jsonl.count == 3)
        for line in jsonl { #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any]) }
        let trec = try search(query + ["--format", "trec", "--tag", "mine"], in: folder).lines
        let fields = trec[0].split(separator: " ")
        #expect(fields.count == 6 && fields[1] == "Q0" && fields[2] == "krakovna-2020" && fields[3] == "1")
        #expect(Double(fields[4]) != nil && fields[5] == "mine")
        let text = try search(query, in: folder)
        #expect(text.output.contains(" 1  Specification gaming\n    Krakovna · 2020-04-21 · score "))
        #expect(text.output.contains("*reward* *hacking*"))
        #expect(text.errors.contains("Results 1–3 of 3"), "\(text.errors)")
        #expect(try search(query + ["--quiet"], in: folder).errors == "")
    }

    @Test func fieldsAreChosen() throws {
        let folder = try SmallCollection.indexed()
        let query = ["goodhart", "proxy", "-n1", "--fields", "id,tags,metadata.venue,line"]
        #expect(
            try search(query + ["--format", "jsonl"], in: folder).output
                == #"{"id":"goodhart.md","tags":["goodhart"],"metadata.venue":null,"line":1}"# + "\n")
        #expect(
            try search(query + ["--format", "csv"], in: folder).output
                == "id,tags,metadata.venue,line\r\ngoodhart.md,goodhart,,1\r\n")
        #expect(try search(query, in: folder).output == " 1  goodhart.md\n    goodhart · line 1\n")
        let wrong = try search(["a", "--fields", "titel,id"], in: folder)
        #expect(
            wrong.status == 2 && wrong.errors.contains("no field “titel”; did you mean “title”?"), "\(wrong.errors)")
        #expect(try search(["a", "--fields", ","], in: folder).status == 2)
        let ids = try search(["a", "--fields", "id", "--format", "ids"], in: folder)
        #expect(ids.status == 2 && ids.errors.contains("text, json, jsonl, csv"), "\(ids.errors)")
    }

    /// Names of files and ids of records hold what they like.
    @Test func idsWithALineEndAreSafe() throws {
        let folder = try TemporaryFolder()
        try folder.file("rows.jsonl", #"{"id":"a\nb","text":"reward"}"# + "\n" + #"{"id":"c","text":"reward"}"# + "\n")
        #expect(try PostilBinary.run(["index", "rows.jsonl"], in: folder.url).status == 0)
        let lines = try search(["reward", "--format", "ids"], in: folder)
        #expect(lines.output == "c\n" && lines.status == 2)
        #expect(lines.errors.contains("left out the id “a") && lines.errors.contains("--null"), "\(lines.errors)")
        let nulls = try search(["reward", "--format", "ids", "-0"], in: folder)
        #expect(nulls.status == 0 && Set(nulls.output.split(separator: "\0")) == ["a\nb", "c"], "\(nulls)")
        let shown = try PostilBinary.shell(
            "postil search reward --format ids -0 | xargs -0 \"\(PostilBinary.url.path)\" show --format jsonl",
            in: folder.url)
        #expect(shown.lines.count == 2, "\(shown)")
        let odd = try search(["reward", "-0"], in: folder)
        #expect(odd.status == 2 && odd.errors.contains("--format ids"), "\(odd.errors)")
    }

    /// One remark for each of a few, a count for the rest.
    @Test func hintsOnManyTopicsAreGrouped() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("topics.tsv", (1...50).map { "\($0)\treward \"hacking\n" }.joined())
        let outcome = try search(["--topics", "topics.tsv"], in: folder)
        let hints = outcome.errors.split(separator: "\n")
        #expect(hints.count == 4, "\(outcome.errors)")
        #expect(
            hints[2].hasPrefix("postil: hint: topic 3: this quotation mark is never closed")
                && hints[2].hasSuffix("(column 8)"))
        #expect(hints[3].hasPrefix("postil: hint: 47 more for this reason: this quotation mark"))
        #expect(outcome.lines.filter { $0.hasPrefix("50 Q0 ") }.count == 3)
    }

    @Test func pages() throws {
        let folder = try SmallCollection.indexed()
        let all = try search(["review", "reward", "--format", "ids"], in: folder).lines
        #expect(all.count == 3)
        for offset in 0..<3 {
            let page = try search(
                ["review", "reward", "--format", "ids", "-n", "1", "--offset", "\(offset)"], in: folder)
            #expect(page.lines == [all[offset]])
        }
        let second = try search(["review", "reward", "--format", "json", "-n", "1", "--offset", "1"], in: folder).json()
        #expect((second["hits"] as? [[String: Any]])?.first?["rank"] as? Int == 2)
        #expect(try search(["review", "reward", "--offset", "9"], in: folder).status == 1)
    }

    @Test func operators() throws {
        let folder = try SmallCollection.indexed()
        func ids(_ query: String...) throws -> Set<String> {
            Set(try search(["--format", "ids"] + query, in: folder).lines)
        }
        #expect(try ids("+reward", "+proxy") == ["goodhart.md"])
        #expect(try ids("reward", "-proxy") == ["hubinger-2019", "krakovna-2020"])
        #expect(try ids("\"reward hacking\"", "AND", "loopholes") == ["krakovna-2020"])
        #expect(try ids("author:hubinger") == ["hubinger-2019"])
        #expect(try ids("date:2019..2020") == ["hubinger-2019", "krakovna-2020"])
        #expect(try ids("tag:goodhart") == ["goodhart.md"])
        #expect(try ids("loophol*") == ["krakovna-2020"])
        #expect(try ids("lopholes~") == ["krakovna-2020"])
        #expect(try ids("mesaoptimizer") == ["hubinger-2019"])
        #expect(try ids("--", "-proxy") == ["hubinger-2019", "krakovna-2020"])
    }

    /// No text is a wrong query; what was not understood is said, with its column.
    @Test func oddQueriesAreHintedAt() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try search(["reward \"hacking"], in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("postil: hint: ") && outcome.errors.contains("(column 8)"), "\(outcome.errors)")
        let hints =
            try search(["--format", "json", "reward \"hacking"], in: folder).json()["hints"] as? [[String: Any]]
        #expect(hints?.count == 1 && hints?.first?["column"] as? Int == 8)
        #expect((hints?.first?["message"] as? String)?.hasPrefix("this quotation mark is never closed") == true)
        let empty = try search([" "], in: folder)
        #expect(empty.status == 1 && empty.errors.contains("no word to search for"), "\(empty)")
        for query in ["(((", "*", "\"", "title:", "^", "~", "a:b:c", "\u{0}", "NOT", "🐻"] {
            #expect(try search([query], in: folder).status < 2, "\(query)")
        }
    }

    @Test func topicsGiveARun() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("topics.tsv", "7\treward hacking\n\n8\tmesa-optimizer\n9\txyzzyxyzzy\n")
        let outcome = try search(["--topics", "topics.tsv"], in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.lines.filter { $0.hasPrefix("7 Q0 ") }.count == 3)
        #expect(outcome.lines.filter { $0.hasPrefix("8 Q0 hubinger-2019 1 ") }.count == 1)
        #expect(try search(["--topics", "topics.tsv", "--format", "trec"], in: folder).output == outcome.output)
        for format in ["json", "text"] {
            let refused = try search(["--topics", "topics.tsv", "--format", format], in: folder)
            #expect(refused.status == 2 && refused.output == "", "\(refused)")
        }
        try folder.file("bad.tsv", "7\treward\nno tab here\n")
        let bad = try search(["--topics", "bad.tsv"], in: folder)
        #expect(bad.status == 2 && bad.errors.contains("bad.tsv:2"), "\(bad.errors)")
    }

    @Test func explanationsSumToTheScore() throws {
        let folder = try SmallCollection.indexed()
        let answer = try search(["--explain", "--format", "json", "reward", "hacking", "goodhart"], in: folder).json()
        for hit in try #require(answer["hits"] as? [[String: Any]]) {
            let explanation = try #require(hit["explanation"] as? [String: Any])
            let parts = try #require(explanation["parts"] as? [[String: Any]])
            let sum = parts.reduce(0) { $0 + ($1["contribution"] as? Double ?? .nan) }
            #expect(abs(sum - (hit["score"] as? Double ?? 0)) < 1e-4)
        }
        let text = try search(["--explain", "goodhart"], in: folder).output
        #expect(text.contains("idf") && text.contains("length factor"))
        let one = try PostilBinary.run(["explain", "goodhart.md", "goodhart", "-proxy"], in: folder.url)
        #expect(one.status == 0 && one.output.contains("idf"), "\(one.errors)")
        #expect(try PostilBinary.run(["explain", "nobody", "goodhart"], in: folder.url).status == 1)
    }

    @Test func coloursOnlyWhereTheyAreWanted() throws {
        let folder = try SmallCollection.indexed()
        #expect(try !search(["reward"], in: folder).output.contains("\u{1B}"))
        for (variables, isColored) in [
            (["FORCE_COLOR": "1"], true), (["FORCE_COLOR": "0"], false), (["CLICOLOR_FORCE": "1"], true),
            (["CLICOLOR_FORCE": "0"], false), (["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
            (["NO_COLOR": "", "FORCE_COLOR": "3"], true), (["FORCE_COLOR": ""], false),
        ] {
            let output = try search(["reward"], in: folder, environment: variables).output
            #expect(output.contains("\u{1B}[1;33mreward\u{1B}[0m") == isColored, "\(variables)")
            let plain = try search(["reward", "--color", "never"], in: folder, environment: variables).output
            #expect(!plain.contains("\u{1B}"), "\(variables)")
        }
        #expect(try search(["reward", "--color", "always"], in: folder).output.contains("\u{1B}[1;33mreward\u{1B}[0m"))
        #expect(try !search(["reward", "--color", "never"], in: folder).output.contains("\u{1B}"))
    }

    /// A document cannot take over the terminal.
    @Test func controlCharactersOfDocumentsAreMadeVisible() throws {
        let folder = try TemporaryFolder()
        let row = #"{"id":"evil","title":"\u001b[2Jwiped\u202e","text":"a \u001b]0;owned\u0007 reward"}"#
        try folder.file("evil.jsonl", row + "\n")
        #expect(try PostilBinary.run(["index", "evil.jsonl"], in: folder.url).status == 0)
        for arguments in [["search", "reward"], ["show", "evil"], ["search", "reward", "--explain"]] {
            let output = try PostilBinary.run(arguments, in: folder.url).output
            #expect(!output.contains("\u{1B}") && !output.contains("\u{202E}") && !output.contains("\u{7}"))
        }
    }

    @Test func stopWordsCanBeDropped() throws {
        let folder = try SmallCollection.indexed()
        let kept = try search(["--format", "ids", "the", "loopholes"], in: folder).lines
        let dropped = try search(["--format", "ids", "--stop-words", "drop", "the", "loopholes"], in: folder).lines
        #expect(kept.count > dropped.count && dropped == ["krakovna-2020"])
        #expect(try search(["--stop-words", "maybe", "the"], in: folder).status == 2)
    }

    @Test func theProfileOfAQueryRanksIt() throws {
        let folder = try SmallCollection.indexed()
        let outcome = try search(["--profile", "nonesuch", "reward"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("nonesuch"), "\(outcome.errors)")
        #expect(try search(["--profile", "reviews", "reward"], in: folder).status == 0)
    }
}
