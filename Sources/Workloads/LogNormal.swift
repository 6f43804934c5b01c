/// Lengths whose logarithm is normal, the same on every platform.
///
/// The normal deviate is the sum of twelve uniform ones less six (Irwin 1927, Hall 1927): it ends at ±6, which no
/// benchmark misses. The exponential is (1 + x/1024)^1024 by ten squarings, low by x²/2048 of its value at most: for
/// the deviations used here less than one half of a percent. Both need only operations that IEEE 754 rounds alike.
struct LogNormal {
    /// Half of the lengths are below, half above.
    let median: Double
    /// Standard deviation of the natural logarithm.
    let sigma: Double
    /// Bounds of the lengths handed out.
    let bounds: ClosedRange<Int>

    /// The next length; takes three random words.
    func draw(_ random: inout RandomStream) -> Int {
        var sum: UInt64 = 0
        for _ in 0..<3 {
            var word = random.next()
            for _ in 0..<4 {
                sum += word & 0xFFFF
                word >>= 16
            }
        }
        let deviate = Double(sum) / 65536 - 6
        var factor = 1 + sigma * deviate / 1024
        for _ in 0..<10 { factor *= factor }
        return min(max(Int(median * factor + 0.5), bounds.lowerBound), bounds.upperBound)
    }
}
