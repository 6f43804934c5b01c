import IndexStore
import Ingestion

/// What an index knows of where its documents come from.
extension Index {
    /// The places that are indexed as a whole, by path: what ``update(with:progress:)`` goes through when no path is named.
    ///
    /// - Throws: `IndexError` when the index cannot be read.
    public func roots() throws -> [IndexedRoot] { try file.snapshot().roots() }

    /// Remembers a place and how it is read, without reading it; the next ``update(with:progress:)`` does.
    ///
    /// - Parameters:
    ///   - path: A file, folder or glob, absolute or from the current folder on.
    ///   - profile: How it is read; nil leaves a place that is remembered as it is, and gives a new one the default profile.
    /// - Throws: `IndexError` when the index cannot be written.
    @discardableResult
    public func remember(_ path: String, profile: Profile?) throws -> IndexedRoot {
        let root = CollectionRoots.root(of: path, profile: try profile ?? .named(Profile.defaultName))
        let writer = try makeWriter()
        if profile == nil, let known = try writer.roots.all().first(where: { $0.path == root.path }) { return known }
        try writer.roots.save(root)
        try writer.commit()
        return root
    }

    /// Forgets a place; its documents stay as they are. Returns false when it is none of ``roots()``.
    ///
    /// - Throws: `IndexError` when the index cannot be written.
    public func forget(_ path: String) throws -> Bool {
        let paths = [path, FileStatus.absolute(path)]
        let writer = try makeWriter()
        guard let root = try writer.roots.all().first(where: { paths.contains($0.path) }) else { return false }
        try writer.roots.remove(root)
        try writer.commit()
        return true
    }

    /// Removes documents, and says how many; those that are not there are passed over.
    ///
    /// A document whose file is still there comes back when that file has changed.
    ///
    /// - Parameters:
    ///   - documents: Their row ids.
    ///   - isDryRun: Whether nothing is changed.
    /// - Throws: `IndexError` when the index cannot be written.
    public func remove(_ documents: [DocumentID], isDryRun: Bool = false) throws -> Int {
        let writer = try file.writer(patience: patience, onCopy: isDryRun)
        var count = 0
        for id in documents where try writer.delete(id) { count += 1 }
        if isDryRun { try writer.rollback() } else { try writer.commit() }
        return count
    }

    /// Removes all documents that a query finds, and says how many. A query without matches removes nothing: its spelling is not
    /// corrected.
    ///
    /// - Parameters:
    ///   - query: In the query language, `*` for all documents; see `QueryExpression`.
    ///   - isDryRun: Whether nothing is changed.
    /// - Throws: ``QueryMisread`` when the query was not taken as it was written; `IndexError` when the index cannot be written.
    public func remove(matching query: String, isDryRun: Bool = false) throws -> Int {
        let writer = try file.writer(patience: patience, onCopy: isDryRun)
        // What is found is what the transaction began with, as nobody else can write now.
        let searcher = try makeSearcher()
        let matches = try searcher.matches(of: SearchRequest(query))
        var request = SearchRequest(query, limit: 1, snippetLength: nil)
        request.correctsSpelling = false
        let hints = try searcher.search(request).hints
        if !matches.isEmpty, !hints.isEmpty { throw QueryMisread(hints: hints) }
        var count = 0
        try matches.forEach { document in
            if try writer.delete(DocumentID(rawValue: document)) { count += 1 }
            return true
        }
        if isDryRun { try writer.rollback() } else { try writer.commit() }
        return count
    }

    /// Removes all documents of a file, or of the files below a folder, and forgets the places there; nil when the index has
    /// nothing from there. The files themselves stay as they are.
    ///
    /// - Parameters:
    ///   - path: The file or folder, absolute or from the current folder on.
    ///   - isDryRun: Whether nothing is changed.
    /// - Throws: `IndexError` when the index cannot be written.
    public func remove(filesAt path: String, isDryRun: Bool = false) throws -> Int? {
        let place = IndexedRoot(path: FileStatus.absolute(path), profileName: "", profileYAML: "")
        let writer = try file.writer(patience: patience, onCopy: isDryRun)
        let roots = try writer.roots.all().filter { place.covers($0.path) }
        let sources = try writer.sources.all().filter { place.covers($0.path) || $0.path == path }
        guard !roots.isEmpty || !sources.isEmpty else { return nil }
        var count = 0
        for source in sources {
            guard let id = source.id else { continue }
            for document in try writer.documents.ids(ofSource: id) where try writer.delete(document) { count += 1 }
            try writer.sources.remove(id)
        }
        for root in roots { try writer.roots.remove(root) }
        if isDryRun { try writer.rollback() } else { try writer.commit() }
        return count
    }
}

/// A query that was to choose documents for good was not taken as it was written, so that it may find what nobody meant. Nothing was
/// changed.
public struct QueryMisread: Error, Sendable, CustomStringConvertible {
    /// What was done to it instead, and how to write what was meant.
    public let hints: [QueryHint]

    /// What is wrong with it.
    public var description: String {
        "the query cannot be taken as it is written: "
            + hints.prefix(3).map { "\($0.message) (column \($0.column))" }.joined(separator: "; ")
    }
}
