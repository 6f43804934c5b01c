/// A walk over words in ascending order that finds those within some edits of one: insertions, deletions, substitutions and swaps of
/// neighbours that are edited no further (optimal string alignment; Damerau 1964).
///
/// Words that begin alike share the rows of the distance matrix for what they share, and as soon as a row has no number within the
/// limit, all words that begin so are passed over. Only the numbers within the limit of the diagonal are computed.
///
/// Equivalent to: comparing each word with the whole matrix.
struct NearWordWalk {
    private let wanted: [Unicode.Scalar]
    private let limit: Int
    /// The row of the matrix for each beginning of the present word, the empty one first, as wide as the wanted word and one more;
    /// and room for others. Of each, the numbers within the limit of the diagonal and those beside them are set.
    private var rows: [UInt8]
    /// The scalars of the present word that have rows, and where each ends in its bytes.
    private var scalars: [Unicode.Scalar] = []
    private var ends: [Int] = []
    /// Bytes of the present word from which on no word that begins so is near; nil when there are none.
    private(set) var hopelessFrom: Int?

    private var width: Int { wanted.count + 1 }

    /// - Parameter limit: Most edits, less than 255.
    init(_ wanted: [Unicode.Scalar], within limit: Int) {
        assert(limit >= 0 && limit < 255)
        self.wanted = wanted
        self.limit = limit
        rows = (0...wanted.count).map { UInt8(min($0, limit + 1)) }
    }

    /// Whether no word is near that has as many bytes in common with the word before.
    @inline(__always)
    func isHopeless(sharing shared: Int) -> Bool { hopelessFrom.map { shared >= $0 } ?? false }

    /// Edits between the wanted word and `key`; nil for more than the limit.
    ///
    /// - Parameters:
    ///   - key: Valid UTF-8.
    ///   - shared: Bytes that it has in common with the word before, at most.
    mutating func distance(to key: ArraySlice<UInt8>, shared: Int) -> Int? {
        if isHopeless(sharing: shared) { return nil }
        hopelessFrom = nil
        while let end = ends.last, end > shared {
            ends.removeLast()
            scalars.removeLast()
        }
        var place = ends.last ?? 0
        while place < key.count {
            let (scalar, length) = Self.scalar(key, at: key.startIndex + place)
            place += length
            ends.append(place)
            scalars.append(scalar)
            if !appendRow() {
                hopelessFrom = place
                return nil
            }
        }
        guard abs(scalars.count - wanted.count) <= limit else { return nil }
        let distance = Int(rows[scalars.count * width + wanted.count])
        return distance <= limit ? distance : nil
    }

    /// Adds the row of the last scalar; false when no number in it is within the limit.
    private mutating func appendRow() -> Bool {
        let row = scalars.count
        let (width, start, limit) = (width, row * width, limit)
        let beyond = UInt8(limit + 1)
        let (low, high) = (max(0, row - limit), min(wanted.count, row + limit))
        guard low <= high else { return false }
        if rows.count < start + width { rows += repeatElement(beyond, count: max(width, rows.count)) }
        let scalar = scalars[row - 1]
        let before = row > 1 ? scalars[row - 2] : nil
        var isHopeful = false
        rows.withUnsafeMutableBufferPointer { rows in
            // Safety: all places lie in this row and the two before it, for which there is room.
            assert(start + width <= rows.count && high < width && start >= width)
            let last = start - width
            if low > 0 { rows[start + low - 1] = beyond }
            if high < wanted.count { rows[start + high + 1] = beyond }
            for column in low...high {
                var cost = beyond
                if column == 0 {
                    cost = UInt8(min(row, limit + 1))
                } else {
                    let isSame = wanted[column - 1] == scalar
                    cost = rows[last + column - 1] + (isSame ? 0 : 1)
                    cost = min(cost, rows[last + column] + 1, rows[start + column - 1] + 1)
                    if let before, column > 1, !isSame, wanted[column - 2] == scalar, wanted[column - 1] == before {
                        cost = min(cost, rows[last - width + column - 2] + 1)
                    }
                }
                cost = min(cost, beyond)
                rows[start + column] = cost
                isHopeful = isHopeful || cost <= UInt8(limit)
            }
        }
        // A swap with the next letter begins from the row before; what is within the limit after it is one less there, and so
        // within the limit in this row, too.
        return isHopeful
    }

    private static func scalar(_ bytes: ArraySlice<UInt8>, at place: Int) -> (Unicode.Scalar, length: Int) {
        let first = bytes[place]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        var decoder = UTF8()
        var rest = bytes[place...].prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return ("\u{FFFD}", 1) }
        return (scalar, UTF8.width(scalar))
    }
}
