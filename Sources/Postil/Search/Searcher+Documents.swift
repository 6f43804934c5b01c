import Documents
import IndexStore
import Ranking

extension Searcher {
    /// Hands out all documents that a query finds, each once and in order of their row ids, without holding more than a few.
    ///
    ///     try searcher.forEachDocument { stored in
    ///         print(stored.document.title)
    ///         return true
    ///     }
    ///
    /// - Parameters:
    ///   - query: In the query language; `*` for all documents.
    ///   - body: Ends the walk by returning false.
    /// - Throws: `IndexError` when the index cannot be read, and what `body` throws.
    /// - Complexity: Reads each document once.
    public func forEachDocument(matching query: String = "*", _ body: (StoredDocument) throws -> Bool) throws {
        var walk = try DocumentWalk(self, query)
        while let document = try walk.next() { guard try body(document) else { return } }
    }
}

/// Goes through the documents that a query finds. Belongs to the thread of its searcher.
struct DocumentWalk {
    private let searcher: Searcher
    /// Those that are still to come; nil for all.
    private var ids: ArraySlice<Int64>?
    private var last = DocumentID(rawValue: 0)
    private var read: ArraySlice<StoredDocument> = []

    /// Documents that are read at a time: a few, as each may be a book.
    private static let documentsAtOnce = 16

    init(_ searcher: Searcher, _ query: String) throws {
        self.searcher = searcher
        guard query != "*" else { return }
        var found: [Int64] = []
        try searcher.matches(of: SearchRequest(query)).forEach { id in
            found.append(id)
            return true
        }
        ids = found[...]
    }

    mutating func next() throws -> StoredDocument? {
        if ids == nil {
            if read.isEmpty { read = try searcher.documents(after: last, limit: Self.documentsAtOnce)[...] }
            guard let document = read.popFirst() else { return nil }
            last = document.id
            return document
        }
        while let id = ids?.popFirst() {
            if let document = try searcher.document(DocumentID(rawValue: id)) { return document }
        }
        return nil
    }
}
