import Postil
import PostilTestSupport
import Testing

@testable import postil_cli

@Suite struct QueryCompletionTests {
    @Test func theWordThatAnArgumentEndsWithIsCompleted() throws {
        let folder = try TemporaryFolder()
        try folder.write("goodhart and goodness and goodness", to: "in/a.txt")
        try folder.write("goodness of rewards", to: "in/b.txt")
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let searcher = try Index.open(at: path).makeSearcher()
        func completions(_ written: String) -> [String] {
            QueryCompletion.completions(of: written, by: searcher)
        }
        #expect(completions("good") == ["goodness", "goodhart"])
        #expect(completions("+rewards -Goodh") == ["+rewards -Goodhart"])
        #expect(completions("title:=rew") == ["title:=rewards"])
        #expect(completions("") == [] && completions("good ") == [] && completions("xyz") == [])
    }

    /// Behind a field's name stand its values; what is offered goes on behind what is typed.
    @Test func fieldsAreCompletedByTheirValues() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "---\nauthor: Evan Hubinger\ntags: [interpretability]\nkarma: 7\n---\nOn hubris, into the inner of it.",
            to: "in/a.md")
        try folder.write("---\nauthor: Émile Hub\ntags: [Two words]\n---\nOn hubris.", to: "in/b.md")
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let searcher = try Index.open(at: path).makeSearcher()
        func completions(_ written: String) -> [String] {
            QueryCompletion.completions(of: written, by: searcher)
        }
        #expect(completions("author:hub") == ["author:hub", "author:hubinger"])
        #expect(completions("reward author:Hubi") == ["reward author:Hubinger"])
        #expect(completions("-author:emi") == ["-author:Émile"])
        #expect(completions("tag:int") == ["tag:interpretability"] && completions("tag:two") == [])
        #expect(completions("karma:") == ["karma:7"] && completions("id:a") == ["id:a.md"])
        #expect(completions("HUBR") == ["HUBRis"] && completions("title:hubr") == ["title:hubris"])
        #expect(completions("nofield:hubr") == ["nofield:hubris"])
        func fields(_ written: String) -> [String] {
            QueryCompletion.fields(beginningWith: written, by: searcher, others: ["relevance"])
        }
        #expect(fields("au") == ["author"] && fields("ka") == ["karma"] && fields("author,KA") == ["author,karma"])
        #expect(fields("-da") == ["-date"] && fields("re") == ["relevance"] && fields("xy") == [])
    }
}
