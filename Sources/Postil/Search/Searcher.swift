import Documents
import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

/// Answers queries on one snapshot of an index. Serves one thread; make one for each.
public final class Searcher {
    let snapshot: IndexSnapshot
    let analyzer: any Analyzer
    private let prefixStems: PrefixStems
    private var ranking: RankingParameters { snapshot.settings.ranking }
    private var knownFields: Set<String>
    private var fields: FieldFilter
    /// Names that can stand before a colon in a query: those of fields, and of metadata that documents have.
    public var fieldNames: [String] { knownFields.sorted() }
    /// Whether documents have metadata of the name `year`.
    var hasYears: Bool { fields.hasYears }
    private var evaluators: [(strategy: EvaluationStrategy, evaluator: any Evaluator)] = []
    /// Made when a query first drops them or has other words to show.
    private var stopWords: StopWords?
    /// What queries found by fields beside title and body: looking costs more than a short query.
    private var fieldMatches: [FieldMatchKey: FieldMatches?] = [:]
    private static let fieldMatchLimit = 1024

    private struct FieldMatchKey: Hashable {
        var query: String
        var stopWords: SearchRequest.StopWordTreatment
    }

    init(_ snapshot: IndexSnapshot) throws {
        self.snapshot = snapshot
        analyzer = try snapshot.makeAnalyzer()
        prefixStems = PrefixStems(try AnalyzerSpecification(snapshot.settings.analyzer))
        (knownFields, fields) = try Self.fields(of: snapshot)
    }

    /// The fields that queries can name, and how they become conditions.
    private static func fields(of snapshot: IndexSnapshot) throws -> (known: Set<String>, filter: FieldFilter) {
        let names = try snapshot.metadataNames()
        let hasYears = names.contains { $0.lowercased() == "year" }
        return (FieldFilter.names.union(names), FieldFilter(hasYears: hasYears))
    }

    /// Moves on to the present state of the index.
    public func refresh() throws {
        try snapshot.refresh()
        evaluators = []
        stopWords = nil
        fieldMatches = [:]
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
        let parsed = parse(request.query, knownFields: knownFields)
        var prepared = try prepare(parsed, request)
        guard var plan = prepared.plan else {
            return SearchResults(
                query: request.query, hits: [], total: MatchCount(value: 0, isExact: true), hints: prepared.hints,
                duration: clock.now - start, statistics: EvaluationStatistics())
        }
        let ranking = request.ranking ?? ranking
        let evaluator = try evaluator(for: request.strategy)
        let order = try columnOrder(plan, request, by: evaluator)
        let facets = try order.map { try self.facets(request, in: $0.matches) } ?? []
        let grouped = try order.flatMap { try groups($0, plan, request) }
        var first =
            try grouped?.result
            ?? ranked(plan, first: prepared.first, request, order, depth: request.depth, by: evaluator)
        if first.matchCount.value == 0, request.correctsSpelling {
            // Only now: a walk over all words takes much longer than a query.
            prepared = try prepare(parsed, request, suggests: true)
            if let corrected = prepared.corrected {
                return try search(corrected, insteadOf: request, prepared.hints)
            }
        }
        if first.matchCount.value == 0 { prepared.hints += try hintsOnFilters(parsed, request) }
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
        ) { [self, plan] stored, index in
            guard request.explains else { return nil }
            return try explain(plan, stored, evaluator, ranking, isRescored: index < SecondStage.depth)
        }
        let result = try page.fill(first) { [plan, prepared] in
            try ranked(plan, first: prepared.first, request, order, depth: $0, by: evaluator)
        }
        var hits = page.hits
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
            query: request.query, hits: hits, groups: grouped?.groups, facets: facets, total: result.matchCount,
            withAllWords: withAllWords,
            hints: prepared.hints, duration: clock.now - start, statistics: result.statistics)
        results.alsoSearched = widened?.words ?? []
        return results
    }

    /// How a query is understood.
    ///
    /// - Throws: As ``search(_:)``.
    public func interpretation(of request: SearchRequest) throws -> QueryInterpretation {
        let parsed = parse(request.query, knownFields: knownFields)
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
        let parsed = parse(request.query, knownFields: knownFields)
        return try prepare(parsed, request).plan.flatMap { try passageFinder(for: request, $0) }
    }

    /// The answer to a query with words as they were probably meant, where nothing has those that were written.
    private func search(_ corrected: String, insteadOf request: SearchRequest, _ hints: [QueryHint]) throws
        -> SearchResults
    {
        var again = request
        again.query = corrected
        again.correctsSpelling = false
        let results = try search(again)
        var told = SearchResults(
            query: request.query, correctedQuery: results.hits.isEmpty ? nil : corrected, hits: results.hits,
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
        let parsed = parse(request.query, knownFields: knownFields)
        let prepared = try prepare(parsed, request)
        guard let plan = prepared.plan else {
            return EvaluationResult(
                top: [], matchCount: MatchCount(value: 0, isExact: true), statistics: EvaluationStatistics())
        }
        let evaluator = try evaluator(for: request.strategy)
        let order =
            try request.sort.field == nil ? nil : columnOrder(plan, request, by: evaluator)
        let widened = try widened(plan, first: prepared.first, parsed, request, ranked: nil)
        return try ranked(
            widened?.plan ?? plan, first: prepared.first, request, order, depth: request.depth, by: evaluator)
    }

    /// The query with words of its best documents, where the request asks for them; nil where it stays as it is.
    ///
    /// - Parameter ranked: The best documents for the plan, if they are known.
    private func widened(
        _ plan: EvaluationPlan, first: DocumentBitmap?, _ parsed: ParsedQuery, _ request: SearchRequest,
        ranked: [ScoredDocument]?
    ) throws -> Feedback.Widened? {
        guard request.expansion != .off, !request.needsAllMatches, PastedName(pasted: request.query) == nil else {
            return nil
        }
        let evaluator = try evaluator(for: request.strategy)
        var best = ranked ?? []
        // A longer list begins with the shorter one.
        if best.count < Feedback.depth {
            best = try evaluate(plan, first: first, request, depth: Feedback.depth, by: evaluator).top
        }
        let isOpen = parsed.root.isOpen
        if request.expansion == .automatic, !Feedback.isPromising(plan, ranked: best, isOpen: isOpen) { return nil }
        return try Feedback(
            snapshot: snapshot, evaluator: evaluator, analyzer: analyzer, stopWords: try knownStopWords()
        ).widened(plan, ranked: best, isOpen: isOpen)
    }

    /// All documents that match, those that a pasted name stands for among them.
    func matches(of request: SearchRequest) throws -> DocumentBitmap {
        guard let plan = try prepare(parse(request.query, knownFields: knownFields), request).plan else {
            return DocumentBitmap()
        }
        return try matches(of: plan, request, by: evaluator(for: request.strategy))
    }

    private func matches(of plan: EvaluationPlan, _ request: SearchRequest, by evaluator: any Evaluator) throws
        -> DocumentBitmap
    {
        var matches = try evaluator.matches(of: plan, parameters: request.ranking ?? ranking)
        if let named = try pasted(request) { matches.formUnion(named) }
        return matches
    }

    /// All matches and what they are sorted by, if the request takes more than the best of them.
    private func columnOrder(_ plan: EvaluationPlan, _ request: SearchRequest, by evaluator: any Evaluator) throws
        -> ColumnOrder?
    {
        guard request.needsAllMatches else { return nil }
        let sort = try request.sort.field.map {
            (name: try columnName($0, isForSorting: true), descends: request.sort.descends)
        }
        let parameters = request.ranking ?? ranking
        return ColumnOrder(
            snapshot: snapshot, matches: try matches(of: plan, request, by: evaluator), sort: sort,
            rank: { try evaluator.evaluate($0, parameters: parameters, limit: $1, countsExactly: false) })
    }

    /// The first documents of the request's order.
    private func ranked(
        _ plan: EvaluationPlan, first: DocumentBitmap?, _ request: SearchRequest, _ order: ColumnOrder?, depth: Int,
        by evaluator: any Evaluator
    ) throws -> EvaluationResult {
        guard let order else { return try evaluate(plan, first: first, request, depth: depth, by: evaluator) }
        let total = MatchCount(value: order.matches.count, isExact: true)
        guard order.sort != nil else {
            var result = try evaluate(plan, first: first, request, depth: depth, by: evaluator)
            result.matchCount = total
            return result
        }
        return EvaluationResult(
            top: try order.first(depth, of: order.matches, plan), matchCount: total,
            statistics: EvaluationStatistics())
    }

    /// The groups that a request asks for, the ranking that has their hits in order, and the request for a page of all of it.
    private func groups(_ order: ColumnOrder, _ plan: EvaluationPlan, _ request: SearchRequest) throws
        -> (groups: [HitGroup], result: EvaluationResult, request: SearchRequest)?
    {
        guard let grouping = request.grouping else { return nil }
        let name = try columnName(grouping.field, isForSorting: false)
        let found = try order.groups(
            by: name, perGroup: max(1, grouping.perGroup), from: max(0, request.offset), limit: max(0, request.limit),
            plan)
        var groups: [HitGroup] = []
        var top: [ScoredDocument] = []
        for group in found {
            let hits = top.count..<top.count + group.hits.count
            groups.append(HitGroup(value: group.value, count: group.count, hits: hits))
            top += group.hits
        }
        var page = request
        (page.offset, page.limit) = (0, top.count)
        if page.copies == .collapsed { page.copies = .marked }
        let result = EvaluationResult(
            top: top, matchCount: MatchCount(value: order.matches.count, isExact: true),
            statistics: EvaluationStatistics())
        return (groups, result, page)
    }

    /// The documents that a pasted id, address or file name stands for; nil for none.
    private func pasted(_ request: SearchRequest) throws -> DocumentBitmap? {
        guard let name = PastedName(pasted: request.query) else { return nil }
        var named = try snapshot.documents(where: .named(name))
        for condition in try conditions(of: request) { named.formIntersection(condition) }
        return named.isEmpty ? nil : named
    }

    /// The best documents; those that a pasted id, address or file name stands for, and those of an author whose name the query is,
    /// come before all others.
    private func evaluate(
        _ plan: EvaluationPlan, first: DocumentBitmap?, _ request: SearchRequest, depth: Int,
        by evaluator: any Evaluator
    ) throws -> EvaluationResult {
        let pasted = try pasted(request)
        func evaluate(_ plan: EvaluationPlan) throws -> EvaluationResult {
            try evaluator.evaluate(
                plan, parameters: request.ranking ?? ranking, limit: depth,
                countsExactly: request.countsExactly)
        }
        guard let named = pasted ?? first, !named.isEmpty else { return try evaluate(plan) }
        var (first, others) = (plan, plan)
        first.filters.append(named)
        others.filters.append(named)
        let isNamed = EvaluationPlan.Match.filter(plan.filters.count)
        // An author's documents have to match as others do.
        first.match = pasted != nil ? isNamed : .all([plan.match, isNamed])
        others.match = .except(plan.match, isNamed)
        var result = try evaluate(first)
        let rest = try evaluate(others)
        result.top = Array((result.top + rest.top).prefix(depth))
        result.matchCount = MatchCount(
            value: result.matchCount.value + rest.matchCount.value,
            isExact: result.matchCount.isExact && rest.matchCount.isExact)
        return result
    }

    /// How a document scores for a query, whether or not it is among the best; nil when the query has nothing to search for.
    public func explain(_ id: DocumentID, query: String) throws -> Explanation? {
        try explain(id, SearchRequest(query))
    }

    /// The same for a query that is asked in a way of its own.
    package func explain(_ id: DocumentID, _ request: SearchRequest) throws -> Explanation? {
        try request.ranking?.requireValid()
        let parsed = parse(request.query, knownFields: knownFields)
        let prepared = try prepare(parsed, request)
        guard let stored = try snapshot.document(id), let plan = prepared.plan else { return nil }
        let widened = try widened(plan, first: prepared.first, parsed, request, ranked: nil)
        return try explain(
            widened?.plan ?? plan, stored, try evaluator(for: request.strategy), request.ranking ?? ranking,
            isRescored: nil)
    }

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

    private func prepare(_ parsed: ParsedQuery, _ request: SearchRequest, suggests: Bool = false) throws
        -> PreparedQuery
    {
        let evaluator = try evaluator(for: request.strategy)
        func plan(without needless: NeedlessWords?) throws -> PreparedQuery {
            var prepared = try unrestricted(without: needless)
            prepared.plan = try prepared.plan.map { try restricted($0, to: request) }
            return prepared
        }
        func unrestricted(without needless: NeedlessWords?) throws -> PreparedQuery {
            var planner = QueryPlanner(
                text: request.query, analyzer: analyzer, prefixStems: prefixStems,
                dictionary: SnapshotDictionary(snapshot: snapshot, evaluator: evaluator),
                statistics: try evaluator.statistics, ranking: request.ranking ?? ranking, needless: needless,
                documents: snapshot.documents(where:),
                nearestValues: { [snapshot] in try NearestValues.find(for: $0, in: snapshot) })
            planner.suggests = suggests
            planner.matching = request.matching
            let ranking = request.ranking ?? ranking
            planner.documentsWithWord = { [snapshot, analyzer] word, fields in
                try WrittenWords(snapshot: snapshot, analyzer: analyzer, evaluator: evaluator, ranking: ranking)
                    .documents(with: word, in: fields)
            }
            planner.fields = fields
            var plan = try planner.plan(parsed.root)
            let matches = try plan.flatMap { try fieldMatches(of: request, $0, evaluator) }
            if let matches, var wider = plan {
                wider.match = .any([wider.match, .filter(wider.filters.count)])
                wider.filters.append(matches.all)
                plan = wider
                planner.forgetMissingWords()
            }
            if request.query.allSatisfy(\.isWhitespace) {
                let hint = QueryHint(column: 1, message: "there is no word to search for; * finds everything")
                return PreparedQuery(plan: plan, hints: [hint])
            }
            return PreparedQuery(
                plan: plan, first: matches?.first, hints: parsed.hints + planner.hints,
                alternatives: planner.alternatives,
                corrected: planner.corrections.isEmpty ? nil : request.query.replacing(planner.corrections))
        }
        if request.stopWords != .keep {
            let needless = NeedlessWords(
                stopWords: try knownStopWords(), named: snapshot.settings.stopWords,
                isUnconditional: request.stopWords == .drop)
            let dropped = try plan(without: needless)
            if dropped.plan != nil { return dropped }
        }
        return try plan(without: nil)
    }

    /// The plan for those of its matches that a request's other conditions hold for.
    private func restricted(_ plan: EvaluationPlan, to request: SearchRequest) throws -> EvaluationPlan {
        var plan = plan
        for condition in try conditions(of: request) {
            plan.filters.append(condition)
            plan.match = .all([plan.match, .filter(plan.filters.count - 1)])
        }
        return plan
    }

    /// The documents that each of a request's other conditions holds for.
    private func conditions(of request: SearchRequest) throws -> [DocumentBitmap] {
        var bitmaps: [DocumentBitmap] = []
        if let since = request.since {
            bitmaps.append(try snapshot.documents(where: .date(lower: since, upper: nil)))
        }
        if let among = request.among {
            var bitmap = DocumentBitmap()
            for id in among { bitmap.insert(id.rawValue) }
            bitmaps.append(bitmap)
        }
        return bitmaps
    }

    func knownStopWords() throws -> StopWords {
        let known = try stopWords ?? StopWords(named: snapshot.settings.stopWords)
        stopWords = known
        return known
    }

    private func fieldMatches(of request: SearchRequest, _ plan: EvaluationPlan, _ evaluator: any Evaluator) throws
        -> FieldMatches?
    {
        let key = FieldMatchKey(query: request.query, stopWords: request.stopWords)
        if let known = fieldMatches[key] { return known }
        let found = try FieldMatches(request.query, in: snapshot) {
            try plan.terms.map { try evaluator.documentFrequency(of: $0) }.min() ?? 0
        }
        if fieldMatches.count >= Self.fieldMatchLimit { fieldMatches = [:] }
        fieldMatches.updateValue(found, forKey: key)
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
        isRescored: Bool?
    ) throws -> Explanation {
        try ScoreExplainer(plan: plan, evaluator: evaluator, analyzer: analyzer, ranking: ranking)
            .explain(stored.document, id: stored.id, isRescored: isRescored)
    }
}

/// The dictionary of a snapshot: frequencies by way of the evaluator, which has them at hand.
private struct SnapshotDictionary: TermDictionary {
    let snapshot: IndexSnapshot
    let evaluator: any Evaluator

    func documentFrequency(of term: [UInt8]) throws -> Int { try evaluator.documentFrequency(of: term) }

    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        try snapshot.terms(withPrefix: prefix, limit: limit)
    }

    func words(near key: [UInt8], within distance: Int) throws -> [NearWord] {
        try snapshot.words(near: key, within: distance)
    }
}

/// A query that has been made ready.
private struct PreparedQuery {
    var plan: EvaluationPlan?
    /// Documents that come before all others, if there are such.
    var first: DocumentBitmap?
    var hints: [QueryHint]
    /// The words that stand beside each other.
    var alternatives: [(text: String, match: EvaluationPlan.Match)] = []
    /// The query with words that documents have in the place of those that none has.
    var corrected: String?
}

extension String {
    /// The text with other words in the place of some.
    fileprivate func replacing(_ corrections: [(range: SourceRange, word: String)]) -> String {
        var bytes = Array(utf8)
        for (range, word) in corrections.sorted(by: { $0.range.lowerBound > $1.range.lowerBound })
        where range.upperBound <= bytes.count {
            bytes.replaceSubrange(range.lowerBound..<range.upperBound, with: Array(word.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
