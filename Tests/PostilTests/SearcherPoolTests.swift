import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Tasks that share searchers get the answers that each would get alone, as of the last commit.
@Suite(.timeLimit(.minutes(10))) struct SearcherPoolTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeIndex(inMemory: Bool) throws -> Index {
        let index = try Index.create(
            at: inMemory ? ":memory:" : folder.file("postil.db"), profile: .named(Profile.defaultName))
        try index.upsert((0..<60).map { Document(externalID: "\($0)", body: "note word\($0 % 10)") })
        return index
    }

    @Test(arguments: [false, true])
    func manyTasksGetTheAnswersOfOne(inMemory: Bool) async throws {
        let index = try makeIndex(inMemory: inMemory)
        let pool = SearcherPool(index, size: 3)
        let searcher = try index.makeSearcher()
        let expected = try (0..<10).map { try searcher.search(SearchRequest("word\($0)")).hits.map(\.externalID) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<80 {
                group.addTask {
                    try await pool.search(SearchRequest("word\(number % 10)")).hits.map(\.externalID)
                        == expected[number % 10]
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }

    @Test(arguments: [false, true])
    func aSearchSeesWhatWasCommittedBefore(inMemory: Bool) async throws {
        let index = try makeIndex(inMemory: inMemory)
        let pool = SearcherPool(index, size: 2)
        for number in 0..<5 {
            try index.upsert([Document(externalID: "new\(number)", body: "fresh\(number)")])
            #expect(try await pool.search(SearchRequest("fresh\(number)")).hits.map(\.externalID) == ["new\(number)"])
        }
        pool.rest()
        #expect(try await pool.documents(externalID: "new4").count == 1)
        var count = 0
        for try await stored in pool.documents(matching: "note") where stored.document.externalID != "" { count += 1 }
        #expect(count == 60)
        count = 0
        for try await _ in pool.documents() { count += 1 }
        #expect(count == 65)
    }

    @Test func anIndexThatIsBuiltAnewIsSearched() async throws {
        try folder.write("old text", to: "in/a.md")
        let path = folder.file("postil.db")
        let request = IndexingRequest(paths: [folder.file("in")])
        _ = try Index.update(at: path, with: request)
        let pool = SearcherPool(try Index.open(at: path))
        #expect(try await pool.search(SearchRequest("old")).hits.count == 1)
        pool.rest()
        try folder.write("new text", to: "in/a.md")
        _ = try Index.rebuild(at: path, with: request)
        #expect(try await pool.search(SearchRequest("new")).hits.count == 1)
        #expect(try await pool.search(SearchRequest("+old")).correctedQuery == nil)
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: IndexError.notFound(path: path)) { try await pool.search(SearchRequest("new")) }
    }

    @Test func whoIsCancelledInTheQueueDoesNotWait() async throws {
        let pool = SearcherPool(try makeIndex(inMemory: true), size: 1)
        let gate = DispatchSemaphore(value: 0)
        let first = Task { try await pool.run { _ in gate.wait() } }
        while !pool.isSearching { try await Task.sleep(for: .milliseconds(1)) }
        let second = Task { try await pool.search(SearchRequest("note")) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        gate.signal()
        try await first.value
        #expect(try await pool.search(SearchRequest("note")).hits.count == 10)
    }

    @Test func errorsOfTheBodyArriveAndTheSearcherGoesOn() async throws {
        struct Mine: Error {}
        let pool = SearcherPool(try makeIndex(inMemory: true), size: 1)
        await #expect(throws: Mine.self) { try await pool.run { _ in throw Mine() } }
        #expect(try await pool.search(SearchRequest("note")).hits.count == 10)
    }

    @Test(arguments: [false, true])
    func changesAreTold(inMemory: Bool) async throws {
        let index = try makeIndex(inMemory: inMemory)
        var changes = index.changes(checkedEvery: .milliseconds(2)).makeAsyncIterator()
        try index.upsert([Document(externalID: "x", body: "new")])
        #expect(try await changes.next() != nil)
        let quiet = Task {
            for try await _ in index.changes(checkedEvery: .milliseconds(2)) { return true }
            return false
        }
        try await Task.sleep(for: .milliseconds(40))
        quiet.cancel()
        #expect(try await quiet.value == false)
    }

    @Test func aNewFileInThePlaceOfTheIndexIsAChange() async throws {
        try folder.write("text", to: "in/a.md")
        let path = folder.file("postil.db")
        let request = IndexingRequest(paths: [folder.file("in")])
        _ = try Index.update(at: path, with: request)
        var changes = try Index.open(at: path).changes(checkedEvery: .milliseconds(2)).makeAsyncIterator()
        _ = try Index.rebuild(at: path, with: request)
        #expect(try await changes.next() != nil)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        await #expect(throws: IndexError.notFound(path: path)) {
            while try await changes.next() != nil {}
        }
    }
}
