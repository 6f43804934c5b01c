/// The stored form of 4096 consecutive documents, of which one block after another is decoded; see ``DocumentChunkFormat``.
///
/// Takes the bytes of one chunk after another, so that its memory is used again.
public final class DocumentChunk {
    private let bytes: UnsafeMutableRawBufferPointer
    /// Documents that exist before each block, and last in the whole chunk.
    private let ranks: UnsafeMutablePointer<Int>
    /// The title lengths of a block, and behind them its body lengths.
    private let fields = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * 64)
    private var titleWidth = 0
    private var bodyWidth = 0

    private static let prologue = 2 + DocumentChunkFormat.liveBytes
    private static let widths: [UInt8] = [0, 1, 2, 4]

    /// A chunk without documents.
    public init() {
        bytes = .allocate(byteCount: DocumentChunk.prologue + 8 * DocumentChunkFormat.length, alignment: 8)
        ranks = .allocate(capacity: DocumentChunkFormat.blockCount + 1)
        ranks.initialize(repeating: 0, count: DocumentChunkFormat.blockCount + 1)
        fields.initialize(repeating: 0, count: 2 * 64)
        clear()
    }

    deinit {
        bytes.deallocate()
        ranks.deallocate()
        fields.deallocate()
    }

    /// Takes the stored form of a chunk; false, and a chunk without documents, when it is none.
    ///
    /// - Complexity: O(bytes), as fast as they can be copied.
    public func load(_ stored: UnsafeRawBufferPointer) -> Bool {
        guard stored.count >= DocumentChunk.prologue, stored.count <= bytes.count,
            DocumentChunk.widths.contains(stored[0]), DocumentChunk.widths.contains(stored[1])
        else {
            clear()
            return false
        }
        bytes.copyMemory(from: stored)
        titleWidth = Int(stored[0])
        bodyWidth = Int(stored[1])
        for block in 0..<DocumentChunkFormat.blockCount {
            ranks[block + 1] = ranks[block] + live(inBlock: block).nonzeroBitCount
        }
        guard stored.count == DocumentChunk.prologue + ranks[DocumentChunkFormat.blockCount] * (titleWidth + bodyWidth)
        else {
            clear()
            return false
        }
        return true
    }

    /// Makes it a chunk without documents.
    public func clear() {
        bytes[..<DocumentChunk.prologue].initializeMemory(as: UInt8.self, repeating: 0)
        ranks.update(repeating: 0, count: DocumentChunkFormat.blockCount + 1)
        titleWidth = 0
        bodyWidth = 0
    }

    /// The documents of a block that exist, as bits.
    public func live(inBlock block: Int) -> UInt64 {
        // Safety: the bitmap has 8 bytes a block, behind the two widths.
        assert(block >= 0 && block < DocumentChunkFormat.blockCount)
        return bytes.loadUnaligned(fromByteOffset: 2 + 8 * block, as: UInt64.self).littleEndian
    }

    /// Writes the lengths of a block's 64 documents; none for one that does not exist.
    public func readLengths(ofBlock block: Int, into lengths: UnsafeMutablePointer<DocumentLengths>) {
        fields.update(repeating: 0, count: 2 * 64)
        let live = live(inBlock: block)
        let titles = DocumentChunk.prologue
        let bodies = titles + ranks[DocumentChunkFormat.blockCount] * titleWidth
        add(live, at: titles + ranks[block] * titleWidth, width: titleWidth, to: fields)
        add(live, at: bodies + ranks[block] * bodyWidth, width: bodyWidth, to: fields + 64)
        for index in 0..<64 { lengths[index] = DocumentLengths(title: fields[index], body: fields[64 + index]) }
    }

    /// Adds a field's lengths. When all 64 documents exist, by loops of a fixed width, which become vectors.
    private func add(_ live: UInt64, at offset: Int, width: Int, to lengths: UnsafeMutablePointer<UInt32>) {
        assert(offset + live.nonzeroBitCount * width <= bytes.count)
        // Safety: `load` has checked that there are as many bytes as the documents need; `lengths` has 64 numbers.
        let field = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        switch (live, width) {
        case (_, 0): break
        case (.max, 1): for index in 0..<64 { lengths[index] &+= UInt32(field[index]) }
        case (.max, 2):
            for index in 0..<64 {
                let value = field.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                lengths[index] &+= UInt32(UInt16(littleEndian: value))
            }
        default:
            var place = 0
            var rest = live
            while rest != 0 {
                var value: UInt32 = 0
                for byte in 0..<width { value |= UInt32(field[place + byte]) << UInt32(8 * byte) }
                lengths[rest.trailingZeroBitCount] &+= value
                rest &= rest &- 1
                place += width
            }
        }
    }
}
