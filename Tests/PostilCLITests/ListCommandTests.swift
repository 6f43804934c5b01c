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

    /// Values of lists count one by one, of objects by their names, and values within JSON are fields.
    @Test func valuesOfListsAndWithinJSONAreCounted() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "a.jsonl",
            """
            {"id":"1","text":"okapi","cats":["one","two"],"who":[{"name":"Ann"}],"obj":{"k":"v","n":3},"tags":["#ai"]}
            {"id":"2","text":"okapi","cats":["Two","three, four"],"who":[{"name":"Zoe"},{"name":"ann"}],"obj":{"k":["w","V"]},"tags":"#AI #ml"}
            {"id":"3","text":"okapi","cats":"two","venue":"Nature, London","obj":{"k":"x y"},"paper_authors":["Bee, Ann","Zoe Dee"]}
            """)
        #expect(try run(["index", "a.jsonl"], in: folder).status == 0)
        func list(_ field: String) throws -> String { try run(["list", field], in: folder).output }
        #expect(try list("cats") == "3  two\n1  one\n1  three, four\n")
        #expect(try list("who") == "2  Ann\n1  Zoe\n")
        #expect(try list("obj.k") == "2  V\n1  w\n1  x y\n" && list("venue") == "1  Nature, London\n")
        #expect(try list("tags") == "2  AI\n1  ml\n" && list("paper_authors") == "1  Ann Bee\n1  Zoe Dee\n")
        func ids(_ query: String) throws -> String {
            try run(["search", "--format", "ids", query], in: folder).output.replacing("\n", with: " ")
        }
        #expect(
            try ids("obj.k:v") == "1 2 " && ids("obj.k:y") == "3 " && ids("obj.n:>2") == "1 " && ids("OBJ.K:w") == "2 ")
        #expect(try ids("-obj.k:v") == "3 " && ids("obj.j:v") == "" && ids("tag:ai") == "1 2 ")
        let groups = try run(["search", "okapi", "--group-by", "cats", "--per-group", "9"], in: folder).output
        // A document with several values is in the group of its first.
        #expect(groups.contains("Two (2)"), "\(groups)")
        #expect(try !list("fields").contains("[]") && run(["check"], in: folder).status == 0)
        // Without columns the rows give the same.
        try TestDatabase(folder.file("postil.db")).execute("DROP TABLE document_columns")
        #expect(try ids("obj.k:v") == "1 2 " && ids("obj.n:>2") == "1 " && list("obj.k") == "2  V\n1  w\n1  x y\n")
    }

    /// What stands in a list is one value, whatever signs are in it, beside others or alone.
    @Test func valuesWithCommasAreOneWhereTheyStandInLists() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "a.jsonl",
            """
            {"id":"1","text":"okapi","topics":["Mill, John Stuart"],"reviewers":["Mill, John"],"tags":["Mill, John Stuart"],"see":["a; b"]}
            {"id":"2","text":"okapi","topics":["Mill, John Stuart","Law; order"],"reviewers":["Mill, John","Kant"],"tags":["x","y"],"see":["a; b","c, d"]}
            {"id":"3","text":"okapi","topics":"x, y","tags":"x, z","see":["a; b","c"]}
            {"id":"4","text":"okapi","topics":["x","y"],"tags":{"name":"x, y"},"see":["c"]}
            """)
        try folder.file("b.md", "---\ntopics: ['Mill, John Stuart']\ntags: ['Mill, John Stuart']\n---\nokapi\n")
        #expect(try run(["index", "a.jsonl", "b.md"], in: folder).status == 0)
        func list(_ field: String) throws -> String { try run(["list", field], in: folder).output }
        for hasColumns in [true, false] {
            // Without columns the rows give the same.
            if !hasColumns { try TestDatabase(folder.file("postil.db")).execute("DROP TABLE document_columns") }
            #expect(try list("topics") == "3  Mill, John Stuart\n2  x\n2  y\n1  Law; order\n")
            #expect(try list("reviewers") == "2  Mill, John\n1  Kant\n")
            #expect(try list("see") == "3  a; b\n2  c\n1  c, d\n")
            #expect(try list("tags") == "3  x\n2  Mill, John Stuart\n2  y\n1  z\n")
        }
        for query in [#"topics:"mill, john""#, #"topics:"john stuart""#, #"tag:"Mill, John Stuart""#] {
            let found = try run(["search", "--format", "ids", "-n", "9", query], in: folder).output
            #expect(Set(found.split(separator: "\n")).isSuperset(of: ["1", "b.md"]), "\(query): \(found)")
        }
    }

    /// Names with blanks are names, and a limit of none asks for the count.
    @Test func namesMayHaveBlanksAndHitsMayBeLeftOut() throws {
        let folder = try TemporaryFolder()
        try folder.file(
            "a.jsonl",
            """
            {"id":"1","title":"T","text":"okapi","Mixed Key":"one","kind":"opinion","url":"www.example.org"}
            {"id":"2","title":"T","text":"okapi","Mixed Key":"two","kind":"summary","obj":{"k":["v","w"]}}
            """)
        #expect(try run(["index", "a.jsonl"], in: folder).status == 0)
        let none = try run(["search", "okapi", "-n", "0", "--facet", "mixed key,author kind"], in: folder)
        #expect(none.status == 0 && none.errors.contains("2 results"), "\(none)")
        #expect(none.output.contains("mixed key\n  1  one\n  1  two\n") && none.output.contains("kind\n  1  opinion"))
        let json = try run(["search", "okapi", "-n", "0", "--format", "json"], in: folder).json()
        #expect((json["hits"] as? [Any])?.isEmpty == true, "\(json)")
        #expect((json["total"] as? [String: Any])?["value"] as? Int == 2, "\(json)")
        #expect(try run(["search", "nothingatall", "-n", "0", "--exact"], in: folder).status == 1)
        #expect(try run(["search", "\"Mixed Key\":two", "--format", "ids"], in: folder).output == "2\n")
        let fields = ["--format", "csv", "--fields", "id metadata.Mixed Key,metadata.obj.k"]
        #expect(
            try run(["search", "okapi", "--sort", "title"] + fields, in: folder).output
                == "id,metadata.Mixed Key,metadata.obj.k\r\n1,one,\r\n2,two,\"v, w\"\r\n")
        let unknown = try run(["search", "okapi", "--fields", "metadata.bogus"], in: folder)
        #expect(unknown.status == 0 && unknown.errors.contains("no document has metadata “bogus”"), "\(unknown)")
        let text = try run(["search", "okapi"], in: folder).output
        #expect(text.contains("opinion · score") && text.contains("summary · score"), "\(text)")
        #expect(try run(["open", "--dry-run", "1"], in: folder).output.contains("https://www.example.org"))
    }

    /// What a format has no place for is not left out in silence.
    @Test func facetsThatAreNotPrintedAreNamed() throws {
        let folder = try SmallCollection.indexed()
        for format in ["csv", "ids", "jsonl"] {
            let outcome = try run(["search", "*", "--facet", "author", "--format", format], in: folder)
            #expect(outcome.status == 0 && outcome.errors.contains("\(format) has no place for facets"), "\(outcome)")
        }
        for (flag, format, part) in [
            ("--show-query", "csv", "the parts of the query"), ("--show-query", "trec", "the parts of the query"),
            ("--explain", "ids", "explanations"), ("--passages=2", "bibtex", "passages"),
        ] {
            let outcome = try run(["search", "okapi", flag, "--format", format], in: folder)
            #expect(outcome.errors.contains("\(format) has no place for \(part)"), "\(flag): \(outcome.errors)")
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
