/// Where a part of a query stands in the text that was parsed: UTF-8 byte offsets, the upper one excluded.
public struct SourceRange: Sendable, Hashable {
    /// Offset of the first byte.
    public var lowerBound: Int
    /// Offset behind the last byte.
    public var upperBound: Int

    /// Creates a range of bytes.
    public init(lowerBound: Int, upperBound: Int) {
        assert(0 <= lowerBound && lowerBound <= upperBound, "\(lowerBound)..<\(upperBound)")
        self.lowerBound = lowerBound
        self.upperBound = upperBound
    }
}
