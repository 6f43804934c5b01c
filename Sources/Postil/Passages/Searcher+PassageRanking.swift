import Documents

extension Searcher {
    /// Documents whose passages are ranked, at the least, and for each hit that is asked for: the best passages stand in documents
    /// that are good as a whole.
    private static let candidates = (least: 100, times: 4)
    /// Passages of one document that may be among the hits.
    private static let mostOfADocument = 5

    /// Runs a query, and ranks passages in the place of documents: a hit is a document with one passage of it, and a document with
    /// several good places is several hits.
    ///
    /// A passage's score is what its terms are worth, in the unit of the query's rarest term: each term once and a tenth for each
    /// repetition, and four tenths more right behind another term of the query. Passages of equal scores are in the order of their
    /// documents. Those of the best hundred documents are ranked, or of four times as many as are asked for. A passage that
    /// several documents have is one hit, whose ``SearchHit/duplicates`` are the others.
    ///
    /// - Parameter request: Its snippet length is that of the passages; without one there are none.
    /// - Throws: As ``search(_:)``.
    /// - Complexity: That of a search for the documents that are looked at, with an analysis of each.
    public func searchPassages(_ request: SearchRequest) throws -> SearchResults {
        var wide = request
        let (most, overflows) = request.depth.multipliedReportingOverflow(by: Self.candidates.times)
        (wide.offset, wide.limit) = (0, overflows ? Int.max : max(most, Self.candidates.least))
        wide.passages = Self.mostOfADocument
        wide.locatesPassages = false
        wide.explains = false
        let clock = ContinuousClock()
        let start = clock.now
        let results = try search(wide)
        var ranked: [(hit: Int, found: FoundPassage)] = []
        for (place, hit) in results.hits.enumerated() { ranked += hit.found.map { (place, $0) } }
        // Sorting keeps the order of equals only by their places.
        let order = ranked.indices.sorted {
            (ranked[$1].found.worth, ranked[$0].hit, $0) < (ranked[$0].found.worth, ranked[$1].hit, $1)
        }
        var page = PassagePage(request, of: results.hits, shingler: Shingler(analyzer: analyzer)) { [snapshot] in
            try snapshot.document($0).map { DocumentOutline($0.document) }
        }
        for place in order {
            guard !page.isFull else { break }
            try page.take(ranked[place].found, ofHit: ranked[place].hit)
        }
        var answer = SearchResults(
            query: results.query, correctedQuery: results.correctedQuery, hits: page.hits, total: results.total,
            hints: results.hints, duration: clock.now - start, statistics: results.statistics)
        answer.alsoSearched = results.alsoSearched
        return answer
    }
}

/// Makes a page of hits that are passages. Of those that say the same in several documents, the best stands for all.
private struct PassagePage {
    private let request: SearchRequest
    private let documents: [SearchHit]
    private let outline: (DocumentID) throws -> DocumentOutline?
    private var outlines: [Int: DocumentOutline] = [:]
    private var shingler: Shingler
    /// The passages up to now; one is known by its number.
    private let taken = TakenPassages()
    /// The documents that these are of. What a document says twice is two passages.
    private var owners: [DocumentID] = []
    private var texts: RankedTexts
    /// Where those that are shown stand in ``hits``.
    private var places: [DocumentID: Int] = [:]
    private var count = 0
    private(set) var hits: [SearchHit] = []

    /// - Parameter outline: Gives the paragraphs of a document; asked for those alone of which a passage may be shown.
    init(
        _ request: SearchRequest, of documents: [SearchHit], shingler: Shingler,
        outline: @escaping (DocumentID) throws -> DocumentOutline?
    ) {
        self.request = request
        self.documents = documents
        self.shingler = shingler
        self.outline = outline
        var own = shingler
        texts = RankedTexts { [taken] id in own.set(of: taken.texts[Int(id.rawValue)]) }
    }

    var isFull: Bool { count >= request.depth }

    /// Takes the passage that is next.
    mutating func take(_ found: FoundPassage, ofHit number: Int) throws {
        let document = documents[number]
        let outline = try outlines[number] ?? self.outline(document.id)
        outlines[number] = outline
        guard let outline, let passage = outline.located(found) else { return }
        let id = DocumentID(rawValue: Int64(taken.texts.count))
        if request.copies == .collapsed {
            let text = outline.text(of: found)
            taken.texts.append(text)
            owners.append(document.id)
            let shingles = shingler.shingles(of: text)
            if shingler.wordCount >= Shingler.length,
                case .copy(let best, let similarity) = try texts.place(id, shingles: shingles),
                owners[Int(best.rawValue)] != document.id
            {
                // The best one may stand on an earlier page.
                if let place = places[best], !hits[place].duplicates.contains(where: { $0.id == document.id }) {
                    hits[place].duplicates.append(SearchHit.Copy(document, similarity: similarity))
                }
                return
            }
        }
        count += 1
        guard count > max(0, request.offset) else { return }
        places[id] = hits.count
        var hit = document
        hit.rank = count
        hit.score = found.worth
        hit.snippet = found.snippet
        hit.passages = [passage]
        (hit.found, hit.quotes) = ([], [])
        hits.append(hit)
    }
}

/// The texts of passages, by number.
private final class TakenPassages {
    var texts: [String] = []
}

extension SearchHit.Copy {
    fileprivate init(_ hit: SearchHit, similarity: Double) {
        self.init(
            id: hit.id, externalID: hit.externalID, title: hit.title, url: hit.url, source: hit.source, line: hit.line,
            similarity: similarity)
    }
}
