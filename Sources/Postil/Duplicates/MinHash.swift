import Foundation

/// Sketches of texts that are likely equal somewhere when the texts resemble each other (Broder 1997; banding as in
/// Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3).
///
/// The least number that a hash function gives the shingles of a text is the same for two texts with a probability that is
/// their resemblance s. A sketch has ``bands`` keys, each made of the least numbers by ``rows`` functions, so that at least one
/// key of two texts is equal with the probability 1 - (1 - s^rows)^bands. `rows` is as great as it can be with a probability of
/// at least ``recall`` at the threshold; above the threshold it is nearer to 1.
///
/// At 0.8 there are 4 rows: 99.98 % of the pairs at the threshold, 99.9999 % at 0.9, 12 % at 0.3, 0.0004 % at 0.02.
struct MinHash: Sendable {
    /// Keys of a sketch: 64 bytes.
    static let bands = 16
    /// The share of pairs at the threshold that is found, at the least.
    static let recall = 0.999
    /// Least resemblance for which ``recall`` can be had: with one row.
    static let leastThreshold = 0.4

    /// Hash functions of a band.
    let rows: Int
    /// The functions: x -> (x ^ mask) * multiplier. The upper bits of the product, on which the least mostly depends, depend on
    /// all bits of the shingle, itself a hash.
    private let functions: [(mask: UInt64, multiplier: UInt64)]

    /// Sketches for finding pairs that resemble each other by `threshold` at least.
    init(threshold: Double) {
        precondition((Self.leastThreshold...1).contains(threshold), "threshold \(threshold)")
        // bands functions in a row fail together with 1 - recall: each of them with this.
        let leastEquality = 1 - pow(1 - Self.recall, 1 / Double(Self.bands))
        // 16 rows tell texts apart that share nine tenths, of which there are few.
        let rows = threshold < 1 ? min(16, Int(log(leastEquality) / log(threshold))) : 16
        self.rows = rows
        var state: UInt64 = 0
        func next() -> UInt64 {
            // SplitMix64 (Steele, Lea, Flood 2014): the same functions always.
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
        functions = (0..<rows * Self.bands).map { _ in (next(), next() | 1) }
    }

    /// Appends the sketch of a text with these shingles, of which there must be one.
    ///
    /// - Complexity: O(bands * rows * shingles).
    func append(sketchOf shingles: [UInt64], to sketches: inout [UInt32]) {
        for band in 0..<Self.bands {
            var key = UInt64(band)
            for function in functions[band * rows..<(band + 1) * rows] {
                var least = UInt64.max
                for shingle in shingles { least = min(least, (shingle ^ function.mask) &* function.multiplier) }
                let product = (key ^ least) &* 0x9E37_79B9_7F4A_7C15
                key = product ^ product >> 32
            }
            sketches.append(UInt32(truncatingIfNeeded: key >> 16))
        }
    }
}
