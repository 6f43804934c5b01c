import FTS5Format

/// One occurrence of a term, as `fts5vocab` lists it.
public struct FTS5Instance: Hashable, CustomStringConvertible {
    /// The token.
    public var term: String
    /// Row id.
    public var rowID: Int64
    /// Column and offset.
    public var position: Position

    /// One line.
    public var description: String { "\(term) \(rowID) \(position)" }
}

extension TestDatabase {
    /// All occurrences of all terms of FTS5 table `table`, by FTS5's own reading, in order of term, row and place.
    public func instances(of table: String, columns: [String]) throws -> [FTS5Instance] {
        try execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.instances_\(table) USING fts5vocab('main', '\(table)', 'instance')"
        )
        defer { try? execute("DROP TABLE temp.instances_\(table)") }
        return try rows("SELECT term, doc, col, offset FROM temp.instances_\(table)").map { row in
            let column = columns.firstIndex(of: row[2].text) ?? -1
            return FTS5Instance(
                term: row[0].text, rowID: row[1].integer,
                position: Position(column: column, offset: Int(row[3].integer)))
        }
    }
}

/// All occurrences of all terms by the reader under test: terms from each segment, postings merged over all.
public func readInstances(_ source: some FTS5DataSource, columns: Int) throws -> [FTS5Instance] {
    let structure = try source.structure()
    var keys: Set<[UInt8]> = []
    for segment in structure.segmentsNewestFirst {
        let cursor = SegmentCursor(source: source, segment: segment, columns: columns)
        while try cursor.nextTerm() { keys.insert(cursor.term) }
    }
    var instances: [FTS5Instance] = []
    var positions: [Position] = []
    for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where key.first == FTS5Key.mainIndex {
        let doclist = try MergedDoclist(key, source: source, structure: structure, columns: columns)
        let term = String(decoding: key.dropFirst(), as: UTF8.self)
        while let row = try doclist.next() {
            positions = Array(try doclist.positions())
            instances += positions.map { FTS5Instance(term: term, rowID: row, position: $0) }
        }
    }
    return instances
}
