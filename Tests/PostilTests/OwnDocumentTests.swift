import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Documents of a program's own: each id stands for one.
struct OwnDocumentTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeIndex(_ name: String = "postil.db", compression: TextCompression? = nil, analyzer: String? = nil)
        throws -> Index
    {
        try Index.create(
            at: folder.file(name), profile: .named(Profile.defaultName), analyzer: analyzer, compression: compression)
    }

    /// What the index says of its documents, by id, and how they rank.
    private func content(of index: Index, _ queries: [String]) throws -> [[String]] {
        let searcher = try index.makeSearcher()
        return try queries.map { query in
            try searcher.search(SearchRequest(query, limit: 10_000, snippetLength: nil)).hits
                .map { "\($0.externalID) \($0.score) \($0.title)" }.sorted()
        }
    }

    @Test(arguments: [nil, TextCompression.zstd])
    func aDocumentComesInThePlaceOfTheOneOfItsID(compression: TextCompression?) throws {
        let index = try makeIndex(compression: compression)
        let writer = try index.makeWriter()
        let first = try writer.upsert(Document(externalID: "a", title: "One", body: "goodhart"))
        #expect(try writer.upsert(Document(externalID: "a", title: "One", body: "goodhart")) == first)
        try writer.upsert(Document(externalID: "b", body: "goodhart"))
        let second = try writer.upsert(Document(externalID: "a", title: "Two", body: "proxy"))
        try writer.commit()
        #expect(second > first)
        #expect(try content(of: index, ["goodhart"])[0].map { $0.prefix(1) } == ["b"])
        #expect(try content(of: index, ["*"])[0].count == 2)
        #expect(try index.check().findings.isEmpty)

        let report = try index.upsert(
            ["b", "c", "c"].map { Document(externalID: $0, body: $0 == "b" ? "goodhart" : "new \(UUID())") })
        #expect(report.added == 1 && report.updated == 0 && report.unchanged == 1 && report.documents == 3)
        let again = try index.makeWriter()
        #expect(try again.delete(externalID: "a") == true)
        #expect(try again.delete(externalID: "a") == false)
        try again.commit()
        #expect(try content(of: index, ["*"])[0].count == 2)
        #expect(try index.check().findings.isEmpty)
    }

    @Test func documentsOfFilesAreOthers() throws {
        try folder.write("from a file", to: "in/a.md")
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        let index = try Index.open(at: path, access: .readWrite)
        let own = Document(externalID: "a.md", body: "from code")
        try index.upsert([own])
        try index.upsert([own])
        #expect(try index.makeSearcher().documents(externalID: "a.md").count == 2)
        let writer = try index.makeWriter()
        try writer.delete(externalID: "a.md")
        try writer.commit()
        #expect(try index.makeSearcher().documents(externalID: "a.md").map(\.document.body) == ["from a file"])
        try index.upsert([own])
        let report = try index.update(with: IndexingRequest())
        #expect(report.unchanged == 1 && report.removed == 0)
        #expect(try index.makeSearcher().documents(externalID: "a.md").count == 2)
    }

    /// Many at once, in small batches and by several threads, against one after the other.
    @Test(arguments: [nil, TextCompression.zstd])
    func manyAtOnceEqualOneByOne(compression: TextCompression?) throws {
        var seeds = try FuzzSeeds("own-documents", usual: 1)
        while let seed = seeds.next() {
            var random = SplitMix64(seed: seed)
            let fast = try makeIndex("fast-\(seed).db", compression: compression)
            let slow = try makeIndex("slow-\(seed).db", compression: compression)
            for run in 0..<3 {
                let documents = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                    let words = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                        "word\(Int.random(in: 0...60, using: &random))"
                    }
                    return Document(
                        externalID: "\(Int.random(in: 0...70, using: &random))",
                        title: words.first ?? "", body: words.joined(separator: " "))
                }
                let threads = Int.random(in: 1...3, using: &random)
                let report = try fast.upsert(
                    documents, threads: threads, memory: 64 << 10, batchBytes: 500, piece: 16, progress: { _ in })
                let before = try Set(content(of: slow, ["*"])[0].map { $0.prefix { $0 != " " } })
                let writer = try slow.makeWriter()
                for document in documents { try writer.upsert(document) }
                try writer.commit()
                let label = "seed: \(seed), run: \(run), threads: \(threads)"
                let queries = ["*", "word1 word2", "title:word7"]
                let (found, expected) = try (content(of: fast, queries), content(of: slow, queries))
                for (query, (found, expected)) in zip(queries, zip(found, expected)) {
                    let difference = Set(found).symmetricDifference(expected).sorted()
                    #expect(found == expected, "\(query): \(difference), \(label)")
                }
                let ids = Set(documents.map(\.externalID)[...].map { $0[...] })
                #expect(report.added == ids.subtracting(before).count, "\(label)")
                #expect(report.updated + report.unchanged == ids.intersection(before).count, "\(label)")
            }
            #expect(try fast.check().findings.isEmpty, "seed: \(seed)")
        }
    }

    @Test func onesOfFTS5sOwnTokenizersWorkAsWell() throws {
        let index = try makeIndex(analyzer: "fts5:porter unicode61")
        let report = try index.upsert((0..<50).map { Document(externalID: "\($0 % 40)", body: "note \($0) measures") })
        #expect(report.added == 40)
        #expect(try content(of: index, ["measure"])[0].count == 40)
        #expect(try content(of: index, ["49"])[0].map { $0.prefix(2) } == ["9 "])
    }

    @Test func whatAQueryFindsIsRemovedAndNothingElse() throws {
        let index = try makeIndex()
        try index.upsert((0..<40).map { Document(externalID: "\($0)", body: $0 % 2 == 0 ? "even hacking" : "odd") })
        #expect(try index.remove(matching: "even", isDryRun: true) == 20)
        #expect(try content(of: index, ["*"])[0].count == 40)
        // A search would have found the word that this is near to.
        #expect(try index.remove(matching: "hackign") == 0)
        #expect(try index.remove(matching: "") == 0)
        #expect(try index.remove(matching: "even -id:4") == 19)
        #expect(try content(of: index, ["*"])[0].count == 21)
        #expect(try index.remove(matching: "*") == 21)
        #expect(try index.check().findings.isEmpty)
    }

    @Test(arguments: [
        "hacking date:..20l5", "hacking \"even", "(hacking", "hacking^x", "hacking NOT", "+hacking AND", "hacking~9",
        "hacking colour:red", String(repeating: "hacking ", count: 4_200) + "-even",
        (0..<65).map { "-author:a\($0)" }.joined(separator: " ") + " hacking",
    ])
    func aQueryThatIsNotTakenAsWrittenRemovesNothing(query: String) throws {
        let index = try makeIndex()
        try index.upsert((0..<40).map { Document(externalID: "\($0)", body: $0 % 2 == 0 ? "even hacking" : "odd") })
        for isDryRun in [true, false] {
            let misread = #expect(throws: QueryMisread.self) { try index.remove(matching: query, isDryRun: isDryRun) }
            #expect(misread?.hints.isEmpty == false && misread?.description.contains("column") == true)
        }
        #expect(try content(of: index, ["*"])[0].count == 40)
    }

    @Test func allDocumentsAreGoneThroughInOrder() throws {
        let index = try makeIndex()
        try index.upsert((0..<100).map { Document(externalID: "\($0)", body: $0 % 3 == 0 ? "third" : "other") })
        let searcher = try index.makeSearcher()
        var ids: [String] = []
        try searcher.forEachDocument {
            ids.append($0.document.externalID)
            return true
        }
        #expect(ids == (0..<100).map(String.init))
        ids = []
        try searcher.forEachDocument(matching: "third") {
            ids.append($0.document.externalID)
            return ids.count < 20
        }
        #expect(ids == (0..<20).map { "\($0 * 3)" })
    }
}
