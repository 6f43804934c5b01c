/// Where a term stands in a row: its column and the number of tokens before it in that column.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// `column << 32 | offset`, so that positions of one column that follow each other differ by one.
    public let rawValue: UInt64

    /// A position from both its parts.
    @inlinable
    public init(column: Int, offset: Int) {
        assert(column >= 0 && offset >= 0 && offset <= Int(UInt32.max))
        rawValue = UInt64(column) << 32 | UInt64(offset)
    }

    /// The column, from 0.
    @inlinable public var column: Int { Int(rawValue >> 32) }
    /// Tokens before it in its column.
    @inlinable public var offset: Int { Int(rawValue & 0xFFFF_FFFF) }

    /// Orders by column, then offset.
    @inlinable
    public static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }

    /// `column:offset`.
    public var description: String { "\(column):\(offset)" }
}
