import GRDB

/// The table of the files that were read, as a writer sees it.
package final class SourceTable {
    private let connection: IndexConnection
    private let paths: StoredPath
    private let changes: SourceChanges
    /// Made when the first source is saved, and let go of before the connection is.
    private var rows: SourceRows?
    /// The last id that was given to a source whose row is still to come.
    private var lastReserved: Int64 = 0

    init(_ connection: IndexConnection, _ changes: SourceChanges) {
        self.connection = connection
        self.changes = changes
        paths = StoredPath(indexAt: connection.path)
    }

    /// All recorded sources.
    package func all() throws -> [IndexedSource] {
        try connection.access { [path = connection.path] in try IndexedSource.all($0, indexAt: path) }
    }

    /// The recorded sources that lie directly in none of some folders.
    ///
    /// - Complexity: O(number of sources), of which it reads the paths alone, from their index.
    package func all(outside folders: Set<String>) throws -> [IndexedSource] {
        try connection.access { [paths, path = connection.path] db in
            let select = try SQLiteStatement("SELECT id, path FROM sources ORDER BY path", on: db.handle)
            var ids: [Int64] = []
            // Those of one folder mostly follow each other.
            var last: (folder: [UInt8], isLeftOut: Bool) = ([], false)
            while try select.step() {
                let bytes = select.bytes(1)
                let folder = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
                if !folder.elementsEqual(last.folder) || last.folder.isEmpty {
                    let isTop = folder.isEmpty && bytes.first == UInt8(ascii: "/")
                    last = (Array(folder), folders.contains(isTop ? "/" : paths.path(of: folder)))
                }
                if !last.isLeftOut { ids.append(select.integer(0)) }
            }
            return try IndexedSource.all(db, ids: ids.sorted(), indexAt: path)
        }
    }

    /// Records what became of a source and returns its id: that of its path, if it is known.
    package func save(_ source: IndexedSource) throws -> SourceID {
        let id = try connection.access { db in
            let rows = try rows(db)
            if let id = try rows.insert(source, paths) { return id }
            let path = paths.stored(source.path)
            guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM sources WHERE path = ?", arguments: [path])
            else {
                throw DatabaseError(message: "no id for source \(source.path)")
            }
            try rows.update(source, at: SourceID(rawValue: id))
            return SourceID(rawValue: id)
        }
        changes.sources.insert(id.rawValue)
        return id
    }

    /// An id for a source of a table that has no rows but those of ``insert(_:at:)``.
    package func reserve() -> SourceID {
        lastReserved += 1
        return SourceID(rawValue: lastReserved)
    }

    /// Records what became of a source, which no row has, under an id that was reserved for it.
    package func insert(_ source: IndexedSource, at id: SourceID) throws {
        changes.sources.insert(id.rawValue)
        try connection.access { db in try rows(db).insert(source, paths, at: id) }
    }

    /// Records what became of a source that is recorded.
    package func update(_ source: IndexedSource, at id: SourceID) throws {
        changes.sources.insert(id.rawValue)
        try connection.access { db in try rows(db).update(source, at: id) }
    }

    /// Lets go of the connection's statements.
    func finish() { rows = nil }

    private func rows(_ db: Database) throws -> SourceRows {
        let rows = try rows ?? SourceRows(db.handle)
        self.rows = rows
        return rows
    }

    /// Has all that was read at a path or below it be read at another one. A source that is there already stays what it is.
    package func move(from old: String, to new: String) throws {
        let moved = try connection.access { [paths] db in
            try Int64.fetchAll(
                db,
                sql: """
                    UPDATE OR IGNORE sources SET path = ?2 || substr(path, length(?1) + 1)
                    WHERE path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || '/' RETURNING id
                    """, arguments: [paths.stored(old), paths.stored(new)])
        }
        changes.sources.formUnion(moved)
    }

    /// Forgets a source whose documents have been deleted.
    package func remove(_ id: SourceID) throws {
        changes.sources.insert(id.rawValue)
        try connection.access { db in
            try db.cachedStatement(sql: "DELETE FROM sources WHERE id = ?").execute(arguments: [id.rawValue])
        }
    }
}
