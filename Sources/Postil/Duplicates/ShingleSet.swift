/// The different shingles of a text, to be compared with those of another. 8 bytes a shingle.
struct ShingleSet: Sendable {
    private let shingles: [UInt64]

    /// The set of `shingles`, which may be there several times and in any order.
    init(_ shingles: [UInt64]) {
        let sorted = shingles.sorted()
        var different: [UInt64] = []
        different.reserveCapacity(sorted.count)
        for shingle in sorted where shingle != different.last { different.append(shingle) }
        self.shingles = different
    }

    var count: Int { shingles.count }

    /// The share of the shingles of both texts that both have (Jaccard 1912; Broder's resemblance): 1 for equal sets, 0
    /// where one is empty.
    func resemblance(to other: ShingleSet) -> Double { resemblance(to: other, atLeast: 0) ?? 0 }

    /// The resemblance if it is at least `threshold`, at less cost where it is not.
    func resemblance(to other: ShingleSet, atLeast threshold: Double) -> Double? {
        // Of s shared shingles the union has count + other.count - s. Bounds round down.
        let both = Double(count + other.count)
        let needed = Int(threshold * both / (1 + threshold) - 1e-6)
        guard let shared = sharedCount(with: other, atLeast: needed), shared > 0 else { return threshold > 0 ? nil : 0 }
        let resemblance = Double(shared) / Double(count + other.count - shared)
        return resemblance >= threshold ? resemblance : nil
    }

    /// Whether `other` has at least the share `threshold` of these shingles (Broder's containment); false for none.
    func isContained(in other: ShingleSet, atLeast threshold: Double) -> Bool {
        let needed = Int((threshold * Double(count) - 1e-6).rounded(.up))
        return count > 0 && sharedCount(with: other, atLeast: needed) != nil
    }

    /// How many shingles both have; nil as soon as it is clear that they are fewer than `needed`.
    ///
    /// - Complexity: O(count + other.count); of unlike texts only the part that may be missing is looked at.
    private func sharedCount(with other: ShingleSet, atLeast needed: Int) -> Int? {
        // How many of each set may be passed over.
        var spare = count - needed
        var otherSpare = other.count - needed
        var (index, otherIndex, shared) = (0, 0, 0)
        while spare >= 0, otherSpare >= 0, index < count, otherIndex < other.count {
            let (mine, theirs) = (shingles[index], other.shingles[otherIndex])
            if mine == theirs { shared += 1 }
            if mine < theirs { spare -= 1 }
            if mine > theirs { otherSpare -= 1 }
            if mine <= theirs { index += 1 }
            if mine >= theirs { otherIndex += 1 }
        }
        return shared >= needed ? shared : nil
    }
}
