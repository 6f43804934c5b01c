import Foundation
import PostilTestSupport
import Threads
import Testing

@testable import Postil

/// Searches while another connection writes: each answers from one committed state of the index.
@Suite struct ReadingBesideWritingTests {
    private static let queries = ["reward hacking", "+debate +round", "\"reward hacking\" -debate", "oversight", "*"]

    /// Ids, scores and exact counts of all queries: one state of the index, told apart from every other.
    private static func answer(_ searcher: Searcher) throws -> String {
        try queries.map { query in
            let results = try searcher.search(
                SearchRequest(query, limit: 30, countsExactly: true, snippetLength: 60))
            return results.hits.map { "\($0.id) \($0.externalID) \($0.score) \($0.snippet?.text ?? "")" }
                .joined(separator: "\n") + "\n\(results.total)"
        }.joined(separator: "\n\n")
    }

    /// Every edition changes some documents, takes some away and adds others.
    private static func write(edition: Int, into folder: TemporaryFolder) throws {
        let words = ["reward", "hacking", "debate", "oversight", "proxy", "model"]
        var lines = ""
        for number in edition * 3..<200 + edition * 5 {
            let isChanged = number % 4 == edition % 4
            let text = (0..<12).map { words[(number * 7 + $0 * $0 + (isChanged ? edition : 0)) % words.count] }
            lines += #"{"id":"d\#(number)","text":"round \#(text.joined(separator: " "))"}"# + "\n"
        }
        try folder.write(lines, to: "in/documents.jsonl")
    }

    @Test(.timeLimit(.minutes(2))) func everyAnswerIsOfOneCommittedState() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("postil.db")
        let request = IndexingRequest(paths: [folder.file("in")])
        try Self.write(edition: 0, into: folder)
        _ = try Index.update(at: path, with: request)
        var committed = [try Self.answer(Index.open(at: path).makeSearcher())]

        let readers = 2
        let isDone = Locked(false)
        let found = Locked<(answers: Set<String>, errors: [String], rounds: Int, running: Int)>(([], [], 0, readers))
        for number in 0..<readers {
            let thread = Thread {
                do {
                    let index = try Index.open(at: path)
                    var searcher = try index.makeSearcher()
                    while !isDone.withLock({ $0 }) {
                        let answers = try (0..<2).map { _ in try Self.answer(searcher) }
                        found.withLock {
                            $0.answers.formUnion(answers)
                            $0.rounds += 1
                            // Until it is refreshed a searcher keeps to its state.
                            if answers[0] != answers[1] { $0.errors.append("a searcher's state moved") }
                        }
                        if number == 0 { try searcher.refresh() } else { searcher = try index.makeSearcher() }
                    }
                } catch {
                    found.withLock { $0.errors.append("\(error)") }
                }
                found.withLock { $0.running -= 1 }
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        defer { isDone.withLock { $0 = true } }
        for edition in 1...12 {
            let rounds = found.withLock { $0.rounds }
            try Self.write(edition: edition, into: folder)
            _ = try Index.update(at: path, with: request)
            if edition == 8 { try Index.open(at: path, access: .readWrite).optimize { _ in } }
            committed.append(try Self.answer(Index.open(at: path).makeSearcher()))
            // Readers take part in every edition.
            while found.withLock({ $0.rounds == rounds && $0.errors.isEmpty }) { usleep(1000) }
        }
        isDone.withLock { $0 = true }
        while found.withLock({ $0.running > 0 }) { usleep(1000) }
        found.withLock { found in
            #expect(found.errors.isEmpty, "\(found.errors)")
            #expect(found.answers.isSubset(of: committed))
            #expect(found.answers.count > 3)
            #expect(Set(committed).count == committed.count)
        }
    }
}
