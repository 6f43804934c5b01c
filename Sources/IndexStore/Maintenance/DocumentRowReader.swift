import Documents
import GRDB

/// Reads documents one by one, strictly: what a search would pass over is an error here.
final class DocumentRowReader {
    /// A document with what the index holds about it.
    struct Row {
        var document: Document
        var source: Int64?
        /// Whether the document's line is a number.
        var hasLine: Bool
        /// Fingerprint of what was indexed.
        var contentHash: Int64

        /// Whether the document is what was indexed, or its source is to bring it anew.
        var isAsIndexed: Bool {
            contentHash == DocumentFingerprint.unknown || DocumentFingerprint.of(document) == contentHash
        }
    }

    private let path: String
    private let select: SQLiteStatement

    init(_ db: Database, path: String) throws {
        self.path = path
        select = try SQLiteStatement(
            """
            SELECT \(StoredDocument.columns), content_hash, documents.source
            FROM documents LEFT JOIN sources ON sources.id = documents.source WHERE documents.id = ?1
            """, on: db.handle)
    }

    /// The row with an id; nil when there is none.
    func read(_ id: Int64) throws -> Row? {
        select.bind(id, at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        let stored = try StoredDocument(select, path: path, isStrict: true)
        return Row(
            document: stored.document, source: select.isNull(13) ? nil : select.integer(13),
            hasLine: select.isInteger(2), contentHash: select.integer(12))
    }
}
