/// Lengths and existence of 4096 consecutive documents; see ``DocumentChunkFormat``.
public final class DocumentChunk {
    /// Tokens of title and body together, for each document; 0 for one that does not exist.
    public let lengths: UnsafeMutablePointer<UInt32>
    /// Bit `i % 64` of word `i / 64` is set when document `i` of the chunk exists.
    public let live: UnsafeMutablePointer<UInt64>

    private static let words = DocumentChunkFormat.length / 64

    /// A chunk without documents.
    public init() {
        lengths = .allocate(capacity: DocumentChunkFormat.length)
        lengths.initialize(repeating: 0, count: DocumentChunkFormat.length)
        live = .allocate(capacity: DocumentChunk.words)
        live.initialize(repeating: 0, count: DocumentChunk.words)
    }

    deinit {
        lengths.deallocate()
        live.deallocate()
    }

    /// Reads the stored form; nil when it is none.
    ///
    /// - Complexity: O(documents).
    public convenience init?(_ bytes: UnsafeRawBufferPointer) {
        self.init()
        guard bytes.count >= 2 + DocumentChunkFormat.liveBytes else { return nil }
        let widths = [Int(bytes[0]), Int(bytes[1])]
        guard widths.allSatisfy({ [0, 1, 2, 4].contains($0) }) else { return nil }
        var count = 0
        for word in 0..<DocumentChunk.words {
            // Safety: 8 * 64 bytes of the bitmap follow the two widths, checked above.
            let bits = bytes.loadUnaligned(fromByteOffset: 2 + 8 * word, as: UInt64.self).littleEndian
            live[word] = bits
            count += bits.nonzeroBitCount
        }
        guard bytes.count == 2 + DocumentChunkFormat.liveBytes + count * (widths[0] + widths[1]) else { return nil }
        var offset = 2 + DocumentChunkFormat.liveBytes
        for width in widths where width > 0 {
            for word in 0..<DocumentChunk.words {
                let bits = live[word]
                if bits == .max {
                    addLengths(bytes, at: offset, width: width, word: word)
                    offset += 64 * width
                    continue
                }
                var rest = bits
                while rest != 0 {
                    let document = word * 64 + rest.trailingZeroBitCount
                    rest &= rest &- 1
                    var value: UInt32 = 0
                    for byte in 0..<width { value |= UInt32(bytes[offset + byte]) << UInt32(8 * byte) }
                    lengths[document] &+= value
                    offset += width
                }
            }
        }
    }

    /// Adds the lengths of 64 documents that all exist: loops of a fixed width, which become vectors.
    private func addLengths(_ bytes: UnsafeRawBufferPointer, at offset: Int, width: Int, word: Int) {
        assert(offset + 64 * width <= bytes.count)
        // Safety: the caller has checked that the chunk has as many bytes as its documents need.
        let documents = lengths + 64 * word
        switch width {
        case 1: for index in 0..<64 { documents[index] &+= UInt32(bytes[offset + index]) }
        case 2:
            for index in 0..<64 {
                let value = bytes.loadUnaligned(fromByteOffset: offset + 2 * index, as: UInt16.self)
                documents[index] &+= UInt32(UInt16(littleEndian: value))
            }
        default:
            for index in 0..<64 {
                let value = bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self)
                documents[index] &+= UInt32(littleEndian: value)
            }
        }
    }
}
