import PostilTestSupport
import Testing

@testable import Ingestion

/// What the cells of rows and the values of records say: repeated columns, delimiters, tags and dates.
@Suite struct RowFieldTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String, _ name: String = "a.csv") throws -> ReadOutcome {
        ReadOutcome(try folder.input(text, to: name))
    }

    @Test func columnsOfOneNameKeepAllValuesWithAWarning() throws {
        let outcome = try read("id,title,text,text,venue,venue\n1,Row,first part,second part,A,B\n2,Row,,only,A,A\n")
        #expect(outcome.documents.map(\.body) == ["first part\n\nsecond part", "only"])
        #expect(outcome.documents.map { $0.metadata["venue"] } == ["A, B", "A"])
        #expect(outcome.warnings == ["1: several columns have one name (text, venue); their values were joined"])
    }

    @Test func columnsWhoseNamesDifferInCaseGiveOneFieldAllTheirValues() throws {
        let outcome = try read("Text,text,ID\nupper,lower,7\n")
        #expect(outcome.documents.map(\.body) == ["upper\n\nlower"] && outcome.documents.map(\.externalID) == ["7"])
        // A profile that knows both apart gets each by itself.
        let mapping = try RecordMapping(yaml: "{ title: Text, body: text }", origin: "p")
        let apart = ReadOutcome(try folder.input("Text,text\nupper,lower\n", to: "b.csv"), mapping: mapping)
        #expect(apart.documents.map(\.title) == ["upper"] && apart.documents.map(\.body) == ["lower"])
    }

    @Test(arguments: [";", "\t"])
    func theDelimiterOfATableIsRecognised(delimiter: String) throws {
        let rows = [["id", "title", "text"], ["1", "A, b and c", "1,5 m, or so"], ["2", "\"x,y\"", "z"]]
        let text = rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n")
        let outcome = try read(text + "\n")
        #expect(outcome.documents.map(\.externalID) == ["1", "2"])
        #expect(outcome.documents.map(\.body) == ["1,5 m, or so", "z"])
        #expect(outcome.documents.map(\.title) == ["A, b and c", "x,y"] && outcome.warnings.isEmpty)
    }

    @Test(arguments: [
        "id,text\n1,a; b; c\n", "id,text\n1,x,surplus\n2,y\n", "text\none; two\n", "id,text;tags\n1,x;y\n",
        "id,text\n",
    ])
    func aTableWithCommasKeepsItsCommas(text: String) throws {
        let bytes = Array(text.utf8)
        let refined = RowFormat.csv.refined(by: InputBeginning(bytes: bytes, text: bytes, isCut: false))
        #expect((refined as? RowFormat)?.delimiter == UInt8(ascii: ","))
    }

    @Test func aProfilesDelimiterIsTheOneThatCounts() throws {
        let mapping = try RecordMapping(yaml: "{ delimiter: '|' }", origin: "p")
        let file = try folder.input("id|text\n1|a;b,c\n", to: "a.csv")
        #expect(ReadOutcome(file, mapping: mapping).documents.map(\.body) == ["a;b,c"])
    }

    @Test(arguments: [
        ("a; b;c", ["a", "b", "c"]), ("a, b", ["a", "b"]), ("a\tb c", ["a", "b c"]), ("a, b; c", ["a, b", "c"]),
        ("one tag", ["one tag"]), ("[\"a\", \"b, c\"]", ["a", "b, c"]),
        ("['a', 'b\\'s', \"c, d\"]", ["a", "b's", "c, d"]),
        ("[a, b]", ["a", "b"]), ("[]", []), ("{\"name\": \"a\"}", ["a"]), ("[[a]], b", ["[[a]]", "b"]),
        ("[{\"id\": 5, \"name\": \"a\"}, {\"slug\": \"b\"}, {\"id\": 7}]", ["a", "b"]), ("[1, true]", ["1", "true"]),
        ("[\"open", ["[\"open"]), ("", []), ("a|b c", ["a", "b c"]), ("a|b, c", ["a|b", "c"]),
        ("[{'id': 28, 'name': \"Ann's\"}, {'name': 'say \"b\"', 'is': True, 'x': None}]", ["Ann's", "say \"b\""]),
        ("{'name': 'it\\'s'}", ["it's"]), ("[{'open", ["[{'open"]),
    ])
    func tagsAreTakenApart(text: String, expected: [String]) throws {
        #expect(TagList.labels(in: text).map(\.trimmed) == expected)
        let cell = "\"" + text.replacing("\"", with: "\"\"") + "\""
        let outcome = try read("text,tags\nx,\(cell)\n")
        #expect(outcome.documents.map(\.tags) == [expected])
    }

    @Test func tagsAreTakenFromObjectsOfEveryFormat() throws {
        let json = try read(
            #"{"text": "x", "tags": [{"_id": "1", "name": "a"}, "b", {"label": "c"}, {"x": 1}]}"# + "\n"
                + #"{"text": "y", "tags": "[\"d\"]"}"# + "\n", "a.jsonl")
        #expect(json.documents.map(\.tags) == [["a", "b", "c"], ["d"]])
        let page = try read("---\ntags:\n  - name: a\n    id: 1\n  - b\n---\nText\n", "a.md")
        #expect(page.documents.map(\.tags) == [["a", "b"]])
    }

    @Test func datesThatCannotBeReadAreCountedOnceAFile() throws {
        let outcome = try read("id,text,date\n1,x,2023-02-31\n2,x,2023-02-28\n3,x,soon\n4,x,\n")
        #expect(outcome.documents.map(\.date) == [nil, "2023-02-28", nil, nil])
        #expect(outcome.documents.map { $0.metadata["date"] } == ["2023-02-31", nil, "soon", nil])
        #expect(
            outcome.warnings == [
                "2: 2 dates could not be read, the first here; they were kept as the metadata field `date`"
            ])
    }

    @Test(arguments: [
        ("sep=;\ntitle;text\nA;b, c\n", "a.csv"), ("sep=|\r\ntitle|text\r\nA|b, c\r\n", "a.csv"),
        ("title|text\nA|b, c\nB|d\n", "a.csv"), ("sep=\t\ntitle\ttext\nA\tb, c\n", "a.csv"),
    ])
    func delimitersOfSpreadsheetsAreUnderstood(table: String, name: String) throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(table, to: name))
        #expect(
            outcome.documents.first?.title == "A" && outcome.documents.first?.body == "b, c", "\(outcome.skipTexts)")
    }

    @Test func columnsWithoutANameKeepTheirCells() throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input("title,,text,\nA,walrus,b,otter\n", to: "a.csv"))
        #expect(outcome.documents.first?.metadata == ["column 2": "walrus", "column 4": "otter"])
        let taken = ReadOutcome(try folder.input("title,,Column 2\nA,x,y\n", to: "b.csv"))
        #expect(taken.documents.first?.metadata == ["column 2_": "x", "Column 2": "y"])
    }
}
