import Postil
import Relevance
import Reports

/// The documents to judge for each query, and what is shown of them.
final class JudgingPools {
    private let trials: [RankingTrial]
    private let depth: Int
    private let snippetLength: Int
    /// What is known of documents of the pools, by their names there.
    private var hits: [String: SearchHit] = [:]

    init(ways: [RankingVariant], depth: Int, session: Session) throws {
        self.depth = depth
        snippetLength = try session.settings.integer(.snippetLength)
        let source = MeasuredRuns(session: session, topics: nil, judgements: Judgements())
        trials = try ways.map { try source.trial($0) }
    }

    /// The pool of a query.
    func documents(for query: String) throws -> [String] {
        hits = [:]
        return JudgingQueue.pooled(
            try trials.map { trial in
                try trial.hits(query, limit: depth, snippetLength: snippetLength).map { hit in
                    let name = RunLine.field(hit.externalID)
                    if hits[name] == nil { hits[name] = hit }
                    return name
                }
            })
    }

    /// A document as it is shown to be judged.
    func question(
        _ item: JudgingQueue.Item, query: String, waiting: Int, greatest: Int, _ session: Session
    ) -> String {
        let layout = session.layoutOfErrors
        var lines = [
            TextStyle.secondary.applied(to: "\(item.topic), \(waiting) more behind this one", color: layout.usesColor)
        ]
        lines.append(TextStyle.heading.applied(to: VisibleText.line(query), color: layout.usesColor))
        // After an undo across topics the hit is that of another query, or none.
        let hit = hits[item.document]
        let facts = [hit?.title, hit?.author, hit?.date].compactMap { $0?.isEmpty == false ? $0 : nil }
        lines.append("  " + VisibleText.line(([item.document] + facts).joined(separator: " · ")))
        if let snippet = hit?.snippet {
            var text = StyledText()
            text.append(snippet.text, style: .plain)
            lines += text.lines(width: layout.width - 2, color: false).map { "  " + $0 }
        }
        lines.append(
            TextStyle.secondary.applied(
                to: "0–\(greatest) grade · u undo · s skip · n next topic · v whole text · q stop",
                color: layout.usesColor))
        return lines.joined(separator: "\n")
    }

    /// The whole text of a document.
    func text(of document: String) throws -> String {
        for trial in trials {
            if let stored = try trial.document(document) { return VisibleText.block(stored.document.body) }
        }
        return ""
    }
}
