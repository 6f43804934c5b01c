import GRDB
import Postings

/// Makes the columns of documents as they are added, so that nobody has to read them again at the end of a large run.
///
/// A chunk that already had documents, or of which one is removed or changed, is left to ``ColumnTable/update(chunks:)``.
struct ColumnCollector {
    private var writer: ColumnsWriter
    /// The chunk that is collected; nil before the first document.
    private var chunk: Int64?
    /// Whether the writer has all of its documents.
    private var isWhole = false
    /// Chunks whose rows are what their documents have.
    private(set) var finished: Set<Int64> = []

    init() throws { writer = try ColumnsWriter() }

    /// Takes in documents that have their ids, which ascend from call to call.
    mutating func append(_ documents: [NewDocument], _ db: Database, path: String) throws {
        for new in documents {
            let id = new.id.rawValue
            let length = Int64(DocumentChunkFormat.length)
            if id / length != chunk {
                try finish(db, path: path)
                let first = id / length * length
                // Only the first chunk of a run can have documents already.
                isWhole = try chunk != nil || id == first || Self.isEmpty(first..<id, db)
                chunk = id / length
            }
            if isWhole { writer.append(ColumnsWriter.Values(new), at: Int(id % length)) }
        }
    }

    /// Notes that a document was removed, or is another one than it was.
    mutating func forget(_ document: Int64) {
        let number = document / Int64(DocumentChunkFormat.length)
        finished.remove(number)
        if number == chunk { isWhole = false }
    }

    /// Stores the chunk that was begun.
    mutating func finish(_ db: Database, path: String) throws {
        let columns = writer.finish()
        guard let chunk, isWhole else { return }
        try ColumnTable(db, path: path).write(columns, chunk: chunk)
        finished.insert(chunk)
        isWhole = false
    }

    private static func isEmpty(_ documents: Range<Int64>, _ db: Database) throws -> Bool {
        try Row.fetchOne(
            db, sql: "SELECT 1 FROM documents_fts_docsize WHERE id >= ? AND id < ? LIMIT 1",
            arguments: [documents.lowerBound, documents.upperBound]) == nil
    }
}
