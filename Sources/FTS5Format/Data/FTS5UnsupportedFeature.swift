/// What an FTS5 index can have that this reader leaves to SQLite.
public enum FTS5UnsupportedFeature: Hashable, Sendable, CustomStringConvertible {
    /// A `version` in `%_config` other than ``FTS5TableOptions/supportedVersion``.
    case formatVersion(Int64)
    /// A structure record of an unknown layout, by the four bytes behind its cookie.
    case structureLayout(UInt32)
    /// So many bytes behind the end of the structure record.
    case structureSurplus(Int)
    /// `detail=none` or `detail=column`: positions are not in the index.
    case detail(String)
    /// Rows deleted from a `contentless_delete=1` table.
    case tombstones

    /// The feature, as it continues "full-text index uses".
    public var description: String {
        switch self {
        case .formatVersion(let version): "format version \(version)"
        case .structureLayout(let tag): "structure layout \(String(tag, radix: 16))"
        case .structureSurplus(let count): "a structure record with \(count) more bytes"
        case .detail(let value): "detail=\(value)"
        case .tombstones: "tombstones (contentless_delete=1)"
        }
    }
}
