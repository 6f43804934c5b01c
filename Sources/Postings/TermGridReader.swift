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

    mutating func readBytes(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws(TermGrid.Damage) {
        guard count <= remaining else { throw TermGrid.Damage(offset: bytes.count, reason: "ends inside the bounds") }
        // Safety: count bytes are left, and the target has room for them.
        for index in 0..<count { target[index] = bytes[position + index] }
        position += count
    }

    mutating func readBlocks(layout: UInt8, count: Int, blockCount: Int, into blocks: UnsafeMutablePointer<UInt32>)
        throws(TermGrid.Damage)
    {
        var found = 0
        switch layout {
        case TermGridFormat.bitmapLayout:
            let length = (blockCount + 7) / 8
            guard length <= remaining else {
                throw TermGrid.Damage(offset: bytes.count, reason: "ends inside the bitmap")
            }
            for index in 0..<length {
                var rest = bytes[position + index]
                while rest != 0 {
                    let block = index * 8 + rest.trailingZeroBitCount
                    rest &= rest &- 1
                    guard found < count, block < blockCount else {
                        throw TermGrid.Damage(offset: position + index, reason: "more blocks than announced")
                    }
                    blocks[found] = UInt32(block)
                    found += 1
                }
            }
            position += length
            guard found == count else { throw TermGrid.Damage(offset: position, reason: "fewer blocks than announced") }
        case TermGridFormat.distanceLayout:
            var block = -1
            while found < count {
                block += try varint()
                guard block < blockCount, found == 0 || block > Int(blocks[found - 1]), block >= 0 else {
                    throw TermGrid.Damage(offset: position, reason: "block \(block) is out of place")
                }
                blocks[found] = UInt32(block)
                found += 1
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
