import Documents
import GRDB

/// Reads the bodies of a snapshot's documents one after another, and nothing else of them.
///
/// Serves one thread at a time. The snapshot must not be refreshed meanwhile.
package final class BodyReader {
    private var statement: SQLiteStatement?
    private let snapshot: IndexSnapshot

    /// Documents to be read.
    package let documentCount: Int

    /// A reader at the document with the lowest row id.
    ///
    /// - Complexity: Counts the documents, which reads a few bytes of each.
    package init(_ snapshot: IndexSnapshot) throws {
        self.snapshot = snapshot
        (statement, documentCount) = try snapshot.connection.access { db in
            let statement = try SQLiteStatement("SELECT id, body FROM documents ORDER BY id", on: try db.handle)
            return (statement, try Int.fetchOne(db, sql: "SELECT count(*) FROM documents_fts_docsize") ?? 0)
        }
    }

    // Before the snapshot ends the transaction that it reads in.
    deinit { statement = nil }

    /// The next documents, which take at least `bytes` of memory together unless they are the last; nil behind the last.
    package func next(bytes: Int) throws -> BodyBatch? {
        guard let statement else { return nil }
        let batch = try snapshot.connection.access { _ in
            var batch = BodyBatch()
            while batch.byteCount < bytes, try statement.step() {
                batch.append(DocumentID(rawValue: statement.integer(0)), statement.bytes(1))
            }
            return batch
        }
        if batch.byteCount < bytes { self.statement = nil }
        return batch.ids.isEmpty ? nil : batch
    }
}
