/// The clauses of a run while it is parsed, and the rules by which they become a tree.
struct ClauseList {
    /// How a clause takes part.
    enum Sign { case bare, must, mustNot }

    private var must: [Query] = []
    private var should: [Query] = []
    private var mustNot: [Query] = []
    /// Bare filters: they restrict, and do not stand in for a word that must match.
    private var filters: [Query] = []
    /// The column of the first `+`, for a hint where it has no effect.
    private(set) var plusColumn: Int?

    var isEmpty: Bool { must.isEmpty && should.isEmpty && mustNot.isEmpty && filters.isEmpty }

    /// Whether it is one clause with a `+`: beside OR that sign says nothing.
    var isLonePlus: Bool { must.count == 1 && should.isEmpty && mustNot.isEmpty && filters.isEmpty }

    /// - Parameter column: Where the sign stands; nil for one that is understood.
    mutating func append(_ query: Query, sign: Sign, column: Int?) {
        switch sign {
        case .must:
            must.append(query)
            if plusColumn == nil { plusColumn = column }
        case .mustNot: mustNot.append(query)
        case .bare: if query.isFilter { filters.append(query) } else { should.append(query) }
        }
    }

    /// The clause of a run whose only clause has a `+`.
    var unsigned: Query { isLonePlus ? must[0] : query }

    /// The run as a tree. A lone word with a `+` keeps it, for a word of several parts needs them all then.
    var query: Query {
        if isLonePlus, case .word = must[0] { return .boolean(must: must, should: [], mustNot: []) }
        var required = filters + must
        var optional = should
        if !filters.isEmpty, must.isEmpty, !should.isEmpty {
            required.append(ClauseList.combine(must: [], should: should, mustNot: []))
            optional = []
        }
        return ClauseList.combine(must: required, should: optional, mustNot: mustNot)
    }

    /// `a AND b`: every run must match; a run of exclusions alone excludes from the others.
    static func conjunction(_ runs: [ClauseList]) -> Query {
        if runs.count == 1 { return runs[0].query }
        var required: [Query] = []
        var excluded: [Query] = []
        for run in runs where !run.isEmpty {
            if run.must.isEmpty, run.should.isEmpty, run.filters.isEmpty {
                excluded += run.mustNot
            } else {
                required.append(run.query)
            }
        }
        return combine(must: required, should: [], mustNot: excluded)
    }

    /// `a OR b`: at least one must match.
    static func disjunction(_ alternatives: [Query]) -> Query {
        combine(must: [], should: alternatives.filter { $0 != .nothing }, mustNot: [])
    }

    /// A boolean query without needless nesting: sums of sums and conjunctions of conjunctions are one.
    private static func combine(must: [Query], should: [Query], mustNot: [Query]) -> Query {
        var required: [Query] = []
        var excluded = mustNot
        for query in must {
            if case .boolean(let inner, let optional, let innerNot) = query, optional.isEmpty {
                required += inner
                excluded += innerNot
            } else {
                required.append(query)
            }
        }
        let optional = should.flatMap { query in
            if case .boolean(let inner, let alternatives, let innerNot) = query, inner.isEmpty, innerNot.isEmpty {
                alternatives
            } else {
                [query]
            }
        }
        switch (required.count, optional.count, excluded.count) {
        case (0, 0, 0): return .nothing
        case (1, 0, 0): return required[0]
        case (0, 1, 0): return optional[0]
        case (0, 0, _): return .boolean(must: [.everything], should: [], mustNot: excluded)
        default: return .boolean(must: required, should: optional, mustNot: excluded)
        }
    }
}
