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
    /// The row of the matrix for each beginning of the present word, the empty one first; as wide as the wanted word and one more.
    private var rows: [UInt8]
    /// The scalars of the present word that have rows, and where each ends in its bytes.
    private var scalars: [Unicode.Scalar] = []
    private var ends: [Int] = []
    /// Bytes of the present word from which on no word that begins so is near; nil when there are none.
    private var hopelessFrom: Int?

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
            rows.removeLast(width)
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
        let distance = Int(rows[rows.count - 1])
        return distance <= limit ? distance : nil
    }

    /// Adds the row of the last scalar; false when no number in it is within the limit.
    private mutating func appendRow() -> Bool {
        let row = scalars.count
        let (last, start) = (rows.count - width, rows.count)
        let scalar = scalars[row - 1]
        let beyond = UInt8(limit + 1)
        rows.append(contentsOf: repeatElement(beyond, count: width))
        var isHopeful = false
        let columns = max(0, row - limit)...max(0, row - limit, min(wanted.count, row + limit))
        for column in columns where column <= wanted.count {
            var cost: UInt8
            if column == 0 {
                cost = UInt8(min(row, limit + 1))
            } else {
                let isSame = wanted[column - 1] == scalar
                cost = rows[last + column - 1] + (isSame ? 0 : 1)
                cost = min(cost, rows[last + column] + 1, rows[start + column - 1] + 1)
                if row > 1, column > 1, !isSame, wanted[column - 2] == scalar, wanted[column - 1] == scalars[row - 2] {
                    cost = min(cost, rows[last - width + column - 2] + 1)
                }
            }
            cost = min(cost, beyond)
            rows[start + column] = cost
            isHopeful = isHopeful || cost <= UInt8(limit)
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
