/// A seeded stream of random integers, equal on every platform: SplitMix64 (Steele, Lea, Flood 2014).
///
/// A stream is named by a seed and a key, so that each document of a collection draws from a stream of its own and
/// can be made without those before it.
struct RandomStream {
    private var state: UInt64

    /// The stream of `key` under `seed`.
    init(seed: UInt64, key: UInt64) {
        var naming = RandomStream(state: seed)
        let salt = naming.next()
        state = RandomStream.mixed(salt ^ (key &* 0xD605_BBB5_8C8A_BBFD))
    }

    private init(state: UInt64) { self.state = state }

    /// The next 64 random bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return RandomStream.mixed(state)
    }

    /// A number in `0..<bound`; its bias is below bound / 2^32.
    mutating func below(_ bound: Int) -> Int {
        assert(bound > 0 && bound <= 1 << 32, "bound \(bound)")
        return Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// True with the probability `share` / 1024.
    mutating func happens(share: Int) -> Bool { below(1024) < share }

    private static func mixed(_ word: UInt64) -> UInt64 {
        var mixed = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
