import Documents
import IndexStore
import TextAnalysis

extension Searcher {
    /// A searcher on the index that a host of the extension has open, as that one sees it now; see `HostConnection`.
    ///
    /// - Throws: `IndexError` when it is no index, or none that this version can use.
    package convenience init(_ host: HostConnection) throws {
        let snapshot = try host.snapshot()
        try snapshot.settings.requireAnalyzer(ofIndexAt: snapshot.path)
        try self.init(snapshot)
    }

    /// The best passage of a document for a query; nil where there is no such document or nothing to search for.
    package func snippet(of document: DocumentID, for request: SearchRequest) throws -> Snippet? {
        guard let stored = try snapshot.document(document), let finder = try passageFinder(for: request) else {
            return nil
        }
        return finder.passage(of: stored.document.body)
    }
}

extension IndexSettings {
    /// Throws unless this version makes the same words of a text as the one that made the index.
    func requireAnalyzer(ofIndexAt path: String) throws {
        let specification: AnalyzerSpecification
        do { specification = try AnalyzerSpecification(analyzer) } catch {
            throw IndexError.corrupt(path: path, table: "settings", rowID: nil, reason: "analyzer: \(error)")
        }
        let identity = try specification.identity
        guard identity == analyzerIdentity else {
            throw IndexError.analyzerMismatch(path: path, built: analyzerIdentity, wanted: identity)
        }
    }
}

/// The version of Postil.
package enum PostilVersion {
    /// As `postil --version` prints it.
    package static let text = "0.1.0"
}
