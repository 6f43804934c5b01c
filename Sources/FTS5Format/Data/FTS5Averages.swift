import Postings

/// Row count and token totals, from which average lengths come: the record ``FTS5DataID/averages``.
///
/// ```
/// averages := rows:varint total:varint*      (one total a column: its tokens over all rows)
/// ```
///
/// The record of an index that never held a row is empty.
///
/// Worked example: 2 rows, 5 tokens of title and 300 of body are `02 05 82 2C`.
public struct FTS5Averages: Equatable, Sendable {
    /// More than any index has rows or tokens, so that sums of both stay numbers.
    static let most = 1 << 48

    /// Rows in the index.
    public var rowCount: Int
    /// Tokens over all rows, a column each.
    public var tokenCounts: [Int]

    /// Sets both.
    public init(rowCount: Int, tokenCounts: [Int]) {
        self.rowCount = rowCount
        self.tokenCounts = tokenCounts
    }

    /// Reads the record of a table with `columns` columns.
    public init(decoding bytes: UnsafeRawBufferPointer, columns: Int) throws(FTS5FormatError) {
        self.init(rowCount: 0, tokenCounts: Array(repeating: 0, count: columns))
        if bytes.isEmpty { return }
        var reader = FTS5DataReader(bytes, record: .averages)
        rowCount = try reader.varint(in: 0...FTS5Averages.most)
        for column in 0..<columns { tokenCounts[column] = try reader.varint(in: 0...FTS5Averages.most) }
        guard reader.isAtEnd else { throw reader.error(.trailingBytes) }
    }

    /// The record's bytes.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        Varint.append(UInt64(rowCount), to: &bytes)
        for count in tokenCounts { Varint.append(UInt64(count), to: &bytes) }
        return bytes
    }
}
