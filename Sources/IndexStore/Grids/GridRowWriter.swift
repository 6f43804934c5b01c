import GRDB

/// Stores the term grids of one segment; see ``GridRowFormat``.
struct GridRowWriter {
    private let segment: Int
    private let rowLength: Int
    private let terms: SQLiteStatement
    private let rows: SQLiteStatement
    private var row: [UInt8] = []
    private var rowCount = 0

    /// Prepares for a segment that has no grids.
    init(_ db: Database, segment: Int, rowLength: Int = GridRowFormat.length) throws {
        self.segment = segment
        self.rowLength = rowLength
        terms = try SQLiteStatement(
            "INSERT INTO score_terms(segment, term, start, length) VALUES (?1, ?2, ?3, ?4)", on: try db.handle)
        rows = try SQLiteStatement("INSERT INTO score_grids(id, content) VALUES (?1, ?2)", on: try db.handle)
        row.reserveCapacity(rowLength)
    }

    /// Removes the grids of a segment.
    static func remove(segment: Int, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM score_terms WHERE segment = ?", arguments: [segment])
        try db.execute(
            sql: "DELETE FROM score_grids WHERE id >= ? AND id < ?",
            arguments: [GridRowFormat.id(segment: segment, row: 0), GridRowFormat.id(segment: segment + 1, row: 0)])
    }

    /// Adds a grid. Every term comes once.
    mutating func append(_ term: UnsafeRawBufferPointer, _ grid: [UInt8]) throws {
        terms.bind(Int64(segment), at: 1)
        terms.bind(term, at: 2)
        terms.bind(Int64(rowCount * rowLength + row.count), at: 3)
        terms.bind(Int64(grid.count), at: 4)
        try terms.run()
        var rest = grid[...]
        while !rest.isEmpty {
            let part = rest.prefix(rowLength - row.count)
            row += part
            rest = rest.dropFirst(part.count)
            if row.count == rowLength { try flush() }
        }
    }

    /// Stores what is left. Call it once, at the end.
    mutating func finish() throws {
        if !row.isEmpty { try flush() }
    }

    private mutating func flush() throws {
        rows.bind(GridRowFormat.id(segment: segment, row: rowCount), at: 1)
        row.withUnsafeBytes { rows.bind($0, at: 2) }
        try rows.run()
        row.removeAll(keepingCapacity: true)
        rowCount += 1
    }
}
