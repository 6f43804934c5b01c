import Foundation
import PostilTestSupport
import Testing

/// `postil search -i a.db -i b.db`.
struct SeveralIndexesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("a/one.md", "Reward hacking, again and again.")
        try folder.file("a/two.md", "Of specification gaming.")
        try folder.file("b/three.md", "The reward of patience.")
        for name in ["a", "b"] {
            #expect(try PostilBinary.run(["index", name, "-i", "\(name).db"], in: folder.url).status == 0)
        }
    }

    private func run(_ arguments: [String]) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    @Test func findsInAllAndSaysWhere() throws {
        let both = ["-i", "a.db", "-i", "b.db", "-i", "./a.db"]
        let hits = try #require(
            run(["search", "reward", "--format", "json"] + both).json()["hits"] as? [[String: Any]])
        #expect(Set(hits.compactMap { $0["id"] as? String }) == ["one.md", "three.md"])
        #expect(hits.first { $0["id"] as? String == "three.md" }?["index"] as? String == "b.db")
        let csv = try run(["search", "reward", "--format", "csv", "--fields", "id,index"] + both).output
        #expect(csv.contains("one.md,a.db") && csv.contains("three.md,b.db"), "\(csv)")
        #expect(try run(["search", "reward"] + both).output.contains(" · b.db"))
        #expect(try !run(["search", "reward", "-i", "a.db", "--format", "json"]).output.contains("\"index\""))
        // A number of a hit leads to the index that has it, whichever of both is named.
        let ids = try run(["search", "reward", "--format", "ids"] + both).lines
        for (rank, id) in ids.enumerated() {
            for index in ["a.db", "b.db"] {
                let shown = try run(["show", "\(rank + 1)", "-i", index, "--format", "ids"])
                #expect(shown.lines == [id], "\(shown)")
            }
        }
        #expect(try run(["cite", "three.md"] + both).status == 0)
        #expect(try run(["list", "sources"] + both).lines.count == 3)
    }

    @Test func saysWhatItCannotDo() throws {
        let both = ["-i", "a.db", "-i", "b.db"]
        #expect(
            try run(["search", "--save", "x", "reward"] + both).errors.contains("--save saves a search of one index"))
        #expect(try run(["check"] + both).errors.contains("search, show, cite, open and list take several"))
        #expect(try run(["index", "b", "-i", "c.db", "--analyzer", "german"]).status == 0)
        let mixed = try run(["search", "reward", "-i", "a.db", "-i", "c.db"])
        #expect(mixed.status == 2 && mixed.errors.contains("a.db was made with the analyzer english"), "\(mixed)")
    }
}
