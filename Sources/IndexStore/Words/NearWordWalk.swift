/// A walk over words in ascending order that finds those within some edits of one: insertions, deletions, substitutions and swaps of
/// neighbours that are edited no further (optimal string alignment; Damerau 1964).
///
/// For each number of edits a set of bits says how much of the wanted word can have been read: bit `j` stands for its first `j`
/// letters. Reading a letter moves all of them at once (Wu and Manber, Fast text searching allowing errors, CACM 35, 1992; swaps
/// after Hyyrö 2003). Words that begin alike share the sets for what they share, and as soon as there is no bit left, all words
/// that begin so are passed over.
///
/// Example: of *ab*, after reading *b*, no edit leads to no bit; one to bits 1 (*b* for *a*) and 2 (*a* is missing).
///
/// Equivalent to: comparing each word with the whole matrix of distances.
struct NearWordWalk<Bits: FixedWidthInteger & UnsignedInteger & Sendable> {
    private let wanted: [Unicode.Scalar]
    private let limit: Int
    /// Of each ASCII letter the bits behind which it may be read: `j + 1` where it is the letter `j` of the wanted word.
    private let letters: [Bits]
    /// All bits of the wanted word.
    private let all: Bits
    /// The sets after each letter of the present word, `limit + 1` each: those before its first letter in the second place, and
    /// none in the first, which a swap may look at.
    private var sets: [Bits]
    /// The letters' own bits, likewise, and where each ends in the word's bytes.
    private var masks: [Bits]
    private var ends: [Int]
    /// Letters of the present word that have sets.
    private var depth = 0
    /// Bytes of the present word from which on no word that begins so is near; nil when there are none.
    private(set) var hopelessFrom: Int?

    /// The longest word that a walk can look for.
    static var longestWanted: Int { Bits.bitWidth - 1 }

    /// - Parameters:
    ///   - wanted: Of at most ``longestWanted`` scalars.
    ///   - limit: Most edits.
    init(_ wanted: [Unicode.Scalar], within limit: Int) {
        precondition(limit >= 0 && wanted.count <= Self.longestWanted, "\(wanted.count) letters, \(limit) edits")
        self.wanted = wanted
        self.limit = limit
        all = Bits.max >> (Bits.bitWidth - 1 - wanted.count)
        var letters = [Bits](repeating: 0, count: 128)
        for (place, scalar) in wanted.enumerated() where scalar.isASCII { letters[Int(scalar.value)] |= 2 << place }
        self.letters = letters
        // A letter more than the wanted word and all edits has no bits left.
        let rows = wanted.count + limit + 3
        sets = [Bits](repeating: 0, count: rows * (limit + 1))
        masks = [Bits](repeating: 0, count: rows)
        ends = [Int](repeating: 0, count: rows)
        // Letters of the wanted word may be missing from the beginning on.
        for edits in 0...limit { sets[limit + 1 + edits] = Bits(truncatingIfNeeded: (2 << edits) - 1) & all }
    }

    /// Whether no word is near that has as many bytes in common with the word before.
    @inline(__always)
    func isHopeless(sharing shared: Int) -> Bool { hopelessFrom.map { shared >= $0 } ?? false }

    /// Edits between the wanted word and a key; nil for more than the limit.
    ///
    /// - Parameters:
    ///   - key: Valid UTF-8.
    ///   - shared: Bytes that it has in common with the word before, at most.
    mutating func distance(to key: UnsafeBufferPointer<UInt8>, shared: Int) -> Int? {
        if isHopeless(sharing: shared) { return nil }
        hopelessFrom = nil
        while depth > 0, ends[depth] > shared { depth -= 1 }
        var place = ends[depth]
        while place < key.count {
            let (mask, length) = bits(ofLetterIn: key, at: place)
            place += length
            depth += 1
            ends[depth] = place
            if !read(mask) {
                hopelessFrom = place
                return nil
            }
        }
        let last = (depth + 1) * (limit + 1)
        return (0...limit).first { sets[last + $0] >> wanted.count & 1 == 1 }
    }

    /// Computes the sets after a letter; false when all are empty.
    @inline(__always)
    private mutating func read(_ mask: Bits) -> Bool {
        masks[depth] = mask
        let (width, all, swapped) = (limit + 1, all, masks[depth - 1] & mask << 1)
        let row = (depth + 1) * width
        return sets.withUnsafeMutableBufferPointer { sets in
            // Safety: the row and the two before it lie in the sets, since there is a row more than a depth can be.
            assert(row - 2 * width >= 0 && row + width <= sets.count)
            var before = sets[row - width]
            var now = before << 1 & mask
            sets[row] = now
            for edits in 1..<max(width, 1) {
                // A letter too many, another letter, one too few, two swapped.
                var next = before | before << 1 | now << 1
                next |= sets[row - 2 * width + edits - 1] << 2 & swapped
                before = sets[row - width + edits]
                now = (next | before << 1 & mask) & all
                sets[row + edits] = now
            }
            // A swap with the next letter begins from the row before; what is within the limit after it is one less there, and so
            // within the limit in this row, too.
            return now != 0
        }
    }

    /// The bits of the letter at a place of a key, and how many bytes it takes.
    @inline(__always)
    private func bits(ofLetterIn key: UnsafeBufferPointer<UInt8>, at place: Int) -> (Bits, length: Int) {
        let first = key[place]
        if first < 0x80 { return (letters[Int(first)], 1) }
        var decoder = UTF8()
        var rest = key[place...].prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return (0, 1) }
        var mask: Bits = 0
        for (place, letter) in wanted.enumerated() where letter == scalar { mask |= 2 << place }
        return (mask, UTF8.width(scalar))
    }
}
