import Foundation
import GRDB

/// A row of `score_state` that has its own hash in front, to tell damage from what was written: a copy of what is nowhere else.
///
///     value = hash , content
///     hash  = 8 bytes, little-endian: ``RowHash`` of the content
struct SealedRecord {
    /// What such a row has.
    enum Content: Hashable {
        /// There is none: an earlier version has written the index.
        case none
        /// It is not what was written.
        case damaged
        case whole([UInt8])
    }

    let name: String

    /// The record's content.
    func read(_ db: Database) throws -> Content {
        let select = try SQLiteStatement("SELECT value FROM score_state WHERE name = ?1", on: try db.handle)
        select.bind(name, at: 1)
        guard try select.step() else { return .none }
        let bytes = [UInt8](select.bytes(0))
        let content = Array(bytes.dropFirst(8))
        return bytes.count >= 8 && Self.hash(content) == Array(bytes.prefix(8)) ? .whole(content) : .damaged
    }

    /// Puts content in its place, unless it is what is there.
    func write(_ content: [UInt8], _ db: Database) throws {
        if try read(db) == .whole(content) { return }
        try db.execute(
            sql: "INSERT OR REPLACE INTO score_state(name, value) VALUES (?, ?)",
            arguments: [name, Data(Self.hash(content) + content)])
    }

    private static func hash(_ content: [UInt8]) -> [UInt8] {
        var hash = RowHash()
        content.withUnsafeBytes { hash.mix($0) }
        return (0..<8).map { UInt8(truncatingIfNeeded: hash.value >> UInt64(8 * $0)) }
    }
}
