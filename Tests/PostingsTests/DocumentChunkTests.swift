import PostilTestSupport
import Postings
import Testing

@Suite struct DocumentChunkTests {
    /// Takes one chunk after another, as a reader does.
    private let chunk = DocumentChunk()

    /// Lengths and existence of all documents of a chunk, read block by block; nil when it is none.
    private func decoded(_ bytes: [UInt8]) -> (lengths: [DocumentLengths], live: [UInt64])? {
        guard bytes.withUnsafeBytes({ chunk.load($0) }) else { return nil }
        let blocks = 0..<DocumentChunkFormat.blockCount
        let lengths = blocks.flatMap { block in
            [DocumentLengths](unsafeUninitializedCapacity: 64) { lengths, count in
                lengths.initialize(repeating: DocumentLengths(title: 7, body: 7))
                if let start = lengths.baseAddress { chunk.readLengths(ofBlock: block, into: start) }
                count = 64
            }
        }
        return (lengths, blocks.map(chunk.live(inBlock:)))
    }

    @Test func decodesTheDocumentedExample() throws {
        let bytes: [UInt8] = [1, 2, 1, 2] + Array(repeating: 0, count: 510) + [2, 3, 5, 0, 0x2C, 1]
        let chunk = try #require(decoded(bytes))
        #expect(chunk.live[0] == 1 << 0 | 1 << 9)
        #expect((0..<DocumentChunkFormat.length).filter { chunk.lengths[$0] != .none } == [0, 9])
        #expect(chunk.lengths[0] == DocumentLengths(title: 2, body: 5))
        #expect(chunk.lengths[9] == DocumentLengths(title: 3, body: 300))
        #expect(decoded(bytes.dropLast()) == nil && self.chunk.live(inBlock: 0) == 0)
        #expect(decoded([3] + bytes.dropFirst()) == nil && decoded([]) == nil)
    }

    /// Whole words of documents go another way than single ones; lengths take one, two or four bytes.
    @Test func readsWhatWasWritten() throws {
        for seed in UInt64(0)..<200 {
            var generator = SplitMix64(seed: seed)
            let most = (0..<2).map { _ in [0, 200, 60_000, 5_000_000].randomElement(using: &generator)! }
            let gaps = [0, 1, 30, 4_000].randomElement(using: &generator)!
            var writer = DocumentChunkWriter()
            var expected = [DocumentLengths](repeating: .none, count: DocumentChunkFormat.length)
            var live = [Bool](repeating: false, count: DocumentChunkFormat.length)
            for place in 0..<DocumentChunkFormat.length where Int.random(in: 0...gaps, using: &generator) < 2 {
                let lengths = most.map { UInt32.random(in: 0...UInt32($0), using: &generator) }
                writer.append(place: place, titleLength: lengths[0], bodyLength: lengths[1])
                expected[place] = DocumentLengths(title: lengths[0], body: lengths[1])
                live[place] = true
            }
            let chunk = try #require(decoded(writer.finish()), "seed: \(seed)")
            let areEqual = expected.indices.allSatisfy { place in
                let isLive = chunk.live[place / 64] >> UInt64(place % 64) & 1 == 1
                return chunk.lengths[place] == expected[place] && isLive == live[place]
            }
            #expect(areEqual, "seed: \(seed)")
        }
    }
}

@Suite struct DocumentLengthsTests {
    @Test func packsTheDocumentedExample() {
        let lengths = DocumentLengths(title: 3, body: 300)
        #expect(lengths.rawValue == 3 << 22 | 303)
        #expect(lengths.title == 3 && lengths.total == 303)
        #expect(DocumentLengths.none.total == 0)
    }

    @Test func countsWhatIsTooLongAsTheLongest() {
        for (title, body): (UInt32, UInt32) in [(2000, 0), (.max, 5), (.max, .max), (1023, 5_000_000), (0, .max)] {
            let lengths = DocumentLengths(title: title, body: body)
            #expect(lengths.title == min(title, 1023))
            #expect(UInt64(lengths.total) == min(UInt64(title) + UInt64(body), 4_194_303))
        }
    }
}
