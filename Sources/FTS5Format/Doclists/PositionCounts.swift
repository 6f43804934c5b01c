import Postings

/// Counts the positions of a poslist by column, eight bytes at a time, without decoding them.
///
/// Equivalent to: read all positions (``PositionReader``) and count those of each column. A varint's last byte is the
/// one below 0x80, so positions are counted as such bytes; a byte 01 right behind such a byte starts a column.
///
/// - Parameters:
///   - poslist: `count` bytes, and eight readable ones behind them.
///   - counts: set to the count of column `c` at `c * stride`, for every column.
/// - Returns: nil, or what is wrong with the list. Offsets are not looked at.
@inline(__always)
func countPositions(
    _ poslist: UnsafeRawPointer, count: Int, columns: Int,
    into counts: UnsafeMutablePointer<UInt32>, stride: Int
) -> FTS5Damage? {
    if count <= 8, count > 0 {
        // One word, and only the first column or only one other.
        // Safety: count > 0, and eight bytes from the list on are readable.
        let word = UInt64(littleEndian: poslist.loadUnaligned(as: UInt64.self))
        let ends = endsOfWord(poslist, count: count)
        guard ends &>> (8 * count - 1) != 0 else { return .poslistBroken }
        let marks = markers(word, ends: ends, startsAtVarint: true) & (UInt64.max &>> (64 - 8 * count))
        if marks == 0 {
            counts[0] = byteCount(ends)
            if columns == 2 { counts[stride] = 0 } else { clear(columns, counts, stride) }
            return nil
        }
        if columns == 2 {
            // `01 01` starts column 1: two marks side by side and no third, with something behind them.
            let first = marks.trailingZeroBitCount
            let before = byteCount(ends & ~(UInt64.max &<< (first - 7)))
            if marks == 0x0101 &<< first, first + 9 < 8 * count {
                counts[0] = before
                counts[stride] = byteCount(ends) - before - 2
                return nil
            }
        }
    }
    return countPositionsOfAnyList(poslist, count: count, columns: columns, into: counts, stride: stride)
}

/// Sets the counts of all columns but the first to zero.
private func clear(_ columns: Int, _ counts: UnsafeMutablePointer<UInt32>, _ stride: Int) {
    for column in 1..<max(1, columns) { counts[column * stride] = 0 }
}

private let highBits: UInt64 = 0x8080_8080_8080_8080
private let ones: UInt64 = 0x0101_0101_0101_0101

/// The high bits of those of `count` bytes, 1 to 8, that end a varint.
@inline(__always)
private func endsOfWord(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    // Safety: as the callers say.
    ~UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) & (highBits &>> (64 - 8 * count))
}

/// How many of the bytes whose high bits `flags` holds are set: a multiplication adds them up in the top byte.
@inline(__always)
private func byteCount(_ flags: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: ((flags >> 7) &* ones) >> 56)
}

/// The high bit of each byte of `word` that is 01 and starts a varint.
@inline(__always)
private func markers(_ word: UInt64, ends: UInt64, startsAtVarint: Bool) -> UInt64 {
    let different = word ^ ones
    let isOne = ~(((different & ~highBits) &+ ~highBits) | different) & highBits
    return isOne & (ends << 8 | (startsAtVarint ? 0x80 : 0))
}

/// The case of any length and any columns.
private func countPositionsOfAnyList(
    _ poslist: UnsafeRawPointer, count: Int, columns: Int,
    into counts: UnsafeMutablePointer<UInt32>, stride: Int
) -> FTS5Damage? {
    for column in 0..<columns { counts[column * stride] = 0 }
    guard count > 0 else { return nil }
    // Safety: count > 0.
    guard poslist.load(fromByteOffset: count - 1, as: UInt8.self) < 0x80 else { return .poslistBroken }
    var column = 0
    var total: UInt32 = 0
    var offset = 0
    var startsAtVarint = true
    while offset < count {
        // Safety: offset < count, and eight bytes behind the list are readable.
        assert(offset < count)
        let word = UInt64(littleEndian: poslist.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let rest = count - offset
        let mask = rest >= 8 ? UInt64.max : UInt64.max &>> (64 - 8 * rest)
        let ends = ~word & highBits & mask
        let marks = markers(word, ends: ends, startsAtVarint: startsAtVarint) & mask
        if marks == 0 {
            total &+= byteCount(ends)
            startsAtVarint = word >> 63 == 0
            offset += 8
            continue
        }
        let mark = marks.trailingZeroBitCount >> 3
        total &+= byteCount(ends & ~(UInt64.max &<< (8 * mark)))
        counts[column * stride] = total
        // Safety: the last byte of the list ends a varint, so a varint that starts within it ends within it.
        var next = poslist + offset + mark + 1
        guard next - poslist < count else { return .poslistBroken }
        let value = Varint.decode(&next)
        guard value < UInt64(columns) else { return .columnOutOfRange }
        guard value > UInt64(column), next - poslist < count else { return .poslistBroken }
        column = Int(value)
        total = 0
        offset = next - poslist
        startsAtVarint = true
    }
    counts[column * stride] = total
    return nil
}
