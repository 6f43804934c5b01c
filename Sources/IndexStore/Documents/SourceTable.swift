import GRDB

/// The table of the files that were read, as a writer sees it.
package struct SourceTable {
    let connection: IndexConnection

    /// All recorded sources.
    package func all() throws -> [IndexedSource] {
        try connection.access { [path = connection.path] db in
            try Row.fetchAll(db, sql: "SELECT * FROM sources").map { try IndexedSource($0, path: path) }
        }
    }

    /// Records what became of a source and returns its id.
    package func save(_ source: IndexedSource) throws -> SourceID { try connection.access { try source.save($0) } }

    /// Forgets a source whose documents have been deleted.
    package func remove(_ id: SourceID) throws {
        try connection.access { try $0.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [id.rawValue]) }
    }
}
