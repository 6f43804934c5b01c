import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

/// Turns a query tree into an evaluation plan: analyses its words, looks up what they weigh, turns fields into filters.
///
/// A word that the analyzer splits (`mesa-optimizer`) is any of its parts or its joined form where it may match, and the
/// joined form or the parts in a row where it must (or must not): Documentation/Decisions/words.md.
struct QueryPlanner {
    /// The query as it was typed, for the columns of hints.
    let text: String
    let analyzer: any Analyzer
    let dictionary: any TermDictionary
    let statistics: CollectionStatistics
    let ranking: RankingParameters
    /// What the analyzer's stems have to do with the beginnings of words.
    let prefixStems: PrefixStems
    /// Words to leave out; nil for none.
    let needless: NeedlessWords?
    /// How fields become conditions.
    var fields = FieldFilter()
    let documents: (DocumentFilter) throws -> DocumentBitmap
    /// Values of a filter's field that come near to its own.
    let nearestValues: (DocumentFilter) throws -> [String]

    /// Whether words that no document has are looked up among those that documents have, which takes a walk over their list.
    var suggests = false
    /// The words that documents have which may have been meant by one that none has.
    var spellings: (String) throws -> [String] = { _ in [] }

    /// How many of the words that stand beside each other have to match.
    var matching = SearchRequest.WordMatching.any
    /// Finds the documents that have a word as it is written in some fields; nil for all that have its term.
    var documentsWithWord: (String, FieldSet) throws -> DocumentBitmap? = { _, _ in nil }

    /// Finds the documents that have the words of a text in other fields than title and body; nil for none.
    var documentsOfFields: (String, _ isBeginning: Bool, _ isMissing: Bool) throws -> DocumentBitmap? = { _, _, _ in
        nil
    }

    /// Finds the documents of authors with a word.
    var documentsOfAuthor: (String) throws -> DocumentBitmap = { _ in DocumentBitmap() }

    private(set) var hints: [QueryHint] = []
    /// The words and phrases that stand beside each other, and what each matches.
    private(set) var alternatives: [(text: String, match: EvaluationPlan.Match)] = []
    /// Whether what is planned next are the words that stand beside each other, and no group of them.
    private var isAtRoot = true
    /// Words that no document has, and those that were meant.
    var corrections: [(range: SourceRange, word: String)] = []
    var builder = PlanBuilder()
    /// Terms of words in the order of the query; nil between words that do not follow each other.
    var sequence: [Int?] = []
    /// Terms that weigh something and are in no document.
    var missing: Set<[UInt8]> = []
    /// Number of hints about them, and which they are.
    var missingWords = 0
    /// Number of words that were looked for in other fields than title and body.
    var sideFieldLooks = 0
    /// Number of values that no document has for which near ones were looked up.
    private var missingValues = 0
    var missingHints: [QueryHint] = []

    /// How the part of the query being planned takes part in the score and in the match.
    struct Context {
        var fields = FieldSet.all
        var boost = 1.0
        /// The part has to match (or must not), so that all of a split word counts, and its authors and tags decide as
        /// well.
        var isStrict = false
        /// Whether words are looked for in other fields than title and body although texts have them. Where words stand beside
        /// each other alone it would hardly change what is found, and cost more than the query.
        var seesSideFields: Bool { isStrict || isBesideExclusion }
        /// Whether something is excluded from what the part matches.
        var isBesideExclusion = false
        /// Whether the part is one of several that count.
        var isBesideOthers = false
    }

    /// Most terms that a prefix or a fuzzy word stands for.
    static let expansionLimit = 512
    /// Most terms that the last part of a beginning of a compound stands for: each is a phrase.
    static let nameExpansionLimit = 32
    /// What the parts of a compound weigh beside the whole; measured in Documentation/Decisions/words.md.
    static let partShare = 0.5
    /// What a word weighs where another field has it, of its idf: less than one occurrence in a text of average length, which is 0.4.
    static let fieldShare = 0.3
    /// A word in no more texts than this, or than one of so many, may be a name beside other words: hardly any text has most names.
    static let textsOfName = 32
    static let documentsForOneTextOfName = 1024
    /// Most words that are looked for in other fields than title and body: each takes a look at their columns.
    static let sideFieldLimit = 32
    /// Most words of which a hint says that no document has them: a pasted page would fill the screen with them.
    static let missingWordLimit = 3

    init(
        text: String, analyzer: any Analyzer, prefixStems: PrefixStems, dictionary: any TermDictionary,
        statistics: CollectionStatistics, ranking: RankingParameters, needless: NeedlessWords?,
        documents: @escaping (DocumentFilter) throws -> DocumentBitmap,
        nearestValues: @escaping (DocumentFilter) throws -> [String]
    ) {
        self.text = text
        self.analyzer = analyzer
        self.prefixStems = prefixStems
        self.dictionary = dictionary
        self.statistics = statistics
        self.ranking = ranking
        self.needless = needless
        self.documents = documents
        self.nearestValues = nearestValues
    }

    /// The plan for a query; nil when nothing in it can match.
    ///
    /// - Parameter synonyms: What counts beside the query's words, and matches too where nothing has to match.
    mutating func plan(_ query: Query, synonyms: [Synonyms.Other] = []) throws -> EvaluationPlan? {
        guard var match = try match(query, Context()) else { return nil }
        if case .word(let word) = query, word.kind == .plain {
            let others = try otherForms(of: word)
            if !others.isEmpty { match = .any([match] + others) }
        }
        var others: [EvaluationPlan.Match] = []
        for synonym in synonyms { others.append(try self.match(synonym)) }
        if !others.isEmpty, query.isOpen, matching == .any { match = .any([match] + others) }
        return builder.plan(match, pairs: try pairs())
    }

    /// The condition for a synonym, all of whose words have to be there. What is told of words that no document has is about
    /// the user's own.
    private mutating func match(_ synonym: Synonyms.Other) throws -> EvaluationPlan.Match {
        breakSequence()
        defer { breakSequence() }
        let analysed = AnalysedText(synonym.text, by: analyzer)
        var context = Context()
        context.boost = synonym.weight
        return analysed.terms.isEmpty ? .any([]) : try strictMatch(analysed, context)
    }

    // MARK: Words beside each other

    /// Most pairs that are looked for, those that weigh most: each takes two readings of positions in every document of the
    /// second stage, and a pasted page would have hundreds.
    static let pairLimit = 16

    /// The words that follow each other in the query, each two once.
    private func pairs() throws -> [Proximity.Pair] {
        guard findsPairs else { return [] }
        var seen: Set<[Int]> = []
        var found: [Proximity.Pair] = []
        for case (let first?, let second?) in zip(sequence, sequence.dropFirst())
        where first != second && seen.insert([first, second]).inserted {
            let frequencies = try [first, second].map { try dictionary.documentFrequency(of: builder.terms[$0]) }
            guard !frequencies.contains(0) else { continue }
            let weight = ranking.proximity.weight(of: frequencies, in: statistics)
            found.append(Proximity.Pair(first: first, second: second, weight: weight))
        }
        guard found.count > QueryPlanner.pairLimit else { return found }
        let order = found.indices.sorted { (found[$1].weight, $0) < (found[$0].weight, $1) }
        return order.prefix(QueryPlanner.pairLimit).map { found[$0] }
    }

    /// Whether words that follow each other count.
    var findsPairs: Bool { ranking.proximity.share > 0 }

    /// Notes that what is planned next does not follow what was planned last.
    mutating func breakSequence() {
        if let last = sequence.last, last != nil { sequence.append(nil) }
    }

    /// The condition for a part of the query; nil when it has nothing to search for.
    mutating func match(_ query: Query, _ context: Context) throws -> EvaluationPlan.Match? {
        switch query {
        case .word(let word): return try match(word, context)
        case .phrase(let phrase): return try match(phrase, context)
        case .boolean(let must, let should, let mustNot):
            return try match(must: must, should: should, mustNot: mustNot, context)
        case .field(let name, let query, let range):
            if let fields = QueryPlanner.searchFields[name] {
                var inner = context
                inner.fields.formIntersection(fields)
                return try match(query, inner)
            }
            guard let filter = fields.filter(field: name, query) else {
                hint(range, "\(name): has no value and is left out")
                return nil
            }
            let number = try builder.number(of: filter, documents: documents)
            if builder.filters[number].isEmpty { try hintNearestValues(filter, field: name, range) }
            return .filter(number)
        case .dateRange(let lower, let upper, _):
            return .filter(try builder.number(of: .date(lower: lower, upper: upper), documents: documents))
        case .numberRange(let field, _, let range):
            return try match(.field(field, query, range), context)
        case .boosted(let query, let factor):
            var inner = context
            inner.boost *= factor
            return try match(query, inner)
        case .everything: return .everything
        case .nothing: return nil
        }
    }

    private static let searchFields: [String: FieldSet] = ["title": .title, "body": .body]

    private mutating func match(must: [Query], should: [Query], mustNot: [Query], _ context: Context) throws
        -> EvaluationPlan.Match?
    {
        var context = context
        context.isBesideOthers = context.isBesideOthers || must.count { !$0.isFilter } + should.count > 1
        var strict = context
        strict.isStrict = true
        breakSequence()
        let isRoot = isAtRoot
        // Filters stand beside the words, which are a group of their own then.
        isAtRoot = isRoot && should.isEmpty && must.count { !$0.isFilter } == 1
        let required = try must.compactMap { try match($0, strict) }
        breakSequence()
        // A lone alternative has to match as if it were required: `(mesa-optimizer)` is `mesa-optimizer`.
        isAtRoot = false
        let isNeedless = needless?.areNeedless(should)
        let matching = isRoot ? matching : .any
        let optional = try should.enumerated().compactMap { place, clause -> EvaluationPlan.Match? in
            if isNeedless?[place] ?? false { return nil }
            var inner = matching == .any ? context : strict
            inner.isBesideExclusion = !mustNot.isEmpty
            guard let match = try match(clause, inner) else { return nil }
            if isRoot, let text = clause.wordText { alternatives.append((text, match)) }
            return match
        }
        breakSequence()
        var unscored = strict
        unscored.boost = 0
        let excluded = try mustNot.compactMap { try match($0, unscored) }
        var base: EvaluationPlan.Match
        if matching != .any, optional.count > 1 {
            let words: EvaluationPlan.Match =
                matching == .all ? .all(optional) : .atLeast(optional.count / 2 + 1, optional)
            base = required.isEmpty ? words : .all(required + [words])
        } else if !required.isEmpty {
            base = required.count == 1 ? required[0] : .all(required)
        } else if !optional.isEmpty {
            base = optional.count == 1 ? optional[0] : .any(optional)
        } else {
            guard must.isEmpty, should.isEmpty, !excluded.isEmpty else { return nil }
            base = .everything
        }
        if !excluded.isEmpty { base = .except(base, excluded.count == 1 ? excluded[0] : .any(excluded)) }
        return base
    }

    /// Names the nearest values to one that no document has.
    private mutating func hintNearestValues(_ filter: DocumentFilter, field: String, _ range: SourceRange) throws {
        // Each takes a walk over all values of the field.
        guard missingValues < QueryPlanner.missingWordLimit else { return }
        missingValues += 1
        let nearest = try nearestValues(filter)
        guard !nearest.isEmpty else { return }
        let names = nearest.map { $0.contains(" ") ? "\(field):\"\($0)\"" : "\(field):\($0)" }
        hint(range, "no document has this \(field); near to it are " + names.joined(separator: ", "))
    }

    /// Takes back what was said of words that no document has in its text, where fields have them.
    mutating func forgetMissingWords() {
        hints.removeAll { missingHints.contains($0) }
        missingHints = []
        corrections = []
    }

    mutating func hint(_ range: SourceRange, _ message: String) {
        guard hints.count < QueryHint.maximumCount else { return }
        let column = String(decoding: text.utf8.prefix(range.lowerBound), as: UTF8.self).unicodeScalars.count + 1
        hints.append(QueryHint(column: column, message: message))
    }
}

extension Query {
    /// The word or phrase, as it was typed.
    fileprivate var wordText: String? {
        switch self {
        case .word(let word): word.text
        case .phrase(let phrase): phrase.text
        case .boosted(let query, _): query.wordText
        default: nil
        }
    }
}
