import Documents
import GRDB

extension DocumentWriter {
    /// A document as an index run knows it again: by id and fingerprint.
    package struct KnownDocument: Hashable, Sendable {
        /// Its row id.
        package var id: DocumentID
        /// Fingerprint of its content.
        package var contentHash: Int64
    }

    /// A document whose external id an earlier one of the same source has.
    package struct RepeatedDocument: Hashable, Sendable {
        /// Its row id.
        package var id: DocumentID
        /// The source of both.
        package var source: Int64
        /// The id that the source gave to both.
        package var externalID: String
        /// Its line in the source.
        package var line: Int
    }

    /// What two documents cannot share.
    struct Identity: Hashable, Sendable {
        var source: Int64
        var externalID: String

        /// That of a document; nil for one of no source.
        init?(_ new: NewDocument) {
            guard let source = new.source else { return nil }
            self.init(source: source, externalID: new.document.externalID)
        }

        init(source: Int64, externalID: String) {
            self.source = source
            self.externalID = externalID
        }
    }

    /// Whether documents can be looked up by external id: always, but for a file that is being built.
    package var findsDocuments: Bool { !lacksIndexes }

    /// The documents that a source has under an external id, by ascending id. Only when ``findsDocuments``.
    package func documents(externalID: String, ofSource source: Int64) throws -> [KnownDocument] {
        let select = try prepared().identify
        return try connection.access { [path = connection.path] _ in
            select.bind(externalID, at: 1)
            select.bind(source, at: 2)
            defer { select.reset() }
            var found: [KnownDocument] = []
            while try select.step() {
                let id = try IndexSchema.validID(select.integer(0), path: path)
                found.append(KnownDocument(id: id, contentHash: select.integer(1)))
            }
            if let written = waiting[Identity(source: source, externalID: externalID)] { found.append(written) }
            return found
        }
    }

    /// Number of documents of a source.
    package func documentCount(ofSource source: Int64) throws -> Int {
        try connection.access {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM documents WHERE source = ?", arguments: [source]) ?? 0
        }
    }

    /// The documents of a source, by ascending id.
    package func documentIDs(ofSource source: Int64) throws -> [DocumentID] {
        try connection.access { [path = connection.path] db in
            try Int64.fetchAll(db, sql: "SELECT id FROM documents WHERE source = ? ORDER BY id", arguments: [source])
                .map { try IndexSchema.validID($0, path: path) }
        }
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
        return try connection.access { [path = connection.path, table = settings.compression.table] db in
            try indexDocuments(db)
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
                    let id = try IndexSchema.validID(row["id"], path: path)
                    repeated.append(
                        RepeatedDocument(id: id, source: source, externalID: place.externalID, line: row["line"]))
                }
                former = place
            }
            return repeated.sorted { ($0.source, $0.id) < ($1.source, $1.id) }
        }
    }
}
