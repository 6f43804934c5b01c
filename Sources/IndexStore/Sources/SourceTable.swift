import GRDB

/// The table of the files that were read, as a writer sees it.
package struct SourceTable {
    private let connection: IndexConnection
    private let paths: StoredPath

    init(_ connection: IndexConnection) {
        self.connection = connection
        paths = StoredPath(indexAt: connection.path)
    }

    /// All recorded sources.
    package func all() throws -> [IndexedSource] {
        try connection.access { [path = connection.path] in try IndexedSource.all($0, indexAt: path) }
    }

    /// Records what became of a source and returns its id.
    package func save(_ source: IndexedSource) throws -> SourceID {
        try connection.access { [paths] in try source.save($0, paths: paths) }
    }

    /// Has all that was read at a path or below it be read at another one. A source that is there already stays what it is.
    package func move(from old: String, to new: String) throws {
        try connection.access { [paths] db in
            try db.execute(
                sql: """
                    UPDATE OR IGNORE sources SET path = ?2 || substr(path, length(?1) + 1)
                    WHERE path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || '/'
                    """, arguments: [paths.stored(old), paths.stored(new)])
        }
    }

    /// Forgets a source whose documents have been deleted.
    package func remove(_ id: SourceID) throws {
        try connection.access { db in
            try db.cachedStatement(sql: "DELETE FROM sources WHERE id = ?").execute(arguments: [id.rawValue])
        }
    }
}
