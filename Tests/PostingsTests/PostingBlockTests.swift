import PostilTestSupport
import Postings
import Testing

@Suite struct PostingBlockTests {
    private func decoded(_ bytes: [UInt8]) throws -> [BlockPosting] {
        var padded = bytes + Array(repeating: 0, count: PostingBlockReader.padding)
        return try padded.withUnsafeMutableBufferPointer { buffer in
            let start = UnsafePointer(try #require(buffer.baseAddress))
            let measured = try #require(PostingBlockReader.measure(start, available: bytes.count))
            #expect(measured.length == bytes.count && measured.mask == PostingBlockReader(start).mask)
            var postings: [BlockPosting] = []
            let reader = PostingBlockReader(start)
            reader.forEach(in: .max) { document, code, title, body in
                let single = reader.posting(of: document)
                #expect(single.code == code && single.title == title && single.body == body, "document \(document)")
                let frequencies = code < 15 ? PostingBlockReader.frequencies(ofCode: code) : (title, body)
                postings.append(
                    BlockPosting(
                        document: UInt8(document), titleFrequency: frequencies.0, bodyFrequency: frequencies.1))
            }
            return postings
        }
    }

    private func packed(_ postings: [BlockPosting], by writer: inout PostingBlockWriter) -> [UInt8] {
        for posting in postings {
            writer.append(
                document: Int(posting.document), titleFrequency: posting.titleFrequency,
                bodyFrequency: posting.bodyFrequency)
        }
        var room = [UInt8](repeating: 0xFF, count: PostingBlockWriter.maximumSize)
        let count = room.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { writer.finish(into: $0) } ?? 0
        }
        return Array(room[..<count])
    }

    @Test func exampleOfTheFormat() throws {
        var writer = PostingBlockWriter()
        let postings = [
            BlockPosting(document: 7, titleFrequency: 0, bodyFrequency: 1),
            BlockPosting(document: 11, titleFrequency: 0, bodyFrequency: 3),
        ]
        var bytes = packed(postings, by: &writer)
        #expect(bytes == [0x01, 0x07, 0x8B])
        #expect(try decoded(bytes) == postings)
        let exception = [BlockPosting(document: 5, titleFrequency: 2, bodyFrequency: 4)]
        bytes = packed(exception, by: &writer)
        #expect(bytes == [0x00, 0xC5, 0x12])
        #expect(try decoded(bytes) == exception)
    }

    @Test func everyCountAndFrequency() throws {
        var writer = PostingBlockWriter()
        for seed in UInt64(0)..<400 {
            var generator = SplitMix64(seed: seed)
            let count = Int.random(in: 1...64, using: &generator)
            let most = [1, 2, 3, 4, 14, 63, 64, 300, .max].randomElement(using: &generator) ?? UInt32(1)
            let titleShare = Int.random(in: 1...6, using: &generator)
            let postings = (0..<64).shuffled(using: &generator).prefix(count).sorted().map { document in
                let title =
                    Int.random(in: 0..<titleShare, using: &generator) == 0
                    ? UInt32.random(in: 0...most, using: &generator) : 0
                return BlockPosting(
                    document: UInt8(document), titleFrequency: title,
                    bodyFrequency: UInt32.random(in: (title == 0 ? 1 : 0)...most, using: &generator))
            }
            let bytes = packed(postings, by: &writer)
            #expect(bytes == ReferencePostingBlock.packed(postings), "seed: \(seed)")
            #expect(try decoded(bytes) == postings, "seed: \(seed)")
        }
    }
}
