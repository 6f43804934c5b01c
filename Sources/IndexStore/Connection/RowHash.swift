import CSQLite

/// A hash of values of a table, each with its kind, to tell whether somebody has changed them.
struct RowHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Mixes in a value of a statement's present row.
    mutating func mix(_ row: SQLiteStatement, _ column: Int32) {
        switch sqlite3_column_type(row.handle, column) {
        case SQLITE_INTEGER:
            mix(UInt64(SQLITE_INTEGER))
            mix(UInt64(bitPattern: row.integer(column)))
        case SQLITE_FLOAT:
            mix(UInt64(SQLITE_FLOAT))
            mix(row.real(column).bitPattern)
        case SQLITE_NULL: mix(UInt64(SQLITE_NULL))
        case SQLITE_TEXT: mix(text: row.bytes(column))
        default:
            mix(UInt64(SQLITE_BLOB))
            mix(row.bytes(column))
        }
    }

    /// Mixes in a text.
    mutating func mix(text: UnsafeRawBufferPointer) {
        mix(UInt64(SQLITE_TEXT))
        mix(text)
    }

    /// Mixes in a number.
    mutating func mix(_ word: UInt64) {
        let product = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
        value = product ^ product >> 32
    }

    /// Mixes in bytes, and how many they are.
    mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        mix(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            // Safety: eight bytes are left, checked above.
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var last: UInt64 = 0
        while offset < bytes.count {
            last = last << 8 | UInt64(bytes[offset])
            offset += 1
        }
        mix(last)
    }
}
