import Documents
import Postil
import Relevance
import Reports

/// A way to rank on an index, tried on topics.
final class RankingTrial {
    let variant: RankingVariant
    private let searcher: Searcher
    private let base: SearchRequest
    private let session: Session
    /// Ids as runs and judgements have them, and whose they are.
    private var names: [Int64: String] = [:]
    private var documents: [String: DocumentID] = [:]

    /// - Parameter base: How topics are asked where the way says nothing.
    init(_ variant: RankingVariant, base: SearchRequest, searcher: Searcher, session: Session) {
        self.variant = variant
        self.base = base
        self.searcher = searcher
        self.session = session
    }

    /// What is found for topics: the same as `postil search --topics` prints.
    ///
    /// - Parameter progress: Is told of each topic.
    func run(_ topics: [TopicFile.Topic], progress: (TopicFile.Topic) -> Void) throws -> RankedRun {
        var run = RankedRun()
        for topic in topics {
            progress(topic)
            let entries = try entries(topic.query)
            if !entries.isEmpty { run.add(entries, for: RunLine.field(topic.id)) }
        }
        return run
    }

    private func entries(_ query: String) throws -> [RankedRun.Entry] {
        let request = try request(query)
        // The ranking alone, without the texts of a thousand documents a topic.
        let found = try searcher.rank(request).top
        guard found.isEmpty else {
            // A query's units are points times a power of two, so that single precision holds equally much of both.
            return try found.compactMap { hit in
                try name(of: DocumentID(rawValue: hit.document)).map {
                    RankedRun.Entry(document: $0, score: Float(hit.units))
                }
            }
        }
        // Words that nothing has may be answered as they were meant.
        return try searcher.search(request).hits.map { hit in
            let name = RunLine.field(hit.externalID)
            documents[name] = hit.id
            return RankedRun.Entry(document: name, score: Float(hit.score))
        }
    }

    /// The best documents for a query, with passages that show why.
    func hits(_ query: String, limit: Int, snippetLength: Int) throws -> [SearchHit] {
        var request = try request(query)
        request.limit = limit
        request.snippetLength = snippetLength > 0 ? snippetLength : nil
        return try searcher.search(request).hits
    }

    /// How a document of a run scores for a query; nil where it is not in the index.
    func explanation(of document: String, query: String) throws -> Explanation? {
        guard let id = try known(document) else { return nil }
        return try searcher.explain(id, try request(query))
    }

    /// A document of a run; nil where it is not in the index.
    func document(_ name: String) throws -> StoredDocument? { try known(name).flatMap(searcher.document) }

    private func known(_ name: String) throws -> DocumentID? {
        try documents[name] ?? searcher.documents(externalID: name).first?.id
    }

    private func name(of id: DocumentID) throws -> String? {
        if let known = names[id.rawValue] { return known }
        guard let stored = try searcher.document(id) else { return nil }
        let name = RunLine.field(stored.document.externalID)
        names[id.rawValue] = name
        documents[name] = id
        return name
    }

    private func request(_ query: String) throws -> SearchRequest {
        var request = try variant.applied(to: base, ranking: searcher.indexRanking) { [session] name in
            try Profile.named(name, searching: session.folders.profileFolders)
        }
        request.query = query
        return request
    }
}
