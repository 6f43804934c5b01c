import Documents
import PostilTestSupport
import Testing
import TextAnalysis

@testable import IndexStore

/// Documents that are inverted part by part, since their words take more memory than an inverter may hold.
@Suite struct DividedDocumentTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let settings = IndexSettings(
        analyzer: "english", analyzerIdentity: "1", profileName: "default", profileYAML: "name: default")

    /// Words that come again and words that do not, with all that makes more terms than one at a position.
    private func text(_ count: Int, using random: inout SplitMix64) -> String {
        let special = [
            "don't", "mesa-optimizers", "rightSplit", "GPT4", "résumé", "RESUME", "深度学习", "C++", "1,000", "wi-\nfi",
            "config.json",
            "the", "the", "the",
        ]
        return (0..<count).map { _ in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: special.randomElement(using: &random) ?? ""
            case 1: "w" + String(Int.random(in: 0..<40, using: &random), radix: 26)
            default: "q" + String(Int.random(in: 0..<100_000, using: &random), radix: 36)
            }
        }.joined(separator: " ")
    }

    /// A check compares postings, grids, lengths and the list of words with the documents.
    @Test(arguments: UInt64(1)...3) func partsMakeTheSameIndex(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let documents = (0..<12).map { number in
            NewDocument(
                Document(
                    externalID: "d\(number)", title: text(Int.random(in: 0...60, using: &random), using: &random),
                    body: text([0, 1, 9, 400].randomElement(using: &random)!, using: &random)))
        }
        let pieceLength = [1, 3, 10, 50].randomElement(using: &random)!
        let share = [1, 400_000, .max].randomElement(using: &random)!
        var parts = 0
        let path = folder.file("index.db")
        let file = try IndexFile.build(at: path, settings: settings, tokenizer: "postil english", replaces: true) {
            writer in
            try writer.store(documents, source: nil)
            let inverters = try (0..<2).map { _ in
                try RunInverter(.english, memory: 1 << 20, share: share, pieceLength: pieceLength)
            }
            for document in documents {
                inverters.randomElement(using: &random)!.invert([document], runBeginning: documents[0].id)
            }
            parts = inverters.map(\.partCount).reduce(0, +)
            try writer.load(inverters, isLast: true)
        }.file
        let context: Comment = "seed: \(seed), pieces of \(pieceLength), share \(share), \(parts) parts"
        #expect(parts > 0 || share > 1, context)
        let findings = try file.check(repair: false).findings
        #expect(findings.isEmpty, "\(findings), \(context)")
        // Frequent terms have grids, and others none.
        let database = try TestDatabase(path)
        let tables = ["score_terms ORDER BY segment, term", "score_grids ORDER BY id", "score_segments"]
        let found = try tables.map { try database.rows("SELECT * FROM \($0)") }
        try IndexConnection(path: path, mode: .readWrite).access { db in
            _ = try ScoreGridUpdate(db, path: path, parameters: settings.ranking).run(chunks: nil)
        }
        let isSame = try found == tables.map { try database.rows("SELECT * FROM \($0)") }
        #expect(isSame, context)
    }

    /// A Korean word of 900 bytes, of which the first 255 make its term, is listed without its last letter, which no text has.
    @Test func aWordThatIsOnlyListedHasNoPostings() throws {
        let word = String(repeating: "한", count: 300)
        let document = NewDocument(Document(externalID: "d", title: "\(word)", body: "\(word) and \(word)는"))
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: settings, tokenizer: "postil english", replaces: true
        ) { writer in
            try writer.store([document], source: nil)
            let inverter = try RunInverter(.english, memory: 1 << 20)
            inverter.invert([document], runBeginning: document.id)
            try writer.load([inverter], isLast: true)
        }.file
        #expect(try file.check(repair: false).findings == [])
    }

    /// 20,000 words that all differ: what an inverter holds of them follows its share.
    @Test func oneTextOfManyWordsTakesTheMemoryItMay() throws {
        let body = (0..<20_000).map { "w" + String($0 * 7, radix: 26) + "x" }.joined(separator: " ")
        func bytes(share: Int) throws -> (bytes: Int, parts: Int) {
            let document = NewDocument(Document(externalID: "d", title: "all different", body: body))
            document.id = DocumentID(rawValue: 1)
            let inverter = try RunInverter(.english, memory: 64 << 20, share: share, pieceLength: 1000)
            inverter.invert([document], runBeginning: document.id)
            return (inverter.byteCount, inverter.partCount)
        }
        let (whole, divided) = (try bytes(share: .max), try bytes(share: 1 << 20))
        #expect(whole.parts == 0 && whole.bytes > 4 << 20, "\(whole)")
        // A word takes up to 60 bytes in a part: its term, posting and place, and the same of its listed form.
        #expect(divided.parts > 2 && divided.bytes < 1 << 20 + 60 * 20_000, "\(divided)")
        #expect(divided.bytes < whole.bytes, "\(divided) of \(whole)")
    }

    /// Parts that end inside of documents and between them: a word is counted once for each document.
    @Test(arguments: UInt64(1)...2) func partsCountTheSameWords(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let texts = (0..<20).map { _ in text([0, 3, 40, 200].randomElement(using: &random)!, using: &random) }
        func words(memory: Int) throws -> (parts: Int, found: [String: Int]) {
            let count = try PartedCount(.english, memory: memory, pieceLength: 7)
            for text in texts { count.add(String(text.prefix(30)), text) }
            let parts = count.finish()
            var merge = WordMerge([.counted(CountedWordsCursor(parts))])
            var found: [String: Int] = [:]
            while try merge.next() { found[String(decoding: merge.word, as: UTF8.self)] = merge.documents }
            return (parts.count, found)
        }
        let whole = try words(memory: .max)
        #expect(whole.parts == 1 && whole.found.count > 50)
        // The tables of an analyzer that knows nothing take 200 kB.
        for memory in [1, 300_000] {
            let divided = try words(memory: memory)
            let isSame = divided.found == whole.found
            #expect(isSame, "seed: \(seed), \(memory) bytes, \(divided.parts) parts")
            #expect(divided.parts > 1 || memory > 1)
        }
    }

    @Test func piecesOfAPostingAreJoined() {
        func joined(_ pieces: [UInt8]...) -> [UInt8] {
            var posting = JoinedPosting()
            for piece in pieces {
                (piece + [0, 0, 0, 0, 0, 0, 0, 0, 0]).withUnsafeBytes {
                    posting.append(UnsafeRawBufferPointer(rebasing: $0[..<piece.count]))
                }
            }
            return posting.bytes
        }
        #expect(joined([0x05, 0x07], [0x0E]) == [6, 0x05, 0x07, 0x06])
        // From body to title, and on in the title.
        #expect(joined([0x05], [0x01, 0x01, 0x02]) == [8, 0x05, 0x01, 0x01, 0x02])
        #expect(joined([0x05, 0x01, 0x01, 0x02], [0x01, 0x01, 0x05]) == [10, 0x05, 0x01, 0x01, 0x02, 0x05])
        // Position 300 behind 298.
        #expect(joined([0x82, 0x2C], [0x82, 0x2E]) == [6, 0x82, 0x2C, 0x04])
    }
}
