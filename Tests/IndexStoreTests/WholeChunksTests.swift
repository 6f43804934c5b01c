import Documents
import Foundation
import GRDB
import PostilTestSupport
import Postings
import Testing
import TextAnalysis

@testable import IndexStore

/// The lengths of chunks that a run has whole, held to what the lengths that FTS5 has stored say.
@Suite struct WholeChunksTests {
    /// A segment of `first` documents, one of `second` more, and some of all removed before, between and behind.
    @Test(arguments: [
        (4095, 1), (4096, 4096), (4097, 8200), (1, 9000), (9000, 3),
    ])
    func rowsAreThoseOfStoredLengths(first: Int, second: Int) throws {
        var random = SplitMix64(seed: UInt64(first))
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let words = ["a", "b", "c", "d", "e", "f", "g", "h"]
        _ = try IndexFile.build(
            at: path, settings: IndexFileTests.settings, tokenizer: "postil english", replaces: true
        ) { writer in
            for count in [first, second] {
                let new = (0..<count).map { number in
                    NewDocument(
                        Document(
                            externalID: "\(count) \(number)", title: words[..<(number % 3)].joined(separator: " "),
                            body: words[..<Int.random(in: 0...8, using: &random)].joined(separator: " ")))
                }
                try writer.store(new, source: nil)
                // Documents of one run lie in several inverters.
                let inverters = try (0..<3).map { _ in try RunInverter(.english, memory: 1 << 20) }
                for (number, document) in new.enumerated() {
                    inverters[number / 100 % 3].invert([document], runBeginning: new[0].id)
                }
                try writer.load(inverters, isLast: false)
                for document in new where Int.random(in: 0..<2000, using: &random) == 0 {
                    try writer.delete(document.id)
                }
            }
        }
        try IndexConnection(path: path, mode: .readWrite).access { db in
            let chunks = try DocumentChunks(db, path: path)
            let last = try #require(try chunks.last())
            #expect(last == Int64(first + second) / Int64(DocumentChunkFormat.length))
            for chunk in 0...last {
                let stored = try Row.fetchOne(
                    db, sql: "SELECT lengths FROM score_documents WHERE chunk = ?", arguments: [chunk])
                let isSame = try stored.map { [UInt8]($0[0] as Data) } == chunks.bytes(of: chunk)
                #expect(isSame, "chunk \(chunk)")
            }
        }
    }
}
