import CustomDump
import Foundation
import Postil
import PostilTestSupport
import Testing

/// Folders of so many small files that they are handed on in more than one piece, and listed by more than one thread.
@Suite struct ManySmallFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func update(_ name: String) throws -> IndexingReport {
        try Index.update(at: folder.file(name), with: IndexingRequest(paths: [folder.file("notes")], threads: 2))
    }

    private func answers(_ name: String, _ query: String) throws -> [String] {
        let searcher = try Index.open(at: folder.file(name)).makeSearcher()
        let results = try searcher.search(
            SearchRequest(query, limit: 2000, countsExactly: true, snippetLength: nil))
        return results.hits.map { "\($0.score) \($0.externalID) \($0.title)" }.sorted()
    }

    @Test(arguments: [UInt64(1)])
    func eachRunCountsWhatHappenedToEachFile(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let words = ["reward", "model", "agent", "debate", "goal"]
        func text(_ number: Int) -> String {
            let body = (0..<Int.random(in: 1...20, using: &random)).map { _ in words.randomElement(using: &random)! }
            return "---\ntitle: Note \(number)\ntags: [a, b]\n---\n\(body.joined(separator: " ")) \(number)\n"
        }
        func path(_ number: Int) -> String { "notes/\(number % 7)/\(number % 40)/n\(number).md" }
        var files = Set(0..<700)
        for number in files { try folder.write(text(number), to: path(number)) }
        func counts() throws -> [Int] {
            let report = try update("grown.db")
            return [report.added, report.updated, report.removed, report.unchanged]
        }
        #expect(try counts() == [files.count, 0, 0, 0])
        // A run that only adds, one that only changes, and one that only removes.
        try folder.write(text(1000), to: path(1000))
        #expect(try counts() == [1, 0, 0, files.count])
        try folder.write(text(1000) + "again", to: path(1000))
        #expect(try counts() == [0, 1, 0, files.count])
        try FileManager.default.removeItem(atPath: folder.file(path(1000)))
        #expect(try counts() == [0, 0, 1, files.count])
        for round in 0..<3 {
            var (changed, removed, added) = (0, 0, 0)
            for number in files.sorted() {
                switch Int.random(in: 0..<40, using: &random) {
                case 0:
                    try folder.write(text(number) + "changed in \(round)", to: path(number))
                    changed += 1
                case 1:
                    try FileManager.default.removeItem(atPath: folder.file(path(number)))
                    files.remove(number)
                    removed += 1
                // Touched, and not changed.
                case 2: try folder.write(Data(contentsOf: URL(filePath: folder.file(path(number)))), to: path(number))
                default: break
                }
            }
            for number in 2000 + 100 * round..<2000 + 100 * round + 10 {
                try folder.write(text(number), to: path(number))
                files.insert(number)
                added += 1
            }
            let expected = [added, changed, removed, files.count - added - changed]
            #expect(try counts() == expected, "seed: \(seed), round: \(round)")
        }
        #expect(try update("grown.db").unchanged == files.count)
        _ = try update("fresh.db")
        for query in words + ["*", "reward model", "title:note"] {
            expectNoDifference(
                try answers("grown.db", query), try answers("fresh.db", query), "seed: \(seed), query: \(query)")
        }
        #expect(try Index.open(at: folder.file("grown.db")).check().findings.isEmpty)
    }
}
