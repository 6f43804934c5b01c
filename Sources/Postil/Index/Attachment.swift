import IndexStore
import Ingestion
import SystemPackage

/// An index beside somebody else's database, of what one of its full-text tables has.
///
/// The database is only read. The index is a file of its own in the same folder, which remembers the database with a query and is
/// brought up to date like any other; see Documentation/Decisions/attach.md.
package struct Attachment: Sendable {
    /// The database.
    package let database: String
    /// The table's name.
    package let table: String

    /// Names a table of a database.
    package init(database: String, table: String) {
        self.database = database
        self.table = table
    }

    /// Where its index is, or will be: `app.db` and `posts_fts` have `app.posts_fts.postil.db`.
    package var indexPath: String {
        let path = FilePath(database)
        let name = (path.stem ?? database) + "." + table.replacing("/", with: "_") + ".postil.db"
        return path.removingLastComponent().appending(name).string
    }

    /// What an index run is to read, and how.
    ///
    /// - Parameters:
    ///   - profile: How the collection is ranked and what its columns mean.
    ///   - title: The column that is the title; nil for one that is called so.
    ///   - query: What to read instead of the table itself.
    ///   - analyzer: The analyzer; nil for the table's own tokenizer, so that a word finds what it finds in the table.
    /// - Throws: `ForeignTableError`.
    package func request(
        profile: Profile, title: String? = nil, query: String? = nil, analyzer: String? = nil
    ) throws -> IndexingRequest {
        let table = try ForeignFullTextTable(table, inDatabaseAt: database)
        var reader = profile.reading(rows: try query ?? table.query(title: title, path: database), of: database)
        reader.name = "\(table.name) of \(FilePath(database).lastComponent?.string ?? database)"
        if query == nil, var rule = reader.reading.documents.first {
            // The query gives them these names.
            (rule.id, rule.title, rule.body) = (["id"], ["title"], ["body"])
            reader.reading.documents = [rule]
        }
        var request = IndexingRequest(
            paths: [database], profile: profile, analyzer: analyzer ?? "fts5:" + table.tokenizer)
        request.declaredPlaces = [DeclaredPlace(path: database, profile: reader)]
        return request
    }

    /// Takes the index away, and says how many documents it had. The database stays as it is.
    ///
    /// - Throws: `IndexError` when there is none, or when what is there is the index of something else.
    package func remove() throws -> Int {
        let index = try Index.open(at: indexPath)
        guard try index.roots().contains(where: { $0.path == FileStatus.absolute(database) }) else {
            throw IndexError.notAnIndex(path: indexPath, reason: "it is not that of \(database)")
        }
        let count = try index.information().documents
        try IndexFile.remove(at: indexPath, patience: index.patience)
        return count
    }
}
