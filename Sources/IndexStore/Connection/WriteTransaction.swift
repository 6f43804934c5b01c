import GRDB

/// A write transaction on a connection. It begins when it is made, and is rolled back unless it was committed.
final class WriteTransaction {
    let connection: IndexConnection
    /// Whether it has neither been committed nor rolled back.
    private(set) var isOpen = true

    /// Begins a transaction.
    ///
    /// - Throws: ``IndexError/busy(path:)`` after five seconds of waiting for another writer.
    init(_ connection: IndexConnection) throws {
        self.connection = connection
        try connection.access { try $0.execute(sql: "BEGIN IMMEDIATE") }
    }

    deinit {
        guard isOpen else { return }
        do { try connection.access { try $0.execute(sql: "ROLLBACK") } } catch {
            // The connection is beyond use; SQLite rolls back when it closes.
        }
    }

    /// Makes everything durable and visible, after a last piece of work.
    func commit(after work: (Database) throws -> Void) throws {
        try connection.access { db in
            try work(db)
            try db.execute(sql: "COMMIT")
        }
        isOpen = false
    }

    /// Forgets everything since the beginning.
    func rollback() throws {
        isOpen = false
        try connection.access { try $0.execute(sql: "ROLLBACK") }
    }
}
