import Documents
import FTS5Bridge
import GRDB

/// The tables of an index file and how they came about.
///
///     settings(name, value)                    what the index is: analyzer, ranking, profile
///     metadata_names(name)                     the keys that documents' metadata has, to be used as fields in queries; see `MetadataNames`
///     roots(path, pattern, profile_name, …)    the places that are indexed as a whole, and how they are read
///     sources(id, path, size, modified, …)     the files that were read, with outcome and error
///     documents(id, external_id, …, body)      the documents; ids are never used again
///     packed_documents, text_dictionaries      with compression, what `documents` is then a view of
///     documents_fts                            FTS5 over body and title, the only inverted index with positions
///     documents_vocabulary                     FTS5's own view of the postings, for checks and as the slow way to them
///     words(id, first, content)                the words of the documents as they are written; ``WordListFormat``
///     score_segments, score_terms, score_grids, score_documents, score_state
///                                              derived score grids; emptying them loses speed, never answers
///     document_columns(chunk, field, content)  derived: what documents are filtered, sorted and counted by, by field
///
/// FTS5 stores the number of a posting's column unless it is 0. The body is that column, as it has nearly all postings: two
/// bytes fewer for each take more than a quarter off the inverted index.
///
/// Small columns stand before the long texts, so that reading them does not walk SQLite's overflow pages.
enum IndexSchema {
    /// The format that this version writes, kept in `user_version`.
    static let version = 2

    /// Row ids of documents lie below this. Sets of documents are bitmaps over the ids; a greater id, which only another
    /// program can have written, would make one of half a gigabyte.
    static let idLimit: Int64 = 1 << 32

    /// Brings the file to ``version``. Runs in one transaction; an index of this version is not touched.
    ///
    /// - Parameter tokenizer: The FTS5 tokenizer arguments, for example `postil english` or `porter unicode61`.
    static func migrate(_ db: Database, tokenizer: String, compression: TextCompression) throws {
        // The header has been looked at: the file is of this version or new.
        if try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 == 0 {
            try createTables(db, tokenizer: tokenizer, compression: compression)
        }
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Makes those indexes of a new file's documents that ``createTables(_:tokenizer:compression:)`` and
    /// ``dropURLIndex(_:)`` left out, once the documents are there: sorting all keys costs less than finding the place of
    /// each, and no more for each when there are many.
    ///
    /// Each index is a walk over all documents, of which it needs the small columns only: a wait for memory at each document,
    /// 2 % of a run. Mapped pages are not copied for that; no more of them than ``indexingMemory``, since they count as memory
    /// of the process while they are.
    static func indexDocuments(_ db: Database, of compression: TextCompression, withURLs: Bool) throws {
        try db.execute(
            sql: """
                PRAGMA mmap_size = \(indexingMemory);
                \(externalIDIndex(compression))
                \(withURLs ? urlIndex(compression) : "")
                PRAGMA mmap_size = 0;
                """)
    }

    /// Drops the index by address of a new file, before the first document that has one: from then on it is filled faster at the end.
    static func dropURLIndex(_ db: Database) throws { try db.execute(sql: "DROP INDEX documents_by_url") }

    private static func externalIDIndex(_ compression: TextCompression) -> String {
        "CREATE INDEX documents_by_external_id ON \(compression.table)(external_id);"
    }

    private static func urlIndex(_ compression: TextCompression) -> String {
        "CREATE INDEX documents_by_url ON \(compression.table)(url) WHERE url IS NOT NULL;"
    }

    /// The index by date that files of earlier versions have. Columns answer what it did.
    static func formerDateIndex(_ compression: TextCompression) -> String {
        "CREATE INDEX documents_by_date ON \(compression.table)(date) WHERE date IS NOT NULL"
    }

    /// Bytes of the file that are mapped while the documents' indexes are made.
    private static let indexingMemory = 128 << 20

    /// The row id as a document's.
    ///
    /// - Throws: ``IndexError/corrupt(path:table:rowID:reason:)`` for one that Postil does not give.
    static func validID(_ id: Int64, path: String) throws(IndexError) -> DocumentID {
        guard (0..<idLimit).contains(id) else {
            throw .corrupt(path: path, table: "documents", rowID: id, reason: "a row id out of range")
        }
        return DocumentID(rawValue: id)
    }

    /// The table of documents, under whose name every statement reads them, whether it is a table or a view.
    private static func documents(_ compression: TextCompression) -> String {
        let columns = """
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            external_id TEXT NOT NULL,
            source INTEGER REFERENCES sources(id),
            line INTEGER NOT NULL,
            date TEXT,
            author TEXT,
            url TEXT,
            tags TEXT,
            content_hash INTEGER NOT NULL
            """
        switch compression {
        case .none:
            return """
                CREATE TABLE documents(
                  \(columns),
                  title TEXT NOT NULL,
                  metadata TEXT,
                  body TEXT NOT NULL,
                  markup TEXT
                );
                """
        case .zstd:
            return """
                CREATE TABLE packed_documents(\(columns), text BLOB NOT NULL);
                CREATE TABLE text_dictionaries(
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  first_document INTEGER NOT NULL,
                  last_document INTEGER NOT NULL,
                  documents INTEGER NOT NULL,
                  content BLOB NOT NULL
                );
                CREATE VIEW documents AS
                  SELECT id, external_id, source, line, date, author, url, tags, content_hash,
                    postil_text(text, 'title', id) AS title, postil_text(text, 'metadata', id) AS metadata,
                    postil_text(text, 'body', id) AS body, postil_text(text, 'markup', id) AS markup
                  FROM packed_documents;
                """
        }
    }

    /// Creates all tables. Of the documents' indexes only those that are filled at little cost as the documents come: sources
    /// come one after the other, and many collections have no addresses.
    private static func createTables(_ db: Database, tokenizer: String, compression: TextCompression) throws {
        try db.execute(sql: "PRAGMA application_id = \(IndexFileHeader.applicationID)")
        try db.execute(sql: tables(compression) + urlIndex(compression))
        try db.execute(sql: virtualTables(tokenizer: tokenizer.replacing("'", with: "''")))
        // FTS5's own merging moves terms of a segment step by step, which splits documents over segments. Without it, levels
        // of `crisismerge` segments (16) are merged at once and whole, which keeps their number logarithmic just the same.
        try db.execute(sql: "INSERT INTO documents_fts(documents_fts, rank) VALUES ('automerge', 0)")
    }

    /// All that ``createTables(_:tokenizer:compression:)`` and ``indexDocuments(_:of:withURLs:)`` create, for ``IndexObjects``.
    static func statements(tokenizer: String, compression: TextCompression) -> [Substring] {
        let script =
            tables(compression) + urlIndex(compression) + externalIDIndex(compression)
            + virtualTables(tokenizer: tokenizer)
        return script.split(separator: ";")
    }

    private static func tables(_ compression: TextCompression) -> String {
        """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE metadata_names(name TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE roots(
          path TEXT PRIMARY KEY,
          pattern INTEGER NOT NULL,
          profile_name TEXT NOT NULL,
          profile TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE sources(
          id INTEGER PRIMARY KEY,
          path TEXT NOT NULL UNIQUE,
          reading TEXT NOT NULL,
          size INTEGER NOT NULL,
          modified INTEGER NOT NULL,
          changed INTEGER NOT NULL,
          node INTEGER NOT NULL,
          name TEXT NOT NULL,
          hash BLOB,
          outcome TEXT NOT NULL,
          skipped TEXT
        );
        \(documents(compression))
        CREATE INDEX documents_by_source ON \(compression.table)(source);
        \(WordListFormat.definition)
        CREATE TABLE score_state(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE score_segments(
          segment INTEGER PRIMARY KEY,
          fingerprint BLOB NOT NULL,
          first_document INTEGER,
          last_document INTEGER,
          title_weight REAL NOT NULL,
          body_weight REAL NOT NULL,
          norm_base REAL NOT NULL,
          norm_slope REAL NOT NULL
        );
        CREATE TABLE score_terms(
          segment INTEGER NOT NULL,
          term BLOB NOT NULL,
          start INTEGER NOT NULL,
          length INTEGER NOT NULL,
          PRIMARY KEY(segment, term)
        ) WITHOUT ROWID;
        CREATE TABLE score_grids(id INTEGER PRIMARY KEY, content BLOB NOT NULL);
        CREATE TABLE score_documents(chunk INTEGER PRIMARY KEY, lengths BLOB NOT NULL);
        \(ColumnTable.definition);

        """
    }

    /// A table's statement, without the note, in all forms that files have: with the note as well, and with other quotation marks
    /// as those of earlier versions. The present form is the first one.
    static func formsOfAllVersions(_ statement: String) -> [String] {
        guard let head = statement.utf8.firstIndex(of: UInt8(ascii: "(")), statement.hasPrefix("CREATE VIRTUAL"),
            statement.utf8.contains(UInt8(ascii: "\""))
        else { return [statement] }
        let noted = statement[..<head] + note + statement[head...]
        return [statement, String(noted)].flatMap { form in
            [
                form,
                String(decoding: form.utf8.map { $0 == UInt8(ascii: "\"") ? UInt8(ascii: "'") : $0 }, as: UTF8.self),
            ]
        }
    }

    /// Tells who looks at the schema of an index whose tokenizer is Postil's, which is where it matters.
    private static let note =
        " /* without Postil MATCH finds nothing here: SELECT load_extension('postil0') comes first, see Documentation/SQLite.md */"

    /// sqlite-utils and Datasette find the index of a table by the words `content="documents"`, in just these quotation marks.
    ///
    /// - Parameter tokenizer: With its quotation marks doubled.
    private static func virtualTables(tokenizer: String) -> String {
        let isPostils = tokenizer.contains(FTS5API.tokenizerName)
        return """
            CREATE VIRTUAL TABLE documents_fts USING fts5\(isPostils ? note : "")(
              body, title, content="documents", content_rowid='id', tokenize='\(tokenizer)', detail=full);
            CREATE VIRTUAL TABLE documents_vocabulary USING fts5vocab(documents_fts, instance);
            """
    }
}
