/// The least shingles of a text, by which most texts are told apart without a look at the others (Broder's min_s,
/// "On the resemblance and containment of documents", 1997). 128 bytes a text.
///
/// A shingle is a hash already, so the least are a fair sample of the text's. Of the ``mostCount`` least of two texts together,
/// the share that both have is near the texts' resemblance.
struct LeastShingles: Sendable {
    /// Shingles of a sample. Two texts that share eight tenths of their shingles have fewer than ``leastShared`` of 16 in common
    /// in two of a million cases.
    static let mostCount = 16
    /// Of ``mostCount``, so many have to agree before texts themselves are compared.
    static let leastShared = 5
    /// Texts that resemble each other have one of their first so many in common; all but three pairs of a million at 0.8.
    static let keyCount = 8

    /// Ascending and different.
    private(set) var values: [UInt64] = []

    /// The least of `shingles`, which may be there several times and in any order.
    ///
    /// - Complexity: A comparison for each shingle, and a few insertions.
    init(of shingles: [UInt64]) {
        values.reserveCapacity(Self.mostCount + 1)
        var limit = UInt64.max
        for shingle in shingles where shingle <= limit {
            var place = values.count
            while place > 0, values[place - 1] > shingle { place -= 1 }
            if place > 0, values[place - 1] == shingle { continue }
            values.insert(shingle, at: place)
            if values.count > Self.mostCount { values.removeLast() }
            if values.count == Self.mostCount { limit = values[Self.mostCount - 1] }
        }
    }

    /// What texts that may resemble each other have in common somewhere.
    var keys: ArraySlice<UInt64> { values.prefix(Self.keyCount) }

    /// Whether the texts may have eight tenths of their shingles in common.
    func mayResemble(_ other: LeastShingles) -> Bool {
        var (index, otherIndex, seen, shared) = (0, 0, 0, 0)
        while seen < Self.mostCount, index < values.count || otherIndex < other.values.count {
            let mine = index < values.count ? values[index] : .max
            let theirs = otherIndex < other.values.count ? other.values[otherIndex] : .max
            seen += 1
            if mine == theirs { shared += 1 }
            if mine <= theirs { index += 1 }
            if theirs <= mine { otherIndex += 1 }
        }
        return shared * Self.mostCount >= Self.leastShared * seen && shared > 0
    }

    /// Whether a text that has the shingles of `filter` may have eight tenths of this text's.
    func mayStand(in filter: ShingleFilter) -> Bool {
        let found = values.reduce(0) { $0 + (filter.mayContain($1) ? 1 : 0) }
        return found * Self.mostCount >= Self.leastShared * values.count && found > 0
    }
}

/// Tells of most shingles that a text does not have them (Bloom 1970, with one function: a shingle is a hash already).
struct ShingleFilter {
    /// Bits for each shingle; one in so many others is taken for one of the text's.
    private static let bitsPerShingle = 16

    private var words: [UInt64]
    private let mask: UInt64

    init(of shingles: [UInt64]) {
        var bits = 64
        while bits < shingles.count * Self.bitsPerShingle { bits *= 2 }
        words = [UInt64](repeating: 0, count: bits / 64)
        mask = UInt64(bits - 1)
        for shingle in shingles {
            let bit = (shingle >> 20) & mask
            words[Int(bit >> 6)] |= 1 << (bit & 63)
        }
    }

    /// False only if the text does not have it.
    func mayContain(_ shingle: UInt64) -> Bool {
        let bit = (shingle >> 20) & mask
        return words[Int(bit >> 6)] & (1 << (bit & 63)) != 0
    }
}
