import Foundation
import PostilTestSupport
import Testing

/// `postil list`, and sorted, counted and grouped hits of `postil search`, end to end.
struct ListCommandTests {
    private func run(_ arguments: [String], in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    @Test func listsValuesWithTheirCounts() throws {
        let folder = try SmallCollection.indexed()
        #expect(try run(["list", "years"], in: folder).output == "1  2018\n1  2019\n1  2020\n")
        #expect(try run(["list", "authors", "--query", "loopholes"], in: folder).output == "1  Krakovna\n")
        #expect(
            try run(["list", "fields", "--format", "csv"], in: folder).output
                == "value,count\r\nauthor,3\r\ndate,3\r\nsource,3\r\ntag,1\r\n")
        let json = try run(["list", "tags", "--format", "jsonl"], in: folder)
        #expect(json.output.contains(#"{"value":"goodhart","count":1}"#), "\(json.output)")
        let none = try run(["list", "tags", "--query", "loopholes"], in: folder)
        #expect(
            none.status == 1 && none.output == "" && none.errors.contains("1 document without tag"), "\(none.errors)")
        let more = try run(["list", "author", "-n", "1"], in: folder)
        #expect(more.output == "1  Garrabrant\n" && more.errors.contains("3 more values"), "\(more.errors)")
        #expect(try run(["list", "author", "-n", "0"], in: folder).lines.count == 4)
        let wrong = try run(["list", "autors"], in: folder)
        #expect(wrong.status == 2 && wrong.errors.contains("did you mean “authors”?"), "\(wrong.errors)")
    }

    /// However their names are written, a person is one; and a document with several counts for each of them.
    @Test func authorsAreCountedOneByOne() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "a.jsonl",
            """
            {"id":"1","text":"agents","author":["Ann Bee","Zoe Dee"]}
            {"id":"2","text":"agents","author":"Ann Bee"}
            {"id":"3","text":"agents","author":"Zoe Dee and Ann Bee"}
            {"id":"4","text":"agents","author":"Bee, Ann; Dee, Zoe"}
            {"id":"5","text":"agents"}
            """)
        #expect(try run(["index", "a.jsonl"], in: folder).status == 0)
        #expect(try run(["list", "authors"], in: folder).output == "4  Ann Bee\n3  Zoe Dee\n")
        let groups = try run(["search", "agents", "--group-by", "author", "--per-group", "9"], in: folder).output
        #expect(groups.contains("Ann Bee (4)") && groups.contains("(1)"), "\(groups)")
        #expect(try run(["check"], in: folder).status == 0)
    }

    /// What a format has no place for is not left out in silence.
    @Test func facetsThatAreNotPrintedAreNamed() throws {
        let folder = try SmallCollection.indexed()
        for format in ["csv", "ids", "jsonl"] {
            let outcome = try run(["search", "*", "--facet", "author", "--format", format], in: folder)
            #expect(outcome.status == 0 && outcome.errors.contains("\(format) has no place for facets"), "\(outcome)")
        }
        let json = try run(["search", "*", "--facet", "author", "--format", "json"], in: folder)
        #expect(json.errors == "" && json.output.contains("\"facets\""), "\(json)")
    }

    /// What documents are need not be said of any of them; and a date that is none is metadata, which is asked for as that.
    @Test func fieldsThatNoDocumentHasAreCountedAsMissing() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "a.jsonl",
            #"{"id":"1","text":"agents","date":"soon"}"# + "\n" + #"{"id":"2","text":"agents","date":"2019"}"#)
        #expect(try run(["index", "a.jsonl"], in: folder).status == 0)
        #expect(try run(["search", "agents", "--facet", "kind"], in: folder).output.contains("2 without"))
        #expect(try run(["search", "agents", "--sort", "kind"], in: folder).status == 0)
        let sorted = try run(["search", "agents", "--sort", "Date", "--format", "ids"], in: folder)
        #expect(sorted.output == "2\n1\n")
    }

    @Test func sortsOverAllMatches() throws {
        let folder = try SmallCollection.indexed()
        func ids(_ arguments: [String]) throws -> [Substring] {
            try run(["search", "--format", "ids"] + arguments, in: folder).output.split(separator: "\n")
        }
        #expect(try ids(["--sort", "-date", "*"]) == ["krakovna-2020", "hubinger-2019", "goodhart.md"])
        #expect(try ids(["--sort=date", "reward hacking"]) == ["goodhart.md", "hubinger-2019", "krakovna-2020"])
        #expect(try ids(["--sort", "author", "--limit", "1", "*"]) == ["hubinger-2019"])
        #expect(try ids(["--sort", "title", "*"]) == ["goodhart.md", "hubinger-2019", "krakovna-2020"])
        let wrong = try run(["search", "--sort", "dat", "*"], in: folder)
        #expect(wrong.status == 2 && wrong.errors.contains("did you mean “date”?"), "\(wrong.errors)")
    }

    @Test func facetsAndGroupsAreShown() throws {
        let folder = try SmallCollection.indexed()
        let arguments = [
            "search", "--facet", "author,tag", "--facet-limit", "1", "--group-by", "year", "--limit", "2", "reward",
        ]
        let text = try run(arguments, in: folder)
        #expect(
            text.output.contains("\nauthor (4 values)\n  1  Garrabrant\n\ntag\n  1  goodhart\n  2 without\n"),
            "\(text.output)")
        let json = try run(arguments + ["--format", "json"], in: folder)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let facets = try #require(object["facets"] as? [[String: Any]])
        #expect(facets.map { $0["field"] as? String } == ["author", "tag"])
        #expect(facets.map { $0["distinct"] as? Int } == [4, 1])
        #expect(facets.map { $0["without"] as? Int } == [0, 2])
        let groups = try #require(object["groups"] as? [[String: Any]])
        #expect(groups.map { $0["ranks"] as? [Int] } == [[1], [2]])
        #expect(groups.map { $0["count"] as? Int } == [1, 1])
        for wrong in [
            ["--per-group", "1", "x"], ["--facet-limit", "1", "x"], ["--group-by", "a", "--per-group", "0", "x"],
        ] {
            #expect(try run(["search"] + wrong, in: folder).status == 2, "\(wrong)")
        }
    }

    @Test func rangesOfNumbersFilter() throws {
        let folder = try TemporaryFolder()
        // Metadata of the name `year` is not the year of the date.
        try folder.file(
            "rows.jsonl",
            (1...5).map {
                #"{"id":"n\#($0)","text":"word","karma":\#($0 * 10),"date":"201\#($0)-05-01","year":"19"}"# + "\n"
            }.joined())
        #expect(try run(["index", "rows.jsonl"], in: folder).status == 0)
        func ids(_ query: String) throws -> String {
            try run(["search", "--format", "ids", query], in: folder).output.replacing("\n", with: " ")
        }
        #expect(try ids("karma:>=30") == "n3 n4 n5 ")
        #expect(try ids("word karma:>30 karma:<50") == "n4 ")
        #expect(try ids("karma:15..40") == "n2 n3 n4 ")
        #expect(try ids("karma:..10") == "n1 ")
        #expect(try ids("-karma:>=20") == "n1 ")
        #expect(try ids("karma:30") == "n3 ")
        #expect(try ids("year:2014..") == "n4 n5 ")
        #expect(try ids("year:2013") == "n3 ")
        #expect(try ids("year:<2012") == "n1 ")
        let years = try run(["list", "years", "--format", "csv"], in: folder).output
        #expect(years.contains("2013") && !years.contains("19,"), "\(years)")
        #expect(try ids("date:>=2014 date:<=2014-12") == "n4 ")
    }
}
