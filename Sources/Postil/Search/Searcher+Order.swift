import Documents
import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

/// Documents that come before all others, whatever they score.
struct LeadingDocuments {
    var documents: DocumentBitmap
    /// Whether they have to match as others do: those of an author have to, one whose id was pasted has not.
    var haveToMatch: Bool
}

/// Which documents come first: by their scores, by a field, in groups.
extension Searcher {
    /// The query with words of its best documents, where the request asks for them; nil where it stays as it is.
    ///
    /// - Parameter ranked: The best documents for the plan, if they are known.
    func widened(
        _ plan: EvaluationPlan, first: LeadingDocuments?, _ parsed: ParsedQuery, _ request: SearchRequest,
        ranked: [ScoredDocument]?
    ) throws -> Feedback.Widened? {
        guard request.expansion != .off, !request.needsAllMatches,
            PastedName(pasted: request.query)?.isWords ?? true
        else { return nil }
        let evaluator = try evaluator(for: request.strategy)
        var best = ranked ?? []
        // A longer list begins with the shorter one.
        if best.count < Feedback.depth {
            best = try evaluate(plan, first: first, request, depth: Feedback.depth, by: evaluator).top
        }
        let isOpen = parsed.root.isOpen
        if request.expansion == .automatic,
            try !Feedback.isPromising(
                plan, ranked: best, isOpen: isOpen, documentFrequency: evaluator.documentFrequency(of:))
        {
            return nil
        }
        return try Feedback(
            snapshot: snapshot, evaluator: evaluator, analyzer: analyzer, stopWords: try knownStopWords()
        ).widened(plan, ranked: best, isOpen: isOpen)
    }

    /// All documents that match, those that a pasted name stands for among them.
    func matches(of request: SearchRequest) throws -> DocumentBitmap {
        let prepared = try prepare(parsed(request), request)
        guard let plan = prepared.plan else { return DocumentBitmap() }
        return try matches(of: plan, first: prepared.first, request, by: evaluator(for: request.strategy))
    }

    func matches(
        of plan: EvaluationPlan, first: LeadingDocuments?, _ request: SearchRequest, by evaluator: any Evaluator
    ) throws -> DocumentBitmap {
        var matches = try evaluator.matches(of: plan, parameters: request.ranking ?? ranking)
        if let first, !first.haveToMatch { matches.formUnion(first.documents) }
        return matches
    }

    /// All matches and what they are sorted by, if the request takes more than the best of them.
    func columnOrder(
        _ plan: EvaluationPlan, first: LeadingDocuments?, _ request: SearchRequest, by evaluator: any Evaluator
    ) throws -> ColumnOrder? {
        guard request.needsAllMatches else { return nil }
        let sort = try request.sort.field.map {
            (name: try columnName($0, isForSorting: true), descends: request.sort.descends)
        }
        let parameters = request.ranking ?? ranking
        return ColumnOrder(
            snapshot: snapshot, matches: try matches(of: plan, first: first, request, by: evaluator), sort: sort,
            rank: { try evaluator.evaluateRaised($0, parameters: parameters, limit: $1, countsExactly: false) })
    }

    /// The first documents of the request's order.
    func ranked(
        _ plan: EvaluationPlan, first: LeadingDocuments?, _ request: SearchRequest, _ order: ColumnOrder?, depth: Int,
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
    func groups(_ order: ColumnOrder, _ plan: EvaluationPlan, _ request: SearchRequest) throws
        -> (groups: [HitGroup], result: EvaluationResult, request: SearchRequest)?
    {
        guard let grouping = request.grouping else { return nil }
        let name = try columnName(grouping.field, isForSorting: false)
        // Copies leave their places to others of the group.
        let perGroup = max(1, grouping.perGroup)
        let candidates = request.copies == .collapsed ? min(2 * perGroup + 2, Self.mostOfGroup + perGroup) : perGroup
        let found = try order.groups(
            by: name, perGroup: candidates, from: max(0, request.offset), limit: max(0, request.limit),
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
        let result = EvaluationResult(
            top: top, matchCount: MatchCount(value: order.matches.count, isExact: true),
            statistics: EvaluationStatistics())
        return (groups, result, page)
    }

    /// Hits of a group beyond those that are shown that are looked at, where copies leave places to fill.
    private static let mostOfGroup = 100

    /// The groups with what is left of their hits when copies are out, `perGroup` at most of each; those without any are left out.
    /// Ranks go on without gaps.
    static func withoutCopies(_ groups: [HitGroup], of top: [ScoredDocument], _ hits: [SearchHit], perGroup: Int)
        -> (groups: [HitGroup], hits: [SearchHit])
    {
        let places = Dictionary(hits.enumerated().map { ($1.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
        var kept: [SearchHit] = []
        var ranks: [Int: Int] = [:]
        var left: [HitGroup] = []
        for group in groups {
            let own = top[group.hits].compactMap { places[$0.document] }.prefix(max(1, perGroup))
            guard !own.isEmpty else { continue }
            left.append(HitGroup(value: group.value, count: group.count, hits: kept.count..<kept.count + own.count))
            for place in own {
                var hit = hits[place]
                ranks[hit.rank] = kept.count + 1
                hit.rank = kept.count + 1
                kept.append(hit)
            }
        }
        for index in kept.indices { kept[index].quotes = kept[index].quotes.compactMap { ranks[$0] } }
        return (left, kept)
    }

    /// The documents that a pasted id, address or file name stands for; nil for none.
    ///
    /// - Parameter findsNothing: Whether some of the query is in no text.
    func pasted(_ request: SearchRequest, findsNothing: Bool = false) throws -> DocumentBitmap? {
        if !findsNothing, namesNothing.contains(request.query) { return nil }
        guard let name = PastedName(pasted: request.query, findsNothing: findsNothing) else { return nil }
        var named = try snapshot.documents(where: .named(name))
        for publication in name.publications {
            for key in publication.metadataNames {
                named.formUnion(
                    try snapshot.documents(where: .words(.metadata(key), publication.text, isBeginning: false)))
            }
        }
        if named.isEmpty, !findsNothing, request.query.utf8.count <= Self.namesNothingLimit.bytes {
            if namesNothing.count >= Self.namesNothingLimit.count { namesNothing.removeAll(keepingCapacity: true) }
            namesNothing.insert(request.query)
        }
        for condition in try conditions(of: request) { named.formIntersection(condition) }
        return named.isEmpty ? nil : named
    }

    /// The best documents; those that a pasted id, address or file name stands for, and those of an author whose name the query is,
    /// come before all others.
    func evaluate(
        _ plan: EvaluationPlan, first: LeadingDocuments?, _ request: SearchRequest, depth: Int,
        by evaluator: any Evaluator
    ) throws -> EvaluationResult {
        func evaluate(_ plan: EvaluationPlan) throws -> EvaluationResult {
            try evaluator.evaluateRaised(
                plan, parameters: request.ranking ?? ranking, limit: depth,
                countsExactly: request.countsExactly)
        }
        guard let leading = first, !leading.documents.isEmpty else { return try evaluate(plan) }
        var (first, others) = (plan, plan)
        first.filters.append(leading.documents)
        others.filters.append(leading.documents)
        let isLeading = EvaluationPlan.Match.filter(plan.filters.count)
        first.match = leading.haveToMatch ? .all([plan.match, isLeading]) : isLeading
        others.match = .except(plan.match, isLeading)
        var result = try evaluate(first)
        let rest = try evaluate(others)
        result.top = Array((result.top + rest.top).prefix(depth))
        result.matchCount = MatchCount(
            value: result.matchCount.value + rest.matchCount.value,
            isExact: result.matchCount.isExact && rest.matchCount.isExact)
        return result
    }
}
