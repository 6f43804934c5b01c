/// The number of a segment within its FTS5 index: 1 to 65,535, unique while the segment lives, reused later.
public struct SegmentID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The most segments that one FTS5 index may have, and the largest id that FTS5 itself hands out.
    public static let maximumCount = 2000

    /// The number itself.
    public let rawValue: Int

    /// Wraps a number. Traps unless it is 1 to 65,535; numbers from a record are checked before.
    public init(rawValue: Int) {
        precondition((1...0xFFFF).contains(rawValue), "segment id \(rawValue) is outside 1...65535")
        self.rawValue = rawValue
    }

    /// Orders by number, which says nothing about age.
    public static func < (left: SegmentID, right: SegmentID) -> Bool { left.rawValue < right.rawValue }

    /// The number itself.
    public var description: String { String(rawValue) }
}
