import Foundation
import GRDB

/// Writes the rows of sources.
final class SourceRows {
    /// What may change of a source, beside its path, which never does.
    private static let columns = [
        "reading", "size", "modified", "changed", "node", "name", "hash", "outcome", "skipped",
    ]

    private let insert, update: SQLiteStatement
    private let texts = BoundTexts(capacity: 4 << 10)

    /// Prepares the statements.
    init(_ connection: OpaquePointer) throws {
        let names = Self.columns.joined(separator: ", ")
        let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
        insert = try SQLiteStatement(
            "INSERT INTO sources(\(names), path, id) VALUES (\(marks), ?, ?) ON CONFLICT(path) DO NOTHING",
            on: connection)
        update = try SQLiteStatement("UPDATE sources SET (\(names)) = (\(marks)) WHERE id = ?", on: connection)
    }

    /// Adds the row of a source, and gives its id; nil when there is one of its path.
    func insert(_ source: IndexedSource, _ paths: StoredPath) throws -> SourceID? {
        try bind(source, to: insert)
        texts.bind(paths.stored(source.path), to: insert, at: Int32(Self.columns.count + 1))
        insert.bindNull(at: Int32(Self.columns.count + 2))
        try insert.run()
        return insert.changedRows == 1 ? SourceID(rawValue: insert.lastInsertedRowID) : nil
    }

    /// Adds the row of a source, which has none, under an id.
    func insert(_ source: IndexedSource, _ paths: StoredPath, at id: SourceID) throws {
        try bind(source, to: insert)
        texts.bind(paths.stored(source.path), to: insert, at: Int32(Self.columns.count + 1))
        insert.bind(id.rawValue, at: Int32(Self.columns.count + 2))
        try insert.run()
        guard insert.changedRows == 1 else { throw DatabaseError(message: "two sources are \(source.path)") }
    }

    /// Changes the row with an id.
    func update(_ source: IndexedSource, at id: SourceID) throws {
        try bind(source, to: update)
        update.bind(id.rawValue, at: Int32(Self.columns.count + 1))
        try update.run()
    }

    private func bind(_ source: IndexedSource, to statement: SQLiteStatement) throws {
        texts.removeAll()
        texts.bind(source.reading, to: statement, at: 1)
        statement.bind(source.size, at: 2)
        statement.bind(source.modified, at: 3)
        statement.bind(source.changed, at: 4)
        statement.bind(source.node, at: 5)
        texts.bind(source.name, to: statement, at: 6)
        source.hash.withUnsafeBytes { statement.bind($0, at: 7) }
        texts.bind(source.outcome.rawValue, to: statement, at: 8)
        guard !source.skipped.isEmpty else { return statement.bindNull(at: 9) }
        let encoder = JSONEncoder()
        // The same sources are the same bytes.
        encoder.outputFormatting = .sortedKeys
        statement.bind(String(decoding: try encoder.encode(source.skipped), as: UTF8.self), at: 9)
    }
}
