import Foundation
import PostilTestSupport
import Testing

/// Saved searches and `--since`, end to end.
struct SavedSearchTests {
    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    private func indexed(_ texts: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in texts { try folder.file("in/\(name)", text) }
        #expect(try run("index", "in", in: folder).status == 0)
        return folder
    }

    @Test func newNamesWhatHasComeSinceItWasAsked() throws {
        let folder = try indexed(["a.txt": "a proxy", "b.txt": "a goal"])
        let saved = try run("search", "--save", "proxies", "proxy", "--format", "ids", in: folder)
        #expect(saved.status == 0 && saved.lines == ["a.txt"], "\(saved)")
        #expect(try run("new", "proxies", in: folder).status == 1)
        try folder.file("in/c.txt", "another proxy of a goal")
        try folder.file("in/d.txt", "nothing of the kind")
        #expect(try run("index", "in", in: folder).status == 0)
        #expect(try run("new", "proxies", "--peek", "--format", "ids", in: folder).lines == ["c.txt"])
        let new = try run("new", "proxies", in: folder)
        #expect(new.status == 0 && new.output.contains("another *proxy*"), "\(new)")
        #expect(try run("new", "proxies", in: folder).status == 1)
        // An index that is made anew has nothing new, and a document that matches only now is.
        #expect(try run("index", "--rebuild", "in", in: folder).status == 0)
        #expect(try run("new", "proxies", in: folder).status == 1)
        try folder.file("in/b.txt", "a goal and its proxy")
        #expect(try run("index", "in", in: folder).status == 0)
        #expect(try run("new", "proxies", "--format", "ids", in: folder).lines == ["b.txt"])
    }

    @Test func aFileThatWasRenamedIsNotNew() throws {
        let folder = try indexed(["a.txt": "a proxy", "b.txt": "another proxy"])
        #expect(try run("search", "--save", "proxies", "proxy", in: folder).status == 0)
        try FileManager.default.moveItem(atPath: folder.file("in/a.txt"), toPath: folder.file("in/z.txt"))
        // A copy of what is still there is new.
        try folder.file("in/c.txt", "another proxy")
        #expect(try run("index", "in", in: folder).status == 0)
        #expect(try run("new", "proxies", "--format", "ids", in: folder).lines == ["c.txt"])
        #expect(try run("new", "proxies", in: folder).status == 1)
    }

    @Test func namesAndTimesAreLookedAt() throws {
        let folder = try indexed(["a.txt": "a proxy"])
        for name in ["", " "] {
            let outcome = try run("search", "proxy", "--save", name, in: folder)
            #expect(outcome.status == 2 && outcome.errors.contains("--save needs a name"), "\(outcome)")
        }
        let since = try run("search", "proxy", "--since", "-1d", in: folder)
        #expect(since.status == 2 && since.errors.contains("--since is “-1d”"), "\(since)")
    }

    @Test func savedSearchesAreListedAndForgotten() throws {
        let folder = try indexed(["a.txt": "a proxy"])
        #expect(try run("saved", in: folder).status == 1)
        #expect(try run("search", "--save", "one", "--since", "2w", "proxy", in: folder).status == 1)
        #expect(try run("search", "--save", "two", "goal", in: folder).status == 1)
        let text = try run("saved", in: folder).lines
        #expect(text.count == 2 && text[0].hasPrefix("one  proxy  --since 2w  (last asked "), "\(text)")
        let searches = try run("saved", "--format", "json", in: folder).json()["searches"] as? [[String: Any]]
        #expect(searches?.map { $0["query"] as? String } == ["proxy", "goal"])
        #expect(try run("saved", "--remove", "one", in: folder).status == 0)
        #expect(try run("saved", in: folder).lines.count == 1)
        let unknown = try run("new", "tow", in: folder)
        #expect(unknown.status == 2 && unknown.errors.contains("did you mean “two”"), "\(unknown)")
    }

    @Test func sinceLeavesOlderDocumentsOut() throws {
        let folder = try indexed([
            "rows.jsonl": """
            {"id":"old","date":"2001-02-03","text":"a proxy"}
            {"id":"undated","text":"a proxy"}
            {"id":"coming","date":"2999-01","text":"a proxy"}
            """
        ])
        func ids(_ arguments: String...) throws -> Set<String> {
            Set(
                try PostilBinary.run(["search", "--format", "ids", "proxy OR nothing"] + arguments, in: folder.url)
                    .lines)
        }
        #expect(try ids() == ["old", "undated", "coming"])
        #expect(try ids("--since", "2w") == ["coming"])
        #expect(try ids("--since", "2001-02") == ["old", "coming"])
        #expect(try ids("--since", "3000") == [])
        #expect(try run("search", "proxy", "--since", "soon", in: folder).status == 2)
    }
}
