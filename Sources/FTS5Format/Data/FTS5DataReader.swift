import Postings

/// Reads the numbers of a small record in turn, with every step checked.
struct FTS5DataReader {
    let bytes: UnsafeRawBufferPointer
    let record: FTS5DataID
    var offset = 0

    init(_ bytes: UnsafeRawBufferPointer, record: FTS5DataID) {
        self.bytes = bytes
        self.record = record
    }

    var isAtEnd: Bool { offset >= bytes.count }

    /// An error at the present offset.
    func error(_ damage: FTS5Damage) -> FTS5FormatError {
        .corrupt(record: record, offset: offset, damage: damage)
    }

    mutating func varint() throws(FTS5FormatError) -> UInt64 {
        guard let value = Varint.read(bytes, at: &offset) else { throw error(.truncated) }
        return value
    }

    /// A varint within `range`.
    mutating func varint(in range: ClosedRange<Int>) throws(FTS5FormatError) -> Int {
        let start = offset
        guard let value = Int(exactly: try varint()), range.contains(value) else {
            offset = start
            throw error(.numberOutOfRange)
        }
        return value
    }

    /// A number of four bytes, the most significant first.
    mutating func bigEndian32() throws(FTS5FormatError) -> UInt32 {
        guard bytes.count - offset >= 4 else { throw error(.truncated) }
        let value = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        offset += 4
        return value
    }
}
