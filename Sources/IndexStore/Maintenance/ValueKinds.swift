import GRDB

/// Whether the values of the tables are of the kinds that their columns were declared with, as Postil writes them. SQLite stores others
/// as well: a text where a blob was is the same to who reads its bytes, and another one to who compares it in SQL.
struct ValueKinds {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The tables, each with the part of an index that it belongs to. FTS5's own declare no kinds.
    private static let tables: [(name: String, part: IndexFault.Part)] = [
        ("settings", .settings), ("roots", .sources), ("sources", .sources), ("documents", .documents),
        ("packed_documents", .documents), ("text_dictionaries", .pages), ("metadata_names", .names), ("words", .words),
        ("score_state", .grids), ("score_segments", .grids), ("score_terms", .grids), ("score_grids", .grids),
        ("score_documents", .grids), ("document_columns", .columns),
    ]

    /// One fault for each column with a value of another kind.
    ///
    /// - Complexity: Reads the beginnings of all rows.
    func faults() throws -> [IndexFault] {
        try Self.tables.flatMap { table, part in
            try columns(of: table).compactMap { column, kinds in
                let odd = "typeof(\(column)) NOT IN (\(kinds.map { "'\($0)'" }.joined(separator: ", ")))"
                guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(odd))") ?? false else {
                    return nil
                }
                return IndexFault(part, "\(table): a \(column) that is no \(kinds[0])")
            }
        }
    }

    /// The columns of a table with the kinds of their values; none where there is no such table.
    private func columns(of table: String) throws -> [(name: String, kinds: [String])] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT name, lower(type) AS kind, "notnull" OR pk > 0 AS is_present FROM pragma_table_info(?)
                WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ? AND type = 'table')
                """, arguments: [table, table])
        return rows.map { ($0["name"], $0["is_present"] ? [$0["kind"]] : [$0["kind"], "null"]) }
    }
}
