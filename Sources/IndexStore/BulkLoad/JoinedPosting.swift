import Postings

/// The posting of a document whose positions were put aside piece by piece.
///
/// In each piece positions are reckoned from the beginning of the field on. Example: `05 07` and `0E`, which are 3 and 8, and 12 of the
/// body, are joined to `05 07 06`.
struct JoinedPosting {
    /// The mark of another field.
    private static let mark: UInt64 = 1
    /// What is added to each difference of positions, since 0 and 1 are marks.
    private static let base: UInt64 = 2

    private var poslist: [UInt8] = []
    private var column: UInt64 = 0
    private var position: UInt64 = 0

    /// Adds the next piece, which has padding behind it: positions behind those that are here.
    mutating func append(_ piece: UnsafeRawBufferPointer) {
        guard var next = piece.baseAddress else { return }
        let end = next + piece.count
        // In the piece.
        var place: UInt64 = 0
        while next < end {
            // Safety: a table wrote whole numbers, and padding follows them.
            let value = Varint.decode(&next)
            if value == Self.mark {
                let other = Varint.decode(&next)
                place = 0
                guard other != column else { continue }
                append(Self.mark)
                append(other)
                (column, position) = (other, 0)
            } else {
                place += value - Self.base
                assert(place >= position)
                append(place - position + Self.base)
                position = place
            }
        }
        assert(next == end)
    }

    /// The size and the positions.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        Varint.append(UInt64(poslist.count) << 1, to: &bytes)
        return bytes + poslist
    }

    private mutating func append(_ value: UInt64) { Varint.append(value, to: &poslist) }
}
