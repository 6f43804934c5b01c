import Postings

/// The lengths of one row in tokens, as `%_docsize.sz` keeps them.
///
/// ```
/// docsize := length:varint*      (one a column)
/// ```
///
/// Worked example: a title of 5 tokens and a body of 300 are `05 82 2C`.
public enum FTS5DocSize {
    /// Reads the lengths of a row into `lengths`, one a column.
    ///
    /// - Returns: false when `bytes` is no such record; `lengths` may then be changed.
    public static func decode(_ bytes: UnsafeRawBufferPointer, into lengths: inout [Int]) -> Bool {
        var offset = 0
        for column in lengths.indices {
            guard let value = Varint.read(bytes, at: &offset), value <= UInt64(Int32.max) else { return false }
            lengths[column] = Int(value)
        }
        return offset == bytes.count
    }

    /// Appends the record of a row of two columns to `bytes`.
    public static func encode(_ first: Int, _ second: Int, into bytes: inout [UInt8]) {
        Varint.append(UInt64(first), to: &bytes)
        Varint.append(UInt64(second), to: &bytes)
    }

    /// Appends the record of a row to `bytes`.
    public static func encode(_ lengths: some Sequence<Int>, into bytes: inout [UInt8]) {
        for length in lengths { Varint.append(UInt64(length), to: &bytes) }
    }
}
