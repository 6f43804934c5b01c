/// How bounds become values of ``DocumentSums``: so that the threshold is about ``wanted``.
///
/// Bounds are rounded up and the threshold down, so that no document is missed.
struct BoundScale {
    /// The sum that a document needs.
    let needed: UInt32
    private let scale: Double

    /// The scale for a threshold; for 0, every document that has a term is wanted.
    @inline(__always)
    init(threshold: UInt32) {
        needed = threshold > 0 ? BoundScale.wanted - 1 : 1
        scale = threshold > 0 ? Double(BoundScale.wanted) / Double(threshold) : 0
    }

    /// What a bound is multiplied with, times 2^16, if a 255th of it counts `step` units.
    @inline(__always)
    func multiplier(step: UInt64) -> UInt32 {
        UInt32(min((Double(step) * scale * 65_536 * 1.000_001).rounded(.up), BoundScale.greatestMultiplier))
    }

    /// Greater sums would lose nothing but leave no room for what goes over the threshold.
    private static let wanted: UInt32 = 224
    /// Times 255 it still fits 32 bits, and times 1 it is already the greatest value.
    private static let greatestMultiplier = 16_777_215.0
}

extension DocumentSums {
    /// A bound as a value to add, rounded up; any value for the bound of an empty block.
    @inline(__always)
    static func value(of bound: UInt8, _ multiplier: UInt32) -> UInt32 {
        min(DocumentSums.greatest, (UInt32(bound) &* multiplier) >> 16 &+ 1)
    }
}
