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
        func completions(_ written: String) -> [String] {
            QueryCompletion.completions(of: written, on: ["postil", "search", "-i", path, written])
        }
        #expect(completions("good") == ["goodness", "goodhart"])
        #expect(completions("+rewards -Goodh") == ["+rewards -goodhart"])
        #expect(completions("title:=rew") == ["title:=rewards"])
        #expect(completions("") == [] && completions("good ") == [] && completions("xyz") == [])
    }

    @Test func withoutAnIndexThereIsNothing() throws {
        let folder = try TemporaryFolder()
        #expect(
            QueryCompletion.completions(of: "good", on: ["search", "--index", folder.file("none.db"), "good"]) == [])
    }
}
