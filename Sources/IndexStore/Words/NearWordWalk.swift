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
/// A class with memory of its own, so that no letter takes a check for exclusive access.
///
/// Equivalent to: comparing each word with the whole matrix of distances.
final class NearWordWalk<Bits: FixedWidthInteger & UnsignedInteger> {
    private let wanted: [Unicode.Scalar]
    private let count: Int
    private let limit: Int
    /// Of each ASCII letter the bits behind which it may be read: `j + 1` where it is the letter `j` of the wanted word.
    private let letters: UnsafeMutablePointer<Bits>
    /// All bits of the wanted word.
    private let all: Bits
    /// A row for each letter of the present word: its own bits, and the sets after it, `limit + 1` of them. Those before the first
    /// letter have the second row; the first is empty, for a swap to look at.
    private let rows: UnsafeMutablePointer<Bits>
    /// Where each letter ends in the word's bytes; 0 before the first.
    private let ends: UnsafeMutablePointer<Int>
    private let depths: Int
    /// Letters of the present word that have sets.
    @exclusivity(unchecked) private var depth = 0
    /// Bytes of the present word from which on no word that begins so is near; nil when there are none.
    @exclusivity(unchecked) private(set) var hopelessFrom: Int?

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
        letters = .allocate(capacity: 128)
        letters.initialize(repeating: 0, count: 128)
        for (place, scalar) in wanted.enumerated() where scalar.isASCII { letters[Int(scalar.value)] |= 2 << place }
        count = wanted.count
        // After a letter more than the wanted word and all edits there is no bit left.
        depths = wanted.count + limit + 2
        ends = .allocate(capacity: depths)
        ends.initialize(repeating: 0, count: depths)
        rows = .allocate(capacity: (depths + 1) * (limit + 2))
        rows.initialize(repeating: 0, count: (depths + 1) * (limit + 2))
        // Letters of the wanted word may be missing from the beginning on.
        for edits in 0...limit { rows[limit + 2 + 1 + edits] = Bits(truncatingIfNeeded: (2 << edits) - 1) & all }
    }

    deinit {
        letters.deallocate()
        rows.deallocate()
        ends.deallocate()
    }

    /// Whether no word is near that has as many bytes in common with the word before.
    @inline(__always)
    func isHopeless(sharing shared: Int) -> Bool { hopelessFrom.map { shared >= $0 } ?? false }

    /// Edits between the wanted word and a key; nil for more than the limit.
    ///
    /// - Parameters:
    ///   - key: Valid UTF-8, up to a zero or the end.
    ///   - shared: Bytes that it has in common with the word before, at most.
    func distance(to key: UnsafeRawBufferPointer, shared: Int) -> Int? {
        if isHopeless(sharing: shared) { return nil }
        hopelessFrom = nil
        let width = limit + 2
        while depth > 0, ends[depth] > shared { depth -= 1 }
        var place = ends[depth]
        while place < key.count, key[place] != 0 {
            let (mask, length) = bits(ofLetterIn: key, at: place)
            place += length
            depth += 1
            // Safety: there is an end and a row for each depth up to the first without a bit.
            assert(depth < depths)
            ends[depth] = place
            if !read(mask, into: rows + (depth + 1) * width, width: width) {
                hopelessFrom = place
                return nil
            }
        }
        let last = (depth + 1) * width + 1
        return (0...limit).first { rows[last + $0] >> count & 1 == 1 }
    }

    /// Fills the row of a letter from the two before it; false when all its sets are empty.
    @inline(__always)
    private func read(_ mask: Bits, into row: UnsafeMutablePointer<Bits>, width: Int) -> Bool {
        let (last, beforeLast) = (row - width, row - 2 * width)
        let swapped = last[0] & mask << 1
        row[0] = mask
        var before = last[1]
        var now = before << 1 & mask
        row[1] = now
        for edits in 1..<width - 1 {
            // A letter too many, another letter, one too few, two swapped.
            var next = before | before << 1 | now << 1
            next |= beforeLast[edits] << 2 & swapped
            before = last[edits + 1]
            now = (next | before << 1 & mask) & all
            row[edits + 1] = now
        }
        // A swap with the next letter begins from the row before; what is within the limit after it is one less there, and so
        // within the limit in this row, too.
        return now != 0
    }

    /// The bits of the letter at a place of a key, and how many bytes it takes.
    @inline(__always)
    private func bits(ofLetterIn key: UnsafeRawBufferPointer, at place: Int) -> (Bits, length: Int) {
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
