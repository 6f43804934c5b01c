import Documents

extension IndexSnapshot {
    /// Up to `limit` different ids of users' that begin with a text, ascending by their bytes.
    ///
    /// - Complexity: O(limit log n), by the index of ids.
    package func externalIDs(beginningWith text: String, limit: Int) throws -> [String] {
        try connection.access { db in
            let statement = try SQLiteStatement(
                """
                SELECT DISTINCT external_id FROM documents WHERE external_id >= ?1 AND external_id < ?2
                ORDER BY external_id LIMIT ?3
                """, on: db.handle)
            statement.bind(text, at: 1)
            statement.bind(text + "\u{10FFFF}", at: 2)
            statement.bind(Int64(limit), at: 3)
            var ids: [String] = []
            while try statement.step() { if let id = statement.text(0) { ids.append(id) } }
            return ids
        }
    }

    /// Hands out all ids of users', ascending.
    package func forEachExternalID(_ body: (String) throws -> Void) throws {
        try connection.access { db in
            let statement = try SQLiteStatement("SELECT external_id FROM documents ORDER BY external_id", on: db.handle)
            while try statement.step() { if let id = statement.text(0) { try body(id) } }
        }
    }
}
