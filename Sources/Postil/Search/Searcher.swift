import Documents
import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

/// Answers queries on one snapshot of an index. Serves one thread; make one for each.
public final class Searcher {
    let snapshot: any SearchedCollection
    private(set) var analyzer: any Analyzer
    let prefixStems: PrefixStems
    /// What the index says about itself. Asking the snapshot would copy all of it.
    private(set) var settings: IndexSettings
    var ranking: RankingParameters { settings.ranking }
    var knownFields: Set<String>
    var fields: FieldFilter
    /// Names that can stand before a colon in a query: those of fields, and of metadata that documents have.
    public var fieldNames: [String] { knownFields.sorted() }
    private var evaluators: [(strategy: EvaluationStrategy, evaluator: any Evaluator)] = []
    /// Made when a query first drops them or has other words to show.
    private var stopWords: StopWords?
    /// Those of the index, made when a query first looks for them.
    private var synonyms: Synonyms?
    /// What queries found by fields beside title and body: looking costs more than a short query.
    private(set) var sideFields: SideFields
    private var fieldMatches: [String: FieldMatches?] = [:]
    /// Queries that are no id, address or file name of a document, as most are not.
    var namesNothing: Set<String> = []
    /// Most of them that are kept, and their most bytes: these are texts alone.
    static let namesNothingLimit = (count: 8192, bytes: 256)
    /// Most queries of which such things are kept.
    static let fieldMatchLimit = 1024
    /// Words that were meant by others: a walk over all words takes longer than a query.
    private var knownSpellings: [String: [String]] = [:]
    /// The values of fields of more documents are looked at only where no word of a text is near: that takes 2 µs for each.
    private static let fewDocuments = 20_000

    init(_ snapshot: any SearchedCollection) throws {
        self.snapshot = snapshot
        analyzer = try snapshot.makeAnalyzer()
        settings = snapshot.settings
        prefixStems = PrefixStems(try AnalyzerSpecification(settings.analyzer))
        (knownFields, fields) = try Self.fields(of: snapshot)
        sideFields = try SideFields(snapshot)
    }

    /// The fields that queries can name, and how they become conditions.
    private static func fields(of snapshot: any SearchedCollection) throws -> (known: Set<String>, filter: FieldFilter)
    {
        let names = try snapshot.metadataNames()
        return (FieldFilter.names.union(names), FieldFilter())
    }

    /// Moves on to the present state of the index.
    public func refresh() throws {
        evaluators = []
        if try snapshot.refresh() { analyzer = try snapshot.makeAnalyzer() }
        settings = snapshot.settings
        stopWords = nil
        synonyms = nil
        fieldMatches = [:]
        namesNothing = []
        knownSpellings = [:]
        sideFields = try SideFields(snapshot)
        (knownFields, fields) = try Self.fields(of: snapshot)
    }

    /// Runs a query. No text is a wrong query; what could not be taken as written comes back as a hint.
    ///
    /// - Throws: `IndexError` when the index cannot be read, `InvalidRanking` for parameters of the request that the
    ///   formula is not defined for.
    public func search(_ request: SearchRequest) throws -> SearchResults {
        let clock = ContinuousClock()
        let start = clock.now
        try request.ranking?.requireValid()
        let parsed = parsed(request)
        var prepared = try prepare(parsed, request)
        if prepared.missesWords { prepared = try prepare(parsed, request, suggests: true) }
        guard var plan = prepared.plan else {
            return SearchResults(
                query: request.query, hits: [], total: MatchCount(value: 0, isExact: true), hints: prepared.hints,
                duration: clock.now - start, statistics: EvaluationStatistics())
        }
        let ranking = request.ranking ?? ranking
        let evaluator = try evaluator(for: request.strategy)
        let order = try columnOrder(plan, first: prepared.first, request, by: evaluator)
        let facets = try order.map { try self.facets(request, in: $0.matches) } ?? []
        let grouped = try order.flatMap { try groups($0, plan, request) }
        var first =
            try grouped?.result
            ?? ranked(plan, first: prepared.first, request, order, depth: request.depth, by: evaluator)
        if first.matchCount.value == 0 {
            if let corrected = prepared.corrected, request.correctsSpelling,
                let results = try search(corrected, insteadOf: request, prepared.hints)
            {
                return results
            }
            prepared.hints += try hintsOnNothing(parsed, request, known: prepared.hints)
        }
        let widened = try widened(plan, first: prepared.first, parsed, request, ranked: first.top)
        let ownWords = plan
        if let widened {
            plan = widened.plan
            first = try evaluate(plan, first: prepared.first, request, depth: request.depth, by: evaluator)
        }
        let finder = try passageFinder(for: request, ownWords)
        var page = HitPage(
            for: grouped?.request ?? request, scale: plan.scale, of: snapshot, shingler: Shingler(analyzer: analyzer),
            finder: finder
        ) { [self, plan] stored, units in
            guard request.explains else { return nil }
            return try explain(plan, stored, evaluator, ranking, units: units)
        }
        let candidates = first
        let result = try page.fill(first) { [plan, prepared] in
            // Groups have all their candidates from the beginning.
            if grouped != nil { return candidates }
            return try ranked(plan, first: prepared.first, request, order, depth: $0, by: evaluator)
        }
        var hits = page.hits
        var shownGroups = grouped?.groups
        if let found = grouped, let grouping = request.grouping, request.copies == .collapsed {
            let left = Self.withoutCopies(found.groups, of: found.result.top, hits, perGroup: grouping.perGroup)
            (shownGroups, hits) = (left.groups, left.hits)
        }
        var withAllWords: MatchCount?
        if request.tellsMissingWords {
            let missing = MissingWords(
                plan: ownWords, words: prepared.alternatives, evaluator: evaluator, ranking: ranking)
            if let found = try missing.find(in: hits.map(\.id), countsExactly: request.countsExactly) {
                withAllWords = found.withAll
                for index in hits.indices { hits[index].missingWords = found.missing[hits[index].id] ?? [] }
            }
        }
        var results = SearchResults(
            query: request.query, hits: hits, groups: shownGroups, facets: facets, total: result.matchCount,
            withAllWords: withAllWords,
            hints: prepared.hints, duration: clock.now - start, statistics: result.statistics)
        results.alsoSearched = prepared.synonyms + (widened?.words ?? [])
        return results
    }

    /// How a query is understood.
    ///
    /// - Throws: As ``search(_:)``.
    public func interpretation(of request: SearchRequest) throws -> QueryInterpretation {
        let parsed = parsed(request)
        return try QueryInterpretation(
            parsed.root, prepare(parsed, request).plan, by: evaluator(for: request.strategy))
    }

    /// How many documents a query matches, as far as it costs little to know.
    func count(of parsed: ParsedQuery, _ request: SearchRequest) throws -> MatchCount {
        guard let plan = try prepare(parsed, request).plan else { return MatchCount(value: 0, isExact: true) }
        return try evaluator(for: request.strategy).evaluate(
            plan, parameters: request.ranking ?? ranking, limit: 1, countsExactly: request.countsExactly
        ).matchCount
    }

    /// What finds the passages of a plan's terms, if they are wanted.
    private func passageFinder(for request: SearchRequest, _ plan: EvaluationPlan) throws -> PassageFinder? {
        guard let length = request.snippetLength else { return nil }
        let stopWords = plan.terms.count > 1 ? try knownStopWords() : nil
        let terms = PassageTerms(plan, of: request.query, by: analyzer, stopWords: stopWords)
        return PassageFinder(analyzer: analyzer, terms: terms, length: length)
    }

    /// The same for a query; nil when it has no words.
    func passageFinder(for request: SearchRequest) throws -> PassageFinder? {
        let parsed = parsed(request)
        return try prepare(parsed, request).plan.flatMap { try passageFinder(for: request, $0) }
    }

    /// The answer to a query with words as they were probably meant, where nothing has those that were written; nil where
    /// nothing has these either.
    private func search(_ corrected: String, insteadOf request: SearchRequest, _ hints: [QueryHint]) throws
        -> SearchResults?
    {
        var again = request
        again.query = corrected
        again.correctsSpelling = false
        let results = try search(again)
        guard !results.hits.isEmpty else { return nil }
        var told = SearchResults(
            query: request.query, correctedQuery: corrected, hits: results.hits,
            groups: results.groups, facets: results.facets, total: results.total, withAllWords: results.withAllWords,
            hints: hints, duration: results.duration, statistics: results.statistics)
        told.alsoSearched = results.alsoSearched
        return told
    }

    /// The ranking alone: row ids and scores without documents or snippets, for measuring and for runs. The hits that
    /// ``SearchRequest/offset`` passes over are in it.
    ///
    /// - Throws: As ``search(_:)``.
    public func rank(_ request: SearchRequest) throws -> EvaluationResult {
        try request.ranking?.requireValid()
        let parsed = parsed(request)
        let prepared = try prepare(parsed, request)
        guard let plan = prepared.plan else {
            return EvaluationResult(
                top: [], matchCount: MatchCount(value: 0, isExact: true), statistics: EvaluationStatistics())
        }
        let evaluator = try evaluator(for: request.strategy)
        let order =
            try request.sort.field == nil ? nil : columnOrder(plan, first: prepared.first, request, by: evaluator)
        let widened = try widened(plan, first: prepared.first, parsed, request, ranked: nil)
        return try ranked(
            widened?.plan ?? plan, first: prepared.first, request, order, depth: request.depth, by: evaluator)
    }

    /// How a document scores for a query, whether or not it is among the best; nil when the query has nothing to search for.
    public func explain(_ id: DocumentID, query: String) throws -> Explanation? {
        try explain(id, SearchRequest(query))
    }

    /// The same for a query that is asked in a way of its own.
    package func explain(_ id: DocumentID, _ request: SearchRequest) throws -> Explanation? {
        try request.ranking?.requireValid()
        let parsed = parsed(request)
        let prepared = try prepare(parsed, request)
        guard let stored = try snapshot.document(id), let plan = prepared.plan else { return nil }
        let widened = try widened(plan, first: prepared.first, parsed, request, ranked: nil)
        return try explain(
            widened?.plan ?? plan, stored, try evaluator(for: request.strategy), request.ranking ?? ranking,
            units: nil)
    }

    /// The path of the index that has a document, where several are searched; nil where there is one.
    package func indexPath(of id: DocumentID) -> String? { snapshot.indexPath(of: id) }

    /// The ranking parameters of the index, which hold where a request has none.
    package var indexRanking: RankingParameters { ranking }

    /// The document with a row id.
    public func document(_ id: DocumentID) throws -> StoredDocument? { try snapshot.document(id) }

    /// Up to `limit` documents in order of their row ids, from the first behind `id` on: begin with id 0, and go on with
    /// the last one's.
    public func documents(after id: DocumentID, limit: Int) throws -> [StoredDocument] {
        try snapshot.documents(after: id, limit: max(0, limit))
    }

    /// The documents that users know by an id; several only when several sources use it. `SOURCE:ID`, with the source's path
    /// as in ``SearchHit/source``, is the one of that source.
    public func documents(externalID: String) throws -> [StoredDocument] {
        try snapshot.documents(externalID: externalID)
    }

    func knownStopWords() throws -> StopWords {
        let known = try stopWords ?? StopWords(named: settings.stopWords)
        stopWords = known
        return known
    }

    /// The synonyms that a query searches; nil for none.
    func synonyms(of request: SearchRequest) throws -> Synonyms? {
        let entries = settings.synonyms
        if request.synonyms != nil || entries.isEmpty { return request.synonyms }
        let own = try synonyms ?? Synonyms(entries, path: "profile \(settings.profileName)")
        synonyms = own
        return own
    }

    func fieldMatches(of query: Query, _ plan: EvaluationPlan, _ evaluator: any Evaluator) throws -> FieldMatches? {
        guard let name = FieldMatches.name(query) else { return nil }
        if let known = fieldMatches[name] { return known }
        let frequency = try plan.terms.map { try evaluator.documentFrequency(of: $0) }.min() ?? 0
        let found = try FieldMatches(name, in: sideFields, frequency: frequency)
        if fieldMatches.count >= Self.fieldMatchLimit { fieldMatches = [:] }
        fieldMatches.updateValue(found, forKey: name)
        return found
    }

    /// The words that documents have which may have been meant by one that none has, the most likely first.
    func spellings(of word: String, by evaluator: any Evaluator) throws -> [String] {
        if let known = knownSpellings[word] { return known }
        let correction = SpellingCorrection(
            analyzer: analyzer,
            dictionary: SnapshotDictionary(snapshot: snapshot, evaluator: evaluator, ranking: ranking))
        let isSmall = try evaluator.statistics.documentCount <= Self.fewDocuments
        var found = try correction.nearest(to: word, names: isSmall ? sideFields.words(near: word) : [])
        if found.isEmpty, !isSmall { found = try correction.nearest(to: word, names: sideFields.words(near: word)) }
        if knownSpellings.count >= Self.fieldMatchLimit { knownSpellings = [:] }
        knownSpellings[word] = found
        return found
    }

    func evaluator(for strategy: EvaluationStrategy) throws -> any Evaluator {
        if let known = evaluators.first(where: { $0.strategy == strategy }) { return known.evaluator }
        let made = try snapshot.evaluator(for: strategy)
        evaluators.append((strategy, made))
        return made
    }

    private func explain(
        _ plan: EvaluationPlan, _ stored: StoredDocument, _ evaluator: any Evaluator, _ ranking: RankingParameters,
        units: UInt32?
    ) throws -> Explanation {
        try ScoreExplainer(plan: plan, evaluator: evaluator, analyzer: analyzer, ranking: ranking)
            .explain(stored.document, id: stored.id, units: units)
    }
}
