import CustomDump
import Foundation
import Postil
import PostilTestSupport
import Testing

@Suite struct IncrementalTests {
    /// An index that followed a collection through changes answers as one that was built from its last state: the same
    /// documents with the same scores. (Among equal scores the older document comes first, and age is what differs.)
    @Test(arguments: [UInt64(11), 12, 13])
    func incrementalEqualsRebuilt(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let words = ["reward", "model", "the", "agent", "debate", "mesa-optimizer", "goal", "GPT-4"]
        for round in 0..<6 {
            for number in 0..<40 where round == 0 || Int.random(in: 0..<4, using: &generator) == 0 {
                let file = folder.file("notes/n\(number).txt")
                if round > 0, Int.random(in: 0..<3, using: &generator) == 0 {
                    if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
                    continue
                }
                let text = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                    words[Int.random(in: 0..<words.count, using: &generator)]
                }
                try folder.write(text.joined(separator: " "), to: "notes/n\(number).txt")
            }
            _ = try Index.update(at: folder.file("grown.db"), with: IndexingRequest(paths: [folder.file("notes")]))
        }
        let request = IndexingRequest(paths: [folder.file("notes")])
        _ = try Index.rebuild(at: folder.file("fresh.db"), with: request)
        let grown = try Index.open(at: folder.file("grown.db"))
        #expect(try grown.check().findings.isEmpty, "seed: \(seed)")
        for query in words + ["reward model", "the agent goal", "+model -the", "\"the model\"", "mesaoptimizer", "*"] {
            let answers = try ["grown.db", "fresh.db"].map { name in
                let searcher = try Index.open(at: folder.file(name)).makeSearcher()
                let results = try searcher.search(
                    SearchRequest(query, limit: 100, countsExactly: true, snippetLength: nil))
                return results.hits.map { "\($0.score) \($0.externalID)" }.sorted() + ["\(results.total.value)"]
            }
            expectNoDifference(answers[0], answers[1], "seed: \(seed), query: \(query)")
        }
    }

    /// A line on top of a file moves all that follow, which are cited by their lines.
    @Test(arguments: [TextCompression.none, .zstd])
    func whatStandsFurtherDownIsCitedThere(compression: TextCompression) throws {
        let folder = try TemporaryFolder()
        let lines = (1...5).map { #"{"id": "d\#($0)", "text": "reward number \#($0)"}"# }
        let request = IndexingRequest(paths: [folder.file("in.jsonl")], compression: compression)
        func places() throws -> [String] {
            let searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
            return try searcher.search(SearchRequest("reward")).hits.map { "\($0.externalID):\($0.line)" }.sorted()
        }
        try folder.write(lines.joined(separator: "\n"), to: "in.jsonl")
        _ = try Index.update(at: folder.file("postil.db"), with: request)
        #expect(try places() == ["d1:1", "d2:2", "d3:3", "d4:4", "d5:5"])
        let new = #"{"id": "d0", "text": "reward before all others"}"#
        try folder.write(([new, ""] + lines.dropLast()).joined(separator: "\n"), to: "in.jsonl")
        let report = try Index.update(at: folder.file("postil.db"), with: request)
        let counts = [report.added, report.updated, report.removed, report.unchanged]
        #expect(counts == [1, 0, 1, 4])
        #expect(try places() == ["d0:1", "d1:3", "d2:4", "d3:5", "d4:6"])
        #expect(try Index.open(at: folder.file("postil.db")).check().findings.isEmpty)
    }

    /// Rebuilding takes nothing from an index but its documents: it is read, analysed and stored as before.
    @Test func aRebuiltIndexKeepsItsSettings() throws {
        let folder = try TemporaryFolder()
        try folder.write("Name,Note\nGoodhart,Ziele und Maße\n", to: "in.csv")
        let path = folder.file("postil.db")
        let profile = try Profile(yaml: "name: notes\nreading: { id: Name, title: Name, body: Note }", origin: "test")
        let first = IndexingRequest(
            paths: [folder.file("in.csv")], profile: profile, analyzer: "german", compression: .zstd)
        _ = try Index.update(at: path, with: first)
        let settings = try Index.open(at: path).settings
        var again = IndexingRequest(paths: [folder.file("in.csv")])
        _ = try Index.rebuild(at: path, with: again)
        expectNoDifference(try Index.open(at: path).settings, settings)
        #expect(
            try Index.open(at: path).makeSearcher().search(SearchRequest("body:maß")).hits.map(\.title) == ["Goodhart"])
        again.analyzer = "none"
        _ = try Index.rebuild(at: path, with: again)
        #expect(try Index.open(at: path).settings.analyzer == "none")
        again.analyzer = nil
        again.profile = try Profile.named("default")
        _ = try Index.rebuild(at: path, with: again)
        let changed = try Index.open(at: path).settings
        #expect(changed.profileName == "default" && changed.analyzer == "english" && changed.compression == .none)
    }

    /// An index whose pages are gone is replaced all the same, and its write-ahead log with it.
    @Test(arguments: [0, 1]) func aTruncatedIndexIsRebuilt(pages: Int) throws {
        let folder = try TemporaryFolder()
        for number in 0..<50 { try folder.write("reward number\(number)", to: "in/n\(number).txt") }
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let whole = try Data(contentsOf: URL(filePath: path))
        try whole.prefix(pages * 32_768 + 100).write(to: URL(filePath: path))
        try Data("an old log".utf8).write(to: URL(filePath: path + "-wal"))
        #expect(throws: IndexError.self) { try Index.open(at: path) }
        _ = try Index.rebuild(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let index = try Index.open(at: path)
        #expect(try index.check().findings.isEmpty)
        #expect(try index.makeSearcher().search(SearchRequest("reward", countsExactly: true)).total.value == 50)
    }

    /// The first document with an id is the one that counts, whether its namesake comes at once, in another batch, in a new
    /// index or in an update; two sources may use the same id.
    @Test(arguments: TextCompression.allCases) func repeatedIDsAreLeftOut(compression: TextCompression) throws {
        let folder = try TemporaryFolder()
        func write(_ ids: [String], edition: String, to name: String) throws {
            let filler = String(repeating: "filler ", count: 200)
            let lines = ids.enumerated().map { line, id in
                #"{"id":"\#(id)","text":"\#(edition) line\#(line + 1) \#(filler)"}"# + "\n"
            }
            try folder.write(lines.joined(), to: name)
        }
        var ids = (0..<2000).map { "d\($0)" }
        for (line, id) in [(3, "d2"), (1500, "d7"), (1999, "d2")] { ids[line] = id }
        let request = IndexingRequest(paths: [folder.file("in")], compression: compression)
        let path = folder.file("postil.db")
        func expect(_ report: IndexingReport, edition: String) throws {
            let skips = report.skipped.map { "\($0.line ?? 0) \($0.reason)" }
            #expect(
                skips == [
                    "4 the id “d2” stands in this file twice", "1501 the id “d7” stands in this file twice",
                    "2000 the id “d2” stands in this file twice",
                ])
            let searcher = try Index.open(at: path).makeSearcher()
            func total(_ query: String) throws -> Int {
                try searcher.search(SearchRequest(query, countsExactly: true)).total.value
            }
            #expect(try total(edition) == 1997)
            #expect(try ["line3", "line4", "line8", "line1501", "line2000"].map(total) == [2, 1, 2, 1, 1])
            #expect(try Index.open(at: path).check().findings.isEmpty)
            let source = try Index.open(at: path).information().sources
            #expect(source == 2)
        }
        try write(ids, edition: "first", to: "in/a.jsonl")
        try write((0..<2000).map { "d\($0)" }, edition: "other", to: "in/b.jsonl")
        let built = try Index.update(at: path, with: request)
        #expect(built.added == 3997)
        try expect(built, edition: "first")
        let same = try Index.update(at: path, with: request)
        #expect(same.unchanged == 3997)
        try write(ids, edition: "second", to: "in/a.jsonl")
        let updated = try Index.update(at: path, with: request)
        #expect(updated.updated == 1997 && updated.added == 0 && updated.removed == 0)
        try expect(updated, edition: "second")
    }
}
