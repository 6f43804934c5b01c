import Documents
import IndexStore
import Ranking
import TextAnalysis

/// Makes a page of hits out of ranked documents: with passages and explanations, and where it is asked for with one hit for all
/// copies of a text.
///
/// A document is analysed once, for its passage and its shingles together.
struct HitPage {
    /// A page that copies fill is filled up from further down, but not from further than this many times its end: a collection of
    /// one text a million times over would be read whole.
    private static let mostCandidates = (times: 20, least: 1_000)

    /// The least that a page which copies leave unfilled is filled up from: a list that long costs hardly more than a shorter one.
    private static let leastDepth = 64

    private let request: SearchRequest
    private let scale: ScoreScale
    private let snapshot: any SearchedCollection
    private let finder: PassageFinder?
    private let explain: (StoredDocument, _ units: UInt32) throws -> Explanation?
    private var shingler: Shingler
    private var texts: RankedTexts
    private var quotes = QuotedTexts()
    private var shingles: [UInt64] = []
    /// Hits up to now, those that are passed over among them.
    private var count = 0
    private(set) var hits: [SearchHit] = []
    /// Where the hits stand in ``hits``.
    private var places: [Int: Int] = [:]

    /// An empty page.
    ///
    /// - Parameters:
    ///   - finder: Finds the passages to show, if any.
    ///   - explain: Takes a score apart, if that is asked for, of a document with so many units.
    init(
        for request: SearchRequest, scale: ScoreScale, of snapshot: any SearchedCollection, shingler: Shingler,
        finder: PassageFinder?, explain: @escaping (StoredDocument, _ units: UInt32) throws -> Explanation?
    ) {
        self.request = request
        self.scale = scale
        self.snapshot = snapshot
        self.shingler = shingler
        self.finder = finder
        self.explain = explain
        var own = shingler
        texts = RankedTexts { id in own.set(of: try snapshot.document(id)?.document.body ?? "") }
    }

    private var collapses: Bool { request.copies == .collapsed }
    private var isFull: Bool { count >= request.depth }

    /// Fills the page.
    ///
    /// - Parameters:
    ///   - result: The best ``SearchRequest/depth`` documents.
    ///   - deeper: Gives as many as it is asked for, beginning with the same ones.
    /// - Returns: The last result.
    mutating func fill(_ result: EvaluationResult, deeper: (Int) throws -> EvaluationResult) throws -> EvaluationResult
    {
        var result = result
        var depth = request.depth
        let (most, overflows) = depth.multipliedReportingOverflow(by: Self.mostCandidates.times)
        let limit = overflows ? Int.max : max(most, Self.mostCandidates.least)
        var index = 0
        if !collapses {
            index = max(0, request.offset)
            count = index
        }
        while true {
            while index < result.top.count, !isFull {
                try take(result.top[index])
                index += 1
            }
            guard collapses, !isFull, result.top.count >= depth, depth < limit else { break }
            // Copies come in heaps.
            depth = min(limit, max(depth * 2, Self.leastDepth))
            result = try deeper(depth)
        }
        // Who ranks passages says nothing of what documents quote.
        for (rank, quoted) in request.locatesPassages ? quotes.ranksOfQuoted() : [:] {
            guard let place = hits.firstIndex(where: { $0.rank == rank }) else { continue }
            hits[place].quotes = quoted
        }
        return result
    }

    /// Takes the document that is next.
    private mutating func take(_ scored: ScoredDocument) throws {
        guard let stored = try snapshot.document(DocumentID(rawValue: scored.document)) else {
            if !collapses { count += 1 }
            return
        }
        let isShown = count >= max(0, request.offset)
        let seen = analyse(stored.document.body, finder: isShown ? finder : nil)
        var duplicateOf: Int?
        if request.copies != .ignored,
            case .copy(let best, let similarity) = try texts.place(stored.id, shingles: shingles)
        {
            let place = places[Int(best.rawValue)]
            if collapses {
                // The best one may stand on an earlier page.
                if let place { hits[place].duplicates.append(SearchHit.Copy(stored, similarity: similarity)) }
                return
            }
            duplicateOf = place.map { hits[$0].rank }
        }
        count += 1
        guard isShown else { return }
        if request.copies != .ignored, duplicateOf == nil { quotes.append(rank: count, shingles: shingles) }
        places[Int(stored.id.rawValue)] = hits.count
        var hit =
            SearchHit(
                rank: count, scored: scored, scale: scale, stored: stored, snippet: seen.snippet,
                explanation: try explain(stored, scored.units), duplicateOf: duplicateOf)
        hit.index = snapshot.indexPath(of: stored.id)
        if request.locatesPassages {
            hit.passages = passages(of: stored.document, seen.passages)
        } else {
            hit.found = seen.passages
        }
        hits.append(hit)
    }

    /// The best passages of a document, with their places in it.
    private func passages(of document: Document, _ found: [FoundPassage]) -> [SearchHit.Passage] {
        guard !found.isEmpty else { return [] }
        let outline = DocumentOutline(document)
        return found.compactMap(outline.located)
    }

    /// Finds the passage of a text, or several where they are asked for, and its shingles where copies matter. Fewer words than
    /// a shingle has are said by many who have not copied each other: "I agree with this."
    private mutating func analyse(_ text: String, finder: PassageFinder?) -> (
        snippet: Snippet?, passages: [FoundPassage]
    ) {
        var found: (snippet: Snippet?, passages: [FoundPassage]) = (nil, [])
        shingler.begin()
        let marksCopies = request.copies != .ignored
        if let finder {
            func visit(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) {
                if marksCopies { shingler.add(token, in: bytes) }
            }
            if request.passages > 1 {
                found.passages = finder.passages(of: text, count: request.passages, visiting: visit)
                found.snippet = found.passages.first?.snippet ?? finder.beginning(of: text)
            } else {
                found.snippet = finder.passage(of: text, visiting: visit)
            }
            if marksCopies { shingler.cut(into: &shingles) }
        } else if marksCopies {
            shingles = shingler.shingles(of: text)
        }
        if shingler.wordCount < Shingler.length { shingles.removeAll(keepingCapacity: true) }
        return found
    }
}

extension SearchHit {
    init(
        rank: Int, scored: ScoredDocument, scale: ScoreScale, stored: StoredDocument, snippet: Snippet?,
        explanation: Explanation?, duplicateOf: Int?
    ) {
        self.rank = rank
        self.snippet = snippet
        self.explanation = explanation
        self.duplicateOf = duplicateOf
        duplicates = []
        quotes = []
        missingWords = []
        id = stored.id
        score = scale.points(scored.units)
        externalID = stored.document.externalID
        title = stored.document.title
        author = stored.document.author
        date = stored.document.date
        url = stored.document.url
        tags = stored.document.tags
        metadata = stored.document.metadata
        source = stored.source
        line = stored.document.line
    }
}

extension SearchHit.Copy {
    init(_ stored: StoredDocument, similarity: Double) {
        id = stored.id
        externalID = stored.document.externalID
        title = stored.document.title
        url = stored.document.url
        source = stored.source
        line = stored.document.line
        self.similarity = similarity
    }
}
