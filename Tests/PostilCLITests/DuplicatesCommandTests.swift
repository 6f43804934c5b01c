import Foundation
import PostilTestSupport
import Testing

/// `postil duplicates`, and marks in the output of `postil search`, end to end.
struct DuplicatesCommandTests {
    private static let text =
        "A mesa-optimizer may pursue a goal of its own, and the review doubts that we would see it."
    private static let rows = """
        {"id":"forum-1","title":"Cross-post","author":"Ada","date":"2020-03-01","text":"\(text)"}
        {"id":"letter-1","title":"Newsletter 1","author":"Ada","date":"2020-02-01","url":"https://example.org/1","text":"\(text)"}
        {"id":"comment-1","title":"","text":"> \(text) Yes."}
        {"id":"essay-1","title":"An essay","text":"Goodhart’s law has four variants, of which the first is about noise."}

        """

    private func indexed(_ rows: String = Self.rows) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.file("rows.jsonl", rows)
        let outcome = try PostilBinary.run(["index", "rows.jsonl"], in: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return folder
    }

    private func duplicates(_ arguments: [String], in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(["duplicates"] + arguments, in: folder.url)
    }

    @Test func exitStatusTellsWhetherThereAreAny() throws {
        let folder = try indexed()
        #expect(try duplicates([], in: folder).status == 0)
        #expect(try duplicates(["--threshold", "1"], in: folder).status == 0)
        for wrong in ["0.3", "1.1", "nan", "much"] {
            #expect(try duplicates(["--threshold", wrong], in: folder).status == 2, "\(wrong)")
        }
        let refused = try duplicates(["--format", "trec"], in: folder)
        #expect(refused.status == 2 && refused.errors.contains("text, json, jsonl, csv, ids"), "\(refused.errors)")
        #expect(try duplicates(["-i", "nowhere.db"], in: folder).status == 2)
        let none = try duplicates([], in: try SmallCollection.indexed())
        #expect(none.status == 1 && none.output == "" && none.errors.hasPrefix("No duplicates ("), "\(none.errors)")
    }

    @Test func text() throws {
        let folder = try indexed()
        let outcome = try duplicates([], in: folder)
        let file = folder.url.appending(path: "rows.jsonl").path
        #expect(
            outcome.output == """
                 1  Newsletter 1
                    Ada · 2020-02-01
                    https://example.org/1
                    \(file):2
                    letter-1
                    1.00  Cross-post
                          Ada · 2020-03-01
                          \(file):1
                          forum-1
                    0.93  comment-1
                          \(file):3

                """)
        #expect(outcome.errors.hasPrefix("\n1 group of 3 documents ("), "\(outcome.errors)")
        #expect(try duplicates(["-q"], in: folder).errors == "")
    }

    @Test func otherFormats() throws {
        let folder = try indexed()
        let answer = try duplicates(["--format", "json"], in: folder).json()
        #expect(Set(answer.keys) == ["format_version", "threshold", "took_us", "groups"])
        #expect(answer["threshold"] as? Double == 0.8)
        let groups = try #require(answer["groups"] as? [[String: Any]])
        let first = try #require(groups.first?["representative"] as? [String: Any])
        #expect(Set(first.keys) == ["id", "title", "author", "date", "url", "source", "line"])
        #expect(first["id"] as? String == "letter-1")
        let others = try #require(groups.first?["duplicates"] as? [[String: Any]])
        #expect(others.map { $0["id"] as? String } == ["forum-1", "comment-1"])
        #expect(others[0]["similarity"] as? Double == 1)
        #expect(try duplicates(["--format", "ids"], in: folder).lines == ["forum-1", "comment-1"])
        let lines = try duplicates(["--format", "jsonl"], in: folder).lines
        #expect(lines.count == 1 && lines[0].hasPrefix(#"{"representative":{"id":"letter-1","#))
        let csv = try duplicates(["--format", "csv", "--threshold", "0.95"], in: folder).output
        let rows = csv.split(separator: "\r\n")
        #expect(rows.count == 3 && rows[0] == "group,similarity,id,title,author,date,url,source,line")
        #expect(rows[1].hasPrefix("1,,letter-1,") && rows[2].hasPrefix("1,1.0,forum-1,"))
        // A header even when there is nothing under it, as for searches.
        let none = try duplicates(["--format", "csv"], in: try SmallCollection.indexed())
        #expect(none.status == 1 && none.lines.count == 1)
    }

    @Test func searchShowsATextOnce() throws {
        let folder = try indexed()
        func search(_ format: String, _ flags: [String] = []) throws -> PostilBinary.Outcome {
            try PostilBinary.run(["search", "mesa-optimizer goodhart", "--format", format] + flags, in: folder.url)
        }
        let hits = try #require(try search("json").json()["hits"] as? [[String: Any]])
        #expect(hits.map { $0["rank"] as? Int } == [1, 2])
        let copied = try #require(hits.first { $0["id"] as? String != "essay-1" })
        let copies = try #require(copied["duplicates"] as? [[String: Any]])
        let ids = [copied["id"] as? String ?? ""] + copies.map { $0["id"] as? String ?? "" }
        #expect(Set(ids) == ["forum-1", "letter-1", "comment-1"] && ids.count == 3)
        #expect(copies.allSatisfy { $0["similarity"] as? Double ?? 0 >= 0.8 })
        let text = try search("text")
        #expect(text.output.contains("    also in: \(ids[1]), \(ids[2])\n"), "\(text.output)")
        #expect(text.errors.contains("; 2 copies collapsed, --all shows them\n"), "\(text.errors)")
        #expect(try search("ids").lines == hits.map { $0["id"] as? String ?? "" })
        #expect(try search("csv", ["--fields", "id,duplicates"]).output.contains("\(ids[0]),\(ids[1]); \(ids[2])\r\n"))
        // Asked for one more, one more is shown.
        #expect(try search("ids", ["-n", "1", "--offset", "1"]).lines == [hits[1]["id"] as? String ?? ""])
        // Runs rank documents.
        #expect(try search("trec").lines.count == 4)
        #expect(try search("ids", ["--all"]).lines.count == 4)
    }

    /// A copy is shown in no group, and named by the hit that has its text.
    @Test func groupsShowNoCopies() throws {
        let folder = try TemporaryFolder()
        let text = "A long enough text about the okapi, which lives in forests and is seen by few people."
        try folder.file(
            "a.jsonl",
            """
            {"id":"1","author":"Ann","text":"\(text)"}
            {"id":"2","author":"Ann","text":"\(text)"}
            {"id":"3","author":"Bo","text":"\(text)"}
            {"id":"4","author":"Bo","text":"An okapi of my own, and quite another text than that of the others here."}
            {"id":"5","author":"Cy","text":"\(text)"}
            """)
        #expect(try PostilBinary.run(["index", "a.jsonl"], in: folder.url).status == 0)
        func search(_ arguments: String...) throws -> PostilBinary.Outcome {
            try PostilBinary.run(["search", "okapi", "--group-by", "author"] + arguments, in: folder.url)
        }
        let json = try search("--format", "json").json()
        let hits = try #require(json["hits"] as? [[String: Any]])
        let ids = hits.compactMap { $0["id"] as? String }
        #expect(ids.count == 2 && ids.contains("4") && hits.map { $0["rank"] as? Int } == [1, 2], "\(ids)")
        #expect(hits.flatMap { $0["duplicates"] as? [Any] ?? [] }.count == 3)
        #expect((json["groups"] as? [[String: Any]])?.map { $0["ranks"] as? [Int] } == [[1, 2]])
        #expect(try !search().output.contains("same text as"))
        #expect(try search("--all").output.contains("same text as"))
    }

    @Test func searchMarksCopiesWhereAllAreShown() throws {
        let folder = try indexed()
        func search(_ format: String) throws -> PostilBinary.Outcome {
            try PostilBinary.run(["search", "mesa-optimizer goodhart", "--all", "--format", format], in: folder.url)
        }
        let hits = try #require(try search("json").json()["hits"] as? [[String: Any]])
        #expect(hits.count == 4)
        let marks = hits.map { $0["duplicate_of"] as? Int }
        #expect(marks.compactMap { $0 }.count == 2)
        for (hit, mark) in zip(hits, marks) {
            guard let mark else { continue }
            #expect(marks[mark - 1] == nil && mark < hit["rank"] as? Int ?? 0)
        }
        let text = try search("text").output
        let rank = try #require(marks.compactMap { $0 }.first)
        #expect(text.components(separatedBy: " same text as \(rank) · ").count == 3, "\(text)")
        let fields = ["--all", "--format", "csv", "--fields", "id,duplicate_of"]
        let csv = try PostilBinary.run(["search", "mesa-optimizer goodhart"] + fields, in: folder.url).output
        #expect(csv.components(separatedBy: ",\(rank)\r\n").count == 3, "\(csv)")
    }
}
