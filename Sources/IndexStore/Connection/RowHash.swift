import CSQLite
import Documents

/// A hash of values of a table, each with its kind, to tell whether somebody has changed them.
struct RowHash {
    private var hash = ChangeHash()

    var value: UInt64 { hash.value }

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
    mutating func mix(_ word: UInt64) { hash.mix(word) }

    /// Mixes in bytes, and how many they are.
    mutating func mix(_ bytes: UnsafeRawBufferPointer) { hash.mix(bytes) }
}
