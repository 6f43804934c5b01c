import GRDB

/// Finds the stored form of term grids; see ``GridRowFormat``.
final class GridRowReader {
    private let path: String
    private let rowLength: Int
    private let place: SQLiteStatement
    private let row: SQLiteStatement
    /// A grid that lies in several rows, put together. Its memory is used again: a new process waits for each page of it.
    private var bytes: [UInt8] = []

    init(_ db: Database, path: String, rowLength: Int = GridRowFormat.length) throws {
        self.path = path
        self.rowLength = rowLength
        place = try SQLiteStatement(
            "SELECT start, length FROM score_terms WHERE segment = ?1 AND term = ?2", on: try db.handle)
        row = try SQLiteStatement("SELECT content FROM score_grids WHERE id = ?1", on: try db.handle)
    }

    /// Hands a term's grid in a segment to `body`; nil when none is stored.
    ///
    /// - Complexity: O(bytes of the grid): those that lie in one row are not copied.
    func withGrid<Value>(of term: [UInt8], segment: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws
        -> Value?
    {
        place.bind(Int64(segment), at: 1)
        term.withUnsafeBytes { place.bind($0, at: 2) }
        defer {
            place.reset()
            row.reset()
        }
        guard try place.step() else { return nil }
        let start = place.integer(0)
        let length = place.integer(1)
        // No grid has 2^32 bytes; a row's number has 32 bits.
        guard start >= 0, length > 0, start < Int64(rowLength) << 32, length < 1 << 32 else {
            throw damage(rowID: nil, "a grid at \(start) of \(length) bytes")
        }
        var number = Int(start) / rowLength
        var offset = Int(start) % rowLength
        var rest = Int(length)
        bytes.removeAll(keepingCapacity: true)
        repeat {
            let id = GridRowFormat.id(segment: segment, row: number)
            row.reset()
            row.bind(id, at: 1)
            guard try row.step() else { throw damage(rowID: id, "the row is missing") }
            let content = row.bytes(0)
            let wanted = min(rest, rowLength - offset)
            guard content.count >= offset + wanted else {
                throw damage(rowID: id, "\(content.count) bytes are too few")
            }
            let part = UnsafeRawBufferPointer(rebasing: content[offset..<offset + wanted])
            if wanted == length { return try body(part) }
            bytes += part
            rest -= wanted
            number += 1
            offset = 0
        } while rest > 0
        return try bytes.withUnsafeBytes(body)
    }

    private func damage(rowID: Int64?, _ reason: String) -> IndexError {
        .corrupt(path: path, table: rowID == nil ? "score_terms" : "score_grids", rowID: rowID, reason: reason)
    }
}
