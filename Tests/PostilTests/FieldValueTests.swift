import PostilTestSupport
import Testing

@testable import Postil

/// What a field's value finds: numbers by what they count, and by words where no field has the name.
@Suite struct FieldValueTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let lines = [
            #"{"id":"five","text":"agents","karma":5,"version":"1.10","author":"Daniel Kaiser"}"#,
            #"{"id":"minus","text":"agents","karma":-5,"version":"1.1","author":"Ann Lee"}"#,
            #"{"id":"half","text":"agents","karma":7.5,"version":"10","author":"Bo Ek"}"#,
            #"{"id":"text","text":"agents","karma":"5 of 7","version":"v1.1","author":"Cy Fox"}"#,
        ]
        try folder.write(lines.joined(separator: "\n"), to: "in.jsonl")
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in.jsonl")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    @Test(arguments: [
        ("karma:5", ["five", "text"]), ("karma:-5", ["minus", "text"]), ("karma:5.0", ["five"]),
        ("karma:7.50", ["half"]),
        ("karma:=5", ["five", "text"]), ("karma:7", ["text"]), ("karma:5e0", ["five"]),
        ("karma:5*", ["five", "half", "minus", "text"]),
        ("version:1.1", ["five", "minus", "text"]), ("version:1.10", ["five", "minus"]),
        ("version:10", ["five", "half"]),
    ])
    func numbersAreComparedByWhatTheyCount(query: String, expected: [String]) throws {
        let found = try searcher.search(SearchRequest(query, limit: 10)).hits.map(\.externalID).sorted()
        #expect(found == expected, "\(query)")
    }

    @Test(arguments: ["auther:kaiser", "by:kaiser", "writer:kaiser"])
    func theValueOfAnUnknownFieldIsAWordLikeOthers(query: String) throws {
        #expect(try searcher.search(SearchRequest(query)).hits.map(\.externalID) == ["five"], "\(query)")
    }
}
