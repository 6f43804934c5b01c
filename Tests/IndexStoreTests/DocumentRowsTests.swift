import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

/// Rows are written many at a time; what comes back must not show where one statement ended.
@Suite struct DocumentRowsTests {
    /// Documents that lack some of their fields, now and then with a text for which there is no room among the short ones.
    private func collection(_ random: inout SplitMix64, count: Int) -> [Document] {
        func text() -> String {
            let unit = ["x", "é", "wort ", "0123456789abcdef"].randomElement(using: &random) ?? ""
            return String(repeating: unit, count: Int.random(in: 0...12, using: &random))
        }
        func maybe() -> String? { Bool.random(using: &random) ? text() : nil }
        return (0..<count).map { number in
            Document(
                externalID: "d\(number)",
                title: Int.random(in: 0..<100, using: &random) == 0 ? String(repeating: "t", count: 40_000) : text(),
                body: text(), markup: maybe(), author: maybe(), date: maybe(), url: maybe(),
                tags: Bool.random(using: &random) ? [text(), text()] : [],
                metadata: Bool.random(using: &random) ? ["k": text()] : [:], line: number + 1)
        }
    }

    @Test(arguments: [TextCompression.none, .zstd], [UInt64(1), 2, 3])
    func documentsComeBack(compression: TextCompression, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let settings = IndexSettings(
            analyzer: "english", analyzerIdentity: "english 1", profileName: "default", profileYAML: "name: default",
            compression: compression)
        let documents = collection(&random, count: 500)
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: settings, tokenizer: "postil english", replaces: false
        ) { writer in
            let source = try writer.save(
                SourceRecord(
                    path: "p", reading: "r", size: 1, modified: 1, hash: [], outcome: .indexed, skipped: []))
            var rest = documents[...]
            while !rest.isEmpty {
                let batch = rest.prefix(Int.random(in: 1...100, using: &random)).map { NewDocument($0) }
                rest = rest.dropFirst(batch.count)
                try writer.store(batch, source: Bool.random(using: &random) ? source : nil)
                try writer.index(batch)
            }
        }.file
        let stored = try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: 1000)
        #expect(stored.map(\.document) == documents, "seed: \(seed), compression: \(compression)")
        #expect(stored.map(\.id.rawValue) == Array(1...500), "seed: \(seed), compression: \(compression)")
        #expect(try file.check(repair: false).findings.isEmpty, "seed: \(seed), compression: \(compression)")
    }
}
