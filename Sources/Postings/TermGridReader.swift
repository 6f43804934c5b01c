/// Takes the stored form of a term grid apart; see ``TermGridFormat``. Every read is checked.
struct TermGridReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func byte() throws(TermGrid.Damage) -> UInt8 {
        guard position < bytes.count else { throw TermGrid.Damage(offset: position, reason: "ends too early") }
        position += 1
        return bytes[position - 1]
    }

    mutating func varint() throws(TermGrid.Damage) -> Int {
        var value = 0
        for shift in stride(from: 0, through: 42, by: 7) {
            let byte = try byte()
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw TermGrid.Damage(offset: position, reason: "a number has too many bytes")
    }

    /// Passes over `count` bytes; where they start.
    mutating func skip(_ count: Int) throws(TermGrid.Damage) -> Int {
        guard count <= remaining else { throw TermGrid.Damage(offset: bytes.count, reason: "ends inside the bounds") }
        defer { position += count }
        return position
    }

    /// Sets the bits of the blocks that are not empty: `count` of them, below `blockCount`.
    mutating func readBlocks(
        layout: UInt8, count: Int, blockCount: Int, into words: UnsafeMutablePointer<TermGrid.Word>
    )
        throws(TermGrid.Damage)
    {
        switch layout {
        case TermGridFormat.bitmapLayout:
            let length = (blockCount + 7) / 8
            guard length <= remaining else {
                throw TermGrid.Damage(offset: bytes.count, reason: "ends inside the bitmap")
            }
            var found = 0
            for index in 0..<length {
                let byte = bytes[position + index]
                guard index * 8 + 8 - byte.leadingZeroBitCount <= blockCount else {
                    throw TermGrid.Damage(offset: position + index, reason: "more blocks than announced")
                }
                words[index >> 3].bits |= UInt64(byte) << UInt64(8 * (index & 7))
                found += byte.nonzeroBitCount
            }
            position += length
            guard found == count else {
                throw TermGrid.Damage(offset: position, reason: "\(found) blocks, but \(count) announced")
            }
        case TermGridFormat.distanceLayout:
            var block = -1
            for _ in 0..<count {
                let distance = try varint()
                block += distance
                guard distance > 0, block < blockCount else {
                    throw TermGrid.Damage(offset: position, reason: "block \(block) is out of place")
                }
                words[block >> 6].bits |= 1 << UInt64(block & 63)
            }
        default:
            throw TermGrid.Damage(offset: position - 1, reason: "layout \(layout) is not known")
        }
    }

    func copyRest(into target: UnsafeMutablePointer<UInt8>) {
        // Safety: the caller has allocated `remaining` bytes.
        UnsafeMutableRawBufferPointer(start: target, count: remaining)
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position...]))
    }
}
