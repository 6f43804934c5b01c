import Documents
import GRDB

/// Compresses texts anew, so that an index that grew by small steps is stored as well as one that was built at once, and no
/// dictionary has pieces of a text that was removed.
///
/// A dictionary stays while all documents are there that it was made for. The other documents are the loose ones: they are
/// compressed again when enough of them came together for a dictionary of their own, or when one of theirs has to go.
struct TextRepacking {
    private let db: Database
    private let path: String
    /// The documents of dictionaries that stay, ascending.
    private let kept: [TextDictionary.Documents]
    /// Ids of dictionaries that go.
    private let dropped: [Int64]
    private let packing: TextPacking
    private let update: SQLiteStatement

    /// Documents that are loose and have no others between them.
    private struct Run {
        var ids: [Int64] = []
        var packedBytes = 0

        /// About how long their texts are.
        var textBytes: Int { packedBytes * 3 }
    }

    /// Looks at the dictionaries.
    ///
    /// - Complexity: O(documents), of which only ids are read.
    init(_ db: Database, path: String) throws {
        self.db = db
        self.path = path
        let rows = try SQLiteStatement(
            """
            SELECT id, first_document, last_document, documents,
              (SELECT count(*) FROM packed_documents WHERE id BETWEEN first_document AND last_document) AS living
            FROM text_dictionaries ORDER BY first_document
            """, on: db.handle)
        var kept: [TextDictionary.Documents] = []
        var keptIDs: [Int64] = []
        var dropped: [Int64] = []
        while try rows.step() {
            if rows.integer(3) == rows.integer(4), (0...Int64(UInt32.max)).contains(rows.integer(0)) {
                kept.append(
                    TextDictionary.Documents(
                        first: rows.integer(1), last: rows.integer(2), count: Int(rows.integer(3))))
                keptIDs.append(rows.integer(0))
            } else {
                dropped.append(rows.integer(0))
            }
        }
        self.kept = kept
        self.dropped = dropped
        let newest = try keptIDs.max().flatMap(UInt32.init(exactly:)).flatMap {
            try TextDictionary.find($0, on: try db.handle)
        }
        packing = try TextPacking(db, newest: newest)
        update = try SQLiteStatement("UPDATE packed_documents SET text = ?2 WHERE id = ?1", on: db.handle)
    }

    /// Does what is worth doing.
    func run() throws {
        let runs = try looseDocuments()
        guard !dropped.isEmpty || runs.contains(where: { $0.textBytes >= packing.trainingBytes }) else { return }
        let texts = try SQLiteStatement(
            """
            SELECT \(StoredDocument.columns) FROM documents LEFT JOIN sources ON sources.id = source
              WHERE documents.id = ?1
            """, on: db.handle)
        for run in runs {
            var stretch: [NewDocument] = []
            var bytes = 0
            for id in run.ids {
                texts.bind(id, at: 1)
                guard try texts.step() else { continue }
                let new = NewDocument(try StoredDocument(texts, path: path).document)
                texts.reset()
                new.id = DocumentID(rawValue: id)
                stretch.append(new)
                bytes += new.textBytes
                guard bytes >= TextFrameFormat.stretchBytes else { continue }
                try repack(stretch)
                stretch = []
                bytes = 0
            }
            try repack(stretch)
        }
        for id in dropped { try db.execute(sql: "DELETE FROM text_dictionaries WHERE id = ?", arguments: [id]) }
    }

    /// The documents that no dictionary was made for.
    private func looseDocuments() throws -> [Run] {
        var runs: [Run] = []
        var run = Run()
        let rows = try SQLiteStatement("SELECT id, length(text) FROM packed_documents ORDER BY id", on: db.handle)
        var next = 0
        while try rows.step() {
            let id = rows.integer(0)
            while next < kept.count, kept[next].last < id { next += 1 }
            if next < kept.count, kept[next].first <= id {
                if !run.ids.isEmpty { runs.append(run) }
                run = Run()
            } else {
                run.ids.append(id)
                run.packedBytes += Int(rows.integer(1))
            }
        }
        if !run.ids.isEmpty { runs.append(run) }
        return runs
    }

    private func repack(_ stretch: [NewDocument]) throws {
        guard !stretch.isEmpty else { return }
        let former = packing.lastID
        let writer = try packing.writer(for: stretch)
        if packing.lastID > former { try writer.dictionary?.store(db) }
        try writer.pack(stretch)
        for new in stretch {
            guard let frame = new.frame else { preconditionFailure("a text that has not been compressed") }
            update.bind(new.id.rawValue, at: 1)
            try frame.withUnsafeBytes { bytes in
                update.bind(bytes, at: 2)
                try update.run()
            }
        }
    }
}
