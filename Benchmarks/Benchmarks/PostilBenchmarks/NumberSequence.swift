/// Seeded random numbers, so that a benchmark does the same work every time (SplitMix64; Steele, Lea, Flood 2014).
struct NumberSequence {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number in `0..<bound`.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        word ^= word >> 31
        return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
    }
}
