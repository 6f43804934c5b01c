import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// An index in memory is one like others, without a file.
struct MemoryIndexTests {
    private func makeIndex(compression: TextCompression? = nil, analyzer: String? = nil) throws -> Index {
        try Index.create(
            at: ":memory:", profile: .named(Profile.defaultName), analyzer: analyzer, compression: compression)
    }

    private func ids(_ searcher: Searcher, _ query: String) throws -> [String] {
        try searcher.search(SearchRequest(query, limit: 1_000)).hits.map(\.externalID)
    }

    @Test(arguments: [nil, TextCompression.zstd], [nil, "fts5:porter unicode61"])
    func itAnswersAsAFileDoes(compression: TextCompression?, analyzer: String?) throws {
        let folder = try TemporaryFolder()
        let memory = try makeIndex(compression: compression, analyzer: analyzer)
        let file = try Index.create(
            at: folder.file("postil.db"), profile: .named(Profile.defaultName), analyzer: analyzer,
            compression: compression)
        let documents = (0..<120).map {
            Document(
                externalID: "\($0)", title: "Note \($0)", body: "measures and targets \($0 % 7)",
                date: "20\($0 % 9 + 10)")
        }
        for index in [memory, file] {
            try index.upsert(documents)
            try index.optimize()
            #expect(try index.remove(matching: "5 date:2012") > 0)
            #expect(try index.check().findings.isEmpty)
            #expect(try index.check(repair: true).isSound)
        }
        for query in ["measure", "targets 3", "date:2011", "\"targets 4\"", "note -6", "id:17", "mesures", "*"] {
            let answers = try [memory, file].map { index in
                try index.makeSearcher().search(SearchRequest(query, limit: 200)).hits
                    .map { "\($0.rank) \($0.externalID) \($0.score) \($0.snippet?.text ?? "")" }
            }
            #expect(answers[0] == answers[1], "\(query)")
            #expect(!answers[0].isEmpty, "\(query)")
        }
        let information = try memory.information()
        #expect(information.documents == (try file.information().documents) && information.indexBytes > 0)
        #expect(!FileManager.default.fileExists(atPath: ":memory:"))
        #expect(!FileManager.default.fileExists(atPath: memory.path))
    }

    @Test func filesAreReadIntoIt() throws {
        let folder = try TemporaryFolder()
        for number in 0..<3 { try folder.write("note \(number)", to: "in/\(number).md") }
        let index = try Index.openOrCreate(at: ":memory:")
        let request = IndexingRequest(paths: [folder.file("in")])
        #expect(try index.update(with: request).added == 3)
        try folder.write("another", to: "in/1.md")
        #expect(try index.update(with: request).updated == 1)
        #expect(try ids(index.makeSearcher(), "another") == ["1.md"])
    }

    @Test func eachIsOneOfItsOwnAndLastsAsLongAsItIsHeld() throws {
        let first = try makeIndex()
        var second: Index? = try makeIndex()
        try first.upsert([Document(externalID: "a", body: "here")])
        let name = try #require(second).path
        #expect(name != first.path)
        #expect(try Index.open(at: first.path).makeSearcher().documents(externalID: "a").count == 1)
        #expect(try Index.open(at: name).information().documents == 0)
        second = nil
        #expect(throws: IndexError.notFound(path: name)) { try Index.open(at: name) }
        #expect(throws: IndexError.notFound(path: ":memory:")) { try Index.open(at: ":memory:") }
        #expect(throws: IndexError.notFound(path: ":memory:")) {
            try Index.update(at: ":memory:", with: IndexingRequest(paths: ["."]))
        }
        #expect(throws: IndexError.self) { try Index.rebuild(at: first.path, with: IndexingRequest()) }
    }

    @Test(arguments: [nil, "fts5:unicode61"])
    func aSearcherSeesItsStateWhileAWriterGoesOn(analyzer: String?) throws {
        let index = try makeIndex(analyzer: analyzer)
        try index.upsert([Document(externalID: "a", body: "goodhart")])
        let searcher = try index.makeSearcher()
        let writer = try index.makeWriter()
        try writer.upsert(Document(externalID: "b", body: "goodhart"))
        #expect(try ids(searcher, "goodhart") == ["a"])
        #expect(try ids(index.makeSearcher(), "goodhart") == ["a"])
        var impatient = index
        impatient.patience.limit = .zero
        #expect(throws: IndexError.busy(path: index.path)) { try impatient.makeWriter() }
        try writer.commit()
        // The writer is still held, and its transaction is over.
        try withExtendedLifetime(writer) { try impatient.makeWriter().rollback() }
        #expect(try ids(searcher, "goodhart") == ["a"])
        try searcher.refresh()
        #expect(try ids(searcher, "goodhart") == ["a", "b"])
        let lost = try index.makeWriter()
        try lost.upsert(Document(externalID: "c", body: "goodhart"))
        try lost.rollback()
        try searcher.refresh()
        #expect(try ids(searcher, "goodhart") == ["a", "b"])
    }
}
