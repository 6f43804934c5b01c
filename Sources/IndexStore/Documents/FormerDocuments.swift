import Documents
import GRDB

/// The documents of an index that is built anew, for those whose sources cannot be read now: they stay as they are.
package struct FormerDocuments {
    private let snapshot: IndexSnapshot
    /// The files that were read into it.
    package let sources: [IndexedSource]

    /// Opens the index at a path; nil when there is none, or none that can be read.
    package init?(indexAt path: String) {
        do {
            snapshot = try IndexFile(path: path).snapshot()
            sources = try snapshot.connection.access { db in
                try Row.fetchAll(db, sql: "SELECT * FROM sources").map {
                    try IndexedSource($0, paths: StoredPath(indexAt: path), path: path)
                }
            }
        } catch {
            // Being built anew is the way on for an index that is damaged; it has nothing to give then.
            return nil
        }
    }

    /// How many documents came from a source.
    package func count(of source: IndexedSource) throws -> Int {
        try snapshot.connection.access { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM documents WHERE source = ?", arguments: [source.id?.rawValue])
                ?? 0
        }
    }

    /// Hands out the documents of some sources and those of none, in the order of their ids.
    ///
    /// - Throws: What `body` throws. A document that cannot be read is passed over.
    package func forEach(of wanted: [IndexedSource], _ body: (Document, IndexedSource?) throws -> Void) throws {
        let wanted = Dictionary(wanted.compactMap { source in source.id.map { ($0.rawValue, source) } }) { $1 }
        let rows = try snapshot.connection.access { db in
            try Row.fetchAll(db, sql: "SELECT id, source FROM documents ORDER BY id").compactMap {
                row -> (id: Int64, source: IndexedSource?)? in
                guard let source = row["source"] as Int64? else { return (row["id"], nil) }
                return wanted[source].map { (row["id"], $0) }
            }
        }
        for (id, source) in rows {
            let stored: StoredDocument?
            do { stored = try snapshot.document(DocumentID(rawValue: id)) } catch is IndexError {
                indexLog.warning("\(snapshot.path): document \(id) cannot be read and is left out")
                continue
            }
            if let stored { try body(stored.document, source) }
        }
    }
}
