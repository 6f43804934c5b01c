import Documents
import GRDB

/// The documents' own indexes of a file that is being built: they are made when the documents are there
/// (`IndexSchema.indexDocuments`), so that documents cannot be looked up before.
package final class DeferredIndexes {
    private let connection: IndexConnection
    private let compression: TextCompression
    /// Whether they are still to be made.
    private(set) var areMissing: Bool
    /// Whether the one of addresses is among them, which many collections have none of.
    private var isURLIndexMissing = false
    /// What the documents of a new file are called.
    private var identities = IdentityFilter()

    init(_ connection: IndexConnection, compression: TextCompression) {
        self.connection = connection
        self.compression = compression
        areMissing = connection.mode.isNew
    }

    /// Takes note of documents before their rows are stored.
    func prepare(for documents: [NewDocument]) throws {
        guard areMissing else { return }
        if !isURLIndexMissing, documents.contains(where: { $0.document.url != nil }) {
            try connection.access { try IndexSchema.dropURLIndex($0) }
            isURLIndexMissing = true
        }
        for new in documents {
            guard let source = new.source else { continue }
            identities.insert(externalID: new.document.externalID, source: source)
        }
    }

    /// Makes those that are missing. Inside `IndexConnection.access`.
    func make(_ db: Database) throws {
        guard areMissing else { return }
        try IndexSchema.indexDocuments(db, of: compression, withURLs: isURLIndexMissing)
        (areMissing, isURLIndexMissing) = (false, false)
    }

    /// A document whose external id an earlier one of the same source has.
    package struct RepeatedDocument: Hashable, Sendable {
        /// Its row id.
        package var id: DocumentID
        /// The source of both.
        package var source: SourceID
        /// The id that the source gave to both.
        package var externalID: String
        /// Its line in the source.
        package var line: Int
    }

    /// All but the first of the documents of a file that is being built that have one external id in one source, in the
    /// sources' order.
    ///
    /// Looks in the index of external ids, which it makes if need be, when an ``IdentityFilter`` says that there may be some:
    /// a build cannot remember all ids it has met, whose number has no bound.
    ///
    /// - Complexity: O(n log n) in the number of documents if there may be some, in the memory that SQLite sorts with.
    package func repeatedDocuments() throws -> [RepeatedDocument] {
        guard identities.mayRepeat else { return [] }
        return try connection.access { [path = connection.path, table = compression.table] db in
            try make(db)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, source, external_id, line FROM \(table) WHERE external_id IN
                      (SELECT external_id FROM \(table) GROUP BY external_id HAVING count(*) > 1)
                    ORDER BY source, external_id, id
                    """)
            var repeated: [RepeatedDocument] = []
            var former: (source: Int64?, externalID: String)?
            while let row = try rows.next() {
                let place: (source: Int64?, externalID: String) = (row["source"], row["external_id"])
                if let former, let source = place.source, former == place {
                    repeated.append(
                        RepeatedDocument(
                            id: try IndexSchema.validID(row["id"], path: path), source: SourceID(rawValue: source),
                            externalID: place.externalID, line: row["line"]))
                }
                former = place
            }
            return repeated.sorted { ($0.source, $0.id) < ($1.source, $1.id) }
        }
    }
}
