/// The row id of a record in an FTS5 index's `%_data` table, which says what the record is.
///
/// ```
///   1             averages
///   10            structure
///   bits 37...52  segment id            of a page:
///   bit  36       1: doclist index, 0: leaf
///   bits 31...35  height within a doclist index, 0 at its leaves
///   bits 0...30   page number, from 1
/// ```
///
/// Worked example: page 1 of segment 1 is record 1 << 37 | 1 = 137438953473.
public struct FTS5DataID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The greatest page number.
    public static let maximumPage = 0x7FFF_FFFF
    /// The greatest height of a doclist index.
    public static let maximumHeight = 31

    /// The SQLite row id.
    public let rawValue: Int64

    /// Wraps a row id of `%_data`.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Row count and token totals, see ``FTS5Averages``.
    public static let averages = FTS5DataID(rawValue: 1)
    /// The list of segments, see ``FTS5Structure``.
    public static let structure = FTS5DataID(rawValue: 10)

    /// A leaf page of a segment, see ``LeafPage``.
    public static func leaf(_ segment: SegmentID, page: Int) -> FTS5DataID {
        assert((1...maximumPage).contains(page))
        return FTS5DataID(rawValue: Int64(segment.rawValue) << 37 | Int64(page))
    }

    /// A page of the doclist index that belongs to the last term of a leaf page, see ``DoclistIndexReader``.
    public static func doclistIndex(_ segment: SegmentID, height: Int, page: Int) -> FTS5DataID {
        assert((1...maximumPage).contains(page) && (0...maximumHeight).contains(height))
        let place = Int64(segment.rawValue) << 6 | 1 << 5 | Int64(height)
        return FTS5DataID(rawValue: place << 31 | Int64(page))
    }

    /// All records of one segment, for deleting it.
    public static func all(of segment: SegmentID) -> ClosedRange<Int64> {
        let first = Int64(segment.rawValue) << 37
        return first...(first | 0x1F_FFFF_FFFF)
    }

    /// What the record is, for messages: "page 7 of segment 3".
    public var description: String {
        if self == .averages { return "averages record" }
        if self == .structure { return "structure record" }
        let page = rawValue & 0x7FFF_FFFF
        let height = rawValue >> 31 & 0x1F
        let segment = rawValue >> 37
        return rawValue >> 36 & 1 == 0
            ? "page \(page) of segment \(segment)"
            : "doclist index page \(page) at height \(height) of segment \(segment)"
    }
}
