import Foundation
import PostilTestSupport
import Testing

/// Passages in `postil search` and `postil show`, end to end.
struct PassageCommandTests {
    private static let note = """
        # Notes

        Nothing here.

        ## On proxies

        A proxy is a stand-in.

        It comes apart from the goal.

        ## On goals

        A goal has a proxy, too.
        """

    private func indexed() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.file("in/note.md", Self.note)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        return folder
    }

    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    @Test func partsOfDocumentsAreShown() throws {
        let folder = try indexed()
        let section = try run("show", "note.md#on-proxies", in: folder)
        #expect(
            section.output == """
                Notes

                On proxies

                A proxy is a stand-in.

                It comes apart from the goal.

                Notes. [note.md#on-proxies]

                """, "\(section)")
        let paragraph = try run("show", "note.md#p4", in: folder).lines
        #expect(paragraph[1] == "Notes › On proxies" && paragraph[2] == "A proxy is a stand-in.")
        let address = try run("show", "note.md#p4", "--format", "ids", in: folder).lines[0]
        #expect(address.hasPrefix("note.md#p4-"))
        try folder.file("in/note.md", "A new first paragraph.\n\n" + Self.note)
        #expect(try run("index", "in", in: folder).status == 0)
        #expect(try run("show", address, in: folder).output.contains("A proxy is a stand-in."))
        let missing = try run("show", "note.md#elsewhere", in: folder)
        #expect(
            missing.status == 1 && missing.errors.contains("it has notes, on-proxies, on-goals and p1 to p8"),
            "\(missing)")
    }

    @Test func placesAreShownAround() throws {
        let folder = try indexed()
        let around = try run("show", "note.md", "--around", "goal apart", "-C", "0", in: folder)
        #expect(
            around.output.contains("Notes › On proxies › #p5-")
                && around.output.contains("It comes *apart* from the *goal*."), "\(around)")
        #expect(!around.output.contains("Nothing here"))
        let json = try run("show", "note.md", "--around", "proxy", "--format", "json", in: folder).json()
        let document = try #require((json["documents"] as? [[String: Any]])?.first)
        #expect((document["places"] as? [[String: Any]])?.isEmpty == false)
        #expect(try run("show", "note.md", "--around", "unheard", in: folder).status == 1)
        #expect(try run("show", "note.md", "-C", "2", in: folder).status == 2)
    }

    @Test func hitsHavePassages() throws {
        let folder = try indexed()
        let text = try run("search", "proxy", "--passages", "2", "--snippet-length", "30", in: folder)
        #expect(text.output.components(separatedBy: " › #p").count == 3, "\(text)")
        let json = try run(
            "search", "proxy", "--passages", "2", "--snippet-length", "30", "--format", "json", in: folder
        ).json()
        let hit = try #require((json["hits"] as? [[String: Any]])?.first)
        let passages = try #require(hit["passages"] as? [[String: Any]])
        #expect(passages.compactMap { ($0["headings"] as? [String])?.last }.sorted() == ["On goals", "On proxies"])
        let ids = try run("search", "proxy", "--by", "passage", "--snippet-length", "30", "--format", "ids", in: folder)
            .lines
        #expect(ids.count == 2 && ids.allSatisfy { $0.hasPrefix("note.md#p") })
        for id in ids { #expect(try run("show", id, in: folder).output.lowercased().contains("prox")) }
        #expect(try run("search", "proxy", "--by", "passage", "--format", "trec", in: folder).status == 2)
        #expect(try run("search", "proxy", "--passages", "0", in: folder).status == 2)
    }
}
