import GRDB

/// Brings the rows of `sources` and `roots` back to what was written, or to what the next index run makes that of.
struct SourceRepair {
    private let db: Database
    private let path: String
    /// The table of documents.
    private let table: String

    init(_ db: Database, path: String, table: String) {
        self.db = db
        self.path = path
        self.table = table
    }

    func run() throws {
        // Places first: a path that was lost lies below one of them.
        if try !RootCopy(db).restore() { try IndexedRoot.removeDamaged(db) }
        try RootCopy(db).write()
        try mendDifferences()
        try clearUnreadable()
        try giveUpStrays()
        try SourceSeals(db).write(ids: nil)
    }

    // MARK: What the seals tell

    private func mendDifferences() throws {
        let differences = try SourceSeals(db).differences()
        for case .path(let id, let hash) in differences { try mendPath(of: id, hash) }
        for case .rest(let id) in differences { try IndexRepair.mark(source: id, db) }
        for case .unknown(let id, let seal) in differences {
            let former = differences.first { if case .gone(_, seal) = $0 { true } else { false } }
            if let former, id != former.id {
                try db.execute(sql: "UPDATE sources SET id = ? WHERE id = ?", arguments: [former.id, id])
            } else {
                try IndexRepair.mark(source: id, db)
            }
        }
    }

    /// Gives a source its path back, if one of its place and its name below that is the one it had. Otherwise nobody could look for it:
    /// its documents are then those of the next file that has them.
    private func mendPath(of id: Int64, _ hash: UInt32) throws {
        let name = try String.fetchOne(
            db, sql: "SELECT name FROM sources WHERE id = ? AND typeof(name) = 'text'", arguments: [id])
        let roots = try String.fetchAll(db, sql: "SELECT path FROM roots WHERE NOT pattern ORDER BY path")
        let candidates = roots + roots.map { "\($0)/\(name ?? "")" } + ["./\(name ?? "")"]
        guard let former = candidates.first(where: { SourceSeals.Seal.path($0) == hash }) else {
            return try db.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [id])
        }
        // Another row that has this path now is none that was written.
        try db.execute(sql: "DELETE FROM sources WHERE path = ? AND id <> ?", arguments: [former, id])
        try db.execute(sql: "UPDATE sources SET path = ? WHERE id = ?", arguments: [former, id])
        try IndexRepair.mark(source: id, db)
    }

    // MARK: What cannot be read

    private func clearUnreadable() throws {
        let select = try SQLiteStatement(
            "SELECT \(IndexedSource.columns) FROM sources WHERE id = ?1", on: db.handle)
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM sources") {
            select.bind(id, at: 1)
            defer { select.reset() }
            guard try select.step() else { continue }
            do { _ = try IndexedSource(select, paths: StoredPath(indexAt: path), path: path) } catch {
                select.reset()
                let outcome = IndexedSource.Outcome.partial.rawValue
                // Whatever of it is left: the file will say the rest. Without a path nobody could look for it.
                try db.execute(
                    sql: """
                        UPDATE sources SET reading = '', changed = 0, node = 0, name = '', outcome = ?, skipped = NULL
                        WHERE id = ?
                        """, arguments: [outcome, id])
                try IndexRepair.mark(source: id, db)
            }
        }
        try db.execute(sql: "DELETE FROM sources WHERE typeof(path) <> 'text'")
    }

    private func giveUpStrays() throws {
        try db.execute(
            sql: """
                UPDATE \(table) SET source = \(SourceID.lost.rawValue)
                WHERE source IS NOT NULL AND (source < 1 OR source NOT IN (SELECT id FROM sources))
                """)
        let lost = "SELECT EXISTS (SELECT 1 FROM \(table) WHERE source = \(SourceID.lost.rawValue))"
        // Any of them may have these documents. What none has goes once all have been read.
        if try Bool.fetchOne(db, sql: lost) ?? false { try IndexRepair.markAllSources(db) }
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM sources WHERE id < 1") {
            try db.execute(
                sql: "UPDATE sources SET id = (SELECT max(max(id), 0) + 1 FROM sources) WHERE id = ?", arguments: [id])
        }
    }
}
