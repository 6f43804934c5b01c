import PostilTestSupport
import Testing

@testable import Postil

/// Completions of what somebody types.
@Suite struct CompletionTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let texts = [
            "one": "Alignment and alignments. Goodhart, économie.", "two": "Alignment again; ALIGNMENT. L'Économie",
            "three": "aligned, aligning", "four": "aligned 2024 深度学习 Straße",
        ]
        for (name, text) in texts { try folder.write(text, to: "in/\(name).txt") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func words(_ beginning: String, limit: Int = 10) throws -> [String] {
        try searcher.completions(of: beginning, limit: limit).map { "\($0.text) \($0.documents)" }
    }

    @Test func frequentWordsComeFirst() throws {
        #expect(try words("align") == ["aligned 2", "alignment 2", "aligning 1", "alignments 1"])
        #expect(try words("align", limit: 1) == ["aligned 2"])
        #expect(try words("alignmen") == ["alignment 2", "alignments 1"])
    }

    @Test func caseAndDiacriticsDoNotMatter() throws {
        #expect(try words("ALIGNE") == ["aligned 2"])
        #expect(try words("econ") == ["économie 2"])
        #expect(try words("ÉCON") == ["économie 2"])
        #expect(try words("stras") == ["strasse 1"])
    }

    @Test(arguments: ["zz", "2024", "深", "\u{0}", "-", "a b"])
    func nothingThatBeginsSoIsNoWord(beginning: String) throws {
        #expect(try words(beginning) == [])
    }

    @Test func anEmptyBeginningIsThatOfEveryWord() throws {
        let all = ["aligned 2", "alignment 2", "économie 2", "again 1", "goodhart 1", "strasse 1"]
        #expect(try Set(words("", limit: 100)).isSuperset(of: all))
        #expect(try words("", limit: 3) == ["aligned 2", "alignment 2", "économie 2"])
        #expect(try words("", limit: 0) == [])
        #expect(try words("", limit: -3) == [])
    }

    @Test func updatesAreSeenAfterARefresh() throws {
        try folder.write("alignable", to: "in/five.txt")
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        #expect(try words("alignab") == [])
        try searcher.refresh()
        #expect(try words("alignab") == ["alignable 1"])
    }
}
