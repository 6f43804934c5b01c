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
        #expect(completions("+rewards -Goodh") == ["+rewards -goodhart"])
        #expect(completions("title:=rew") == ["title:=rewards"])
        #expect(completions("") == [] && completions("good ") == [] && completions("xyz") == [])
    }
}
