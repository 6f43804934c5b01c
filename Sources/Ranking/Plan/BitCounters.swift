/// 64 counters, one for each bit of a word: digit by digit, each digit of all of them in one word.
///
/// Worked example: after adding `0b011` and `0b001` the counters of the bits 0, 1 and 2 are 2, 1 and 0, and
/// `reaching(1)` is `0b011`.
struct BitCounters {
    /// The binary digits of the counters, the lowest first.
    private var digits: [UInt64] = []

    /// Adds 1 to the counters whose bits are set.
    mutating func add(_ word: UInt64) {
        var carry = word
        var place = 0
        while carry != 0 {
            if place == digits.count { digits.append(0) }
            (digits[place], carry) = (digits[place] ^ carry, digits[place] & carry)
            place += 1
        }
    }

    /// The bits whose counters are `least` or more.
    func reaching(_ least: Int) -> UInt64 {
        guard least > 0 else { return .max }
        guard least >> digits.count == 0 else { return 0 }
        // From the highest digit on: greater already, or equal up to here.
        var (greater, equal) = (UInt64(0), UInt64.max)
        for place in digits.indices.reversed() {
            if least >> place & 1 == 1 {
                equal &= digits[place]
            } else {
                greater |= equal & digits[place]
                equal &= ~digits[place]
            }
        }
        return greater | equal
    }
}
