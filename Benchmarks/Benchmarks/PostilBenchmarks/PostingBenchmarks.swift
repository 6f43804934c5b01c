import Benchmark
import Postings
import Workloads

/// Packed blocks of postings: how fast they are written, and how fast all or few of their documents are read.
func registerPostings() {
    var random = NumberSequence(seed: 5)
    let blocks = (0..<Scale.current.pick(tiny: 20, full: 2_000)).map { _ in randomBlock(&random) }
    var packed: [UInt8] = []
    var starts: [Int] = []
    for block in blocks {
        starts.append(packed.count)
        packed += pack([block])
    }
    let length = packed.count
    packed += [UInt8](repeating: 0, count: PostingBlockReader.padding)
    register("Posting blocks, written", expecting: length) { pack(blocks).count }
    for (name, wanted) in [("all documents", UInt64.max), ("every eighth document", 0x0101_0101_0101_0101)] {
        let expected = blocks.reduce(0) { sum, block in
            block.filter { wanted >> UInt64($0.document) & 1 == 1 }.reduce(sum) {
                $0 + Int($1.titleFrequency) + Int($1.bodyFrequency)
            }
        }
        register("Posting blocks, read, \(name)", expecting: expected) { read(packed, starts, wanted) }
    }
    registerVarints(&random)
}

private struct BlockPosting: Equatable {
    var document: UInt8
    var titleFrequency: UInt32
    var bodyFrequency: UInt32
}

/// Between 1 and 64 documents, most with few occurrences, as text has it.
private func randomBlock(_ random: inout NumberSequence) -> [BlockPosting] {
    let density = 1 + random.below(16)
    let postings = (0..<64 as Range<UInt8>).filter { _ in random.below(16) < density }.map { document in
        BlockPosting(
            document: document, titleFrequency: random.below(8) == 0 ? 1 : 0,
            bodyFrequency: UInt32(1 + (random.below(4) == 0 ? random.below(12) : 0)))
    }
    return postings.isEmpty ? [BlockPosting(document: 9, titleFrequency: 0, bodyFrequency: 1)] : postings
}

/// The packed blocks, one after another.
private func pack(_ blocks: [[BlockPosting]]) -> [UInt8] {
    var writer = PostingBlockWriter()
    return [UInt8](unsafeUninitializedCapacity: blocks.count * PostingBlockWriter.maximumSize) { room, count in
        guard let base = room.baseAddress else { return }
        for block in blocks {
            for posting in block {
                writer.append(
                    document: Int(posting.document), titleFrequency: posting.titleFrequency,
                    bodyFrequency: posting.bodyFrequency)
            }
            // Safety: there is room for blocks of the greatest size.
            count += writer.finish(into: UnsafeMutableRawPointer(base + count))
        }
    }
}

/// The sum of all frequencies of the wanted documents.
private func read(_ packed: [UInt8], _ starts: [Int], _ wanted: UInt64) -> Int {
    packed.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        var sum = 0
        for start in starts {
            // Safety: every start is that of a block just packed, and padding lies behind the last.
            PostingBlockReader(base + start).forEach(in: wanted) { _, code, title, body in
                if code == 15 {
                    sum += Int(title + body)
                } else {
                    let frequencies = PostingBlockReader.frequencies(ofCode: code)
                    sum += Int(frequencies.title + frequencies.body)
                }
            }
        }
        return sum
    }
}

private func registerVarints(_ random: inout NumberSequence) {
    let values = (0..<Scale.current.pick(tiny: 100, full: 100_000)).map { _ in
        UInt64(random.below(1 << (1 + random.below(20))))
    }
    var bytes: [UInt8] = []
    for value in values { Varint.append(value, to: &bytes) }
    register("Varints, read", expecting: values.reduce(0, &+)) {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            var sum: UInt64 = 0
            while let value = Varint.read(buffer, at: &offset) { sum &+= value }
            return sum
        }
    }
}
