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
    let documents: (DocumentFilter) throws -> DocumentBitmap
    /// Values of a filter's field that come near to its own.
    let nearestValues: (DocumentFilter) throws -> [String]

    /// Whether words that no document has are looked up among those that documents have, which takes a walk over terms.
    var suggests = false

    private(set) var hints: [QueryHint] = []
    /// Words that no document has, and those that were meant.
    private(set) var corrections: [(range: SourceRange, word: String)] = []
    private var terms: [[UInt8]] = []
    private var termNumbers: [[UInt8]: Int] = [:]
    private var leaves: [EvaluationPlan.Leaf] = []
    private var leafNumbers: [LeafKey: Int] = [:]
    /// Terms of words in the order of the query; nil between words that do not follow each other.
    private var sequence: [Int?] = []
    private var filters: [DocumentBitmap] = []
    private var filterNumbers: [DocumentFilter: Int] = [:]
    /// Terms that weigh something and are in no document.
    private var missing: Set<[UInt8]> = []
    /// Number of hints about them.
    private var missingWords = 0

    private struct LeafKey: Hashable {
        var pattern: EvaluationPlan.Pattern
        var fields: FieldSet
    }

    /// How the part of the query being planned takes part in the score and in the match.
    struct Context {
        var fields = FieldSet.all
        var boost = 1.0
        /// The part has to match (or must not), so that all of a split word counts.
        var isStrict = false
    }

    /// Most terms that a prefix or a fuzzy word stands for.
    static let expansionLimit = 512
    /// Most terms that the last part of a beginning of a compound stands for: each is a phrase.
    static let nameExpansionLimit = 32
    /// What the parts of a compound weigh beside the whole; measured in Documentation/Decisions/words.md.
    static let partShare = 0.5
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
    mutating func plan(_ query: Query) throws -> EvaluationPlan? {
        guard let match = try match(query, Context()) else { return nil }
        return EvaluationPlan(terms: terms, leaves: leaves, pairs: try pairs(), match: match, filters: filters)
    }

    // MARK: Words beside each other

    /// Most pairs that are looked for, those that weigh most: each takes two readings of positions in every document of the
    /// second stage, and a pasted page would have hundreds.
    static let pairLimit = 16

    /// The words that follow each other in the query, each two once.
    private func pairs() throws -> [Proximity.Pair] {
        guard ranking.proximity.share > 0 else { return [] }
        var seen: Set<[Int]> = []
        var found: [Proximity.Pair] = []
        for case (let first?, let second?) in zip(sequence, sequence.dropFirst())
        where first != second && seen.insert([first, second]).inserted {
            let frequencies = try [first, second].map { try dictionary.documentFrequency(of: terms[$0]) }
            guard !frequencies.contains(0) else { continue }
            let weight = ranking.proximity.weight(of: frequencies, in: statistics)
            found.append(Proximity.Pair(first: first, second: second, weight: weight))
        }
        guard found.count > QueryPlanner.pairLimit else { return found }
        let order = found.indices.sorted { (found[$1].weight, $0) < (found[$0].weight, $1) }
        return order.prefix(QueryPlanner.pairLimit).map { found[$0] }
    }

    /// Notes that what is planned next does not follow what was planned last.
    private mutating func breakSequence() {
        if let last = sequence.last, last != nil { sequence.append(nil) }
    }

    /// The condition for a part of the query; nil when it has nothing to search for.
    private mutating func match(_ query: Query, _ context: Context) throws -> EvaluationPlan.Match? {
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
            guard let filter = FieldFilter.filter(field: name, query) else {
                hint(range, "\(name): has no value and is left out")
                return nil
            }
            let number = try number(of: filter)
            if filters[number].isEmpty { try hintNearestValues(filter, field: name, range) }
            return .filter(number)
        case .dateRange(let lower, let upper, _):
            return .filter(try number(of: .date(lower: lower, upper: upper)))
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
        var strict = context
        strict.isStrict = true
        breakSequence()
        let required = try must.compactMap { try match($0, strict) }
        breakSequence()
        // A lone alternative has to match as if it were required: `(mesa-optimizer)` is `mesa-optimizer`.
        let isNeedless = needless?.areNeedless(should)
        let optional = try should.enumerated().compactMap { place, clause in
            isNeedless?[place] ?? false ? nil : try match(clause, context)
        }
        breakSequence()
        var unscored = strict
        unscored.boost = 0
        let excluded = try mustNot.compactMap { try match($0, unscored) }
        var base: EvaluationPlan.Match
        if !required.isEmpty {
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

    // MARK: Words and phrases

    private mutating func match(_ word: Query.Word, _ context: Context) throws -> EvaluationPlan.Match? {
        switch word.kind {
        case .plain:
            if let needless, needless.isUnconditional,
                NeedlessWords.plainWord(.word(word)).map(needless.stopWords.contains) ?? false
            {
                return nil
            }
            let analysed = AnalysedText(word.text, by: analyzer)
            guard !analysed.terms.isEmpty else {
                hint(word.range, "“\(word.text)” has no letters or digits to search for and is left out")
                return nil
            }
            let match = try match(analysed, context)
            if context.boost > 0, context.fields == .all { sequence += analysed.terms.map { number(ofTerm: $0) } }
            if !missing.isEmpty, missingWords < QueryPlanner.missingWordLimit,
                analysed.everyTerm.allSatisfy(missing.contains)
            {
                missingWords += 1
                // One word, which can take the mark.
                let isPlain = word.text.count <= 40 && word.text.allSatisfy { $0.isLetter || $0.isNumber }
                let meant =
                    try suggests && isPlain
                    ? SpellingCorrection(analyzer: analyzer, dictionary: dictionary).nearest(to: word.text) : nil
                if let meant { corrections.append((word.range, meant)) }
                hint(
                    word.range,
                    isPlain
                        ? "no document has “\(word.text)”; "
                            + (meant.map { "did you mean “\($0)”?" } ?? "\(word.text)~ finds words spelt like it")
                        : "no document has “\(word.text.prefix(40))\(word.text.count > 40 ? "…" : "")”")
            }
            return match
        case .prefix:
            breakSequence()
            return try match(expansions: prefixExpansions(of: word), of: word, context)
        case .fuzzy(let distance):
            breakSequence()
            return try match(expansions: fuzzyExpansions(of: word, distance: distance), of: word, context)
        }
    }

    private mutating func match(_ analysed: AnalysedText, _ context: Context) throws -> EvaluationPlan.Match? {
        if analysed.isPlain { return try leaf(analysed.terms[0], context) }
        if context.isStrict || analysed.isName { return try strictMatch(analysed, context) }
        return Self.any(try analysed.words.map { try match($0, of: analysed, context) })
    }

    /// All of the text has to match, however it is written.
    private mutating func strictMatch(_ analysed: AnalysedText, _ context: Context) throws -> EvaluationPlan.Match {
        if analysed.words.count == 1 {
            var strict = context
            strict.isStrict = true
            return try match(analysed.words[0], of: analysed, strict)
        }
        return Self.any(try analysed.sequences.map { try phrase($0.terms, $0.offsets, context) })
    }

    /// One word of a text.
    ///
    /// What stands for all of a compound or identifier weighs as a word. Its parts are no other evidence where the whole is known
    /// to the index, and weigh ``partShare`` of their own.
    private mutating func match(_ word: AnalysedText.Word, of analysed: AnalysedText, _ context: Context) throws
        -> EvaluationPlan.Match
    {
        let parts = Array(analysed.terms[word.parts])
        if let unsigned = word.unsigned, parts.count == 1 {
            // `C++` where no document has it is about C.
            let isKnown = try dictionary.documentFrequency(of: parts[0]) > 0
            return try leaf(isKnown || context.isStrict ? parts[0] : unsigned, context)
        }
        guard let whole = word.joined ?? (parts.count == 1 ? parts[0] : nil) else {
            return try phrase(parts, Array(parts.indices), context)
        }
        let apart = word.joined == nil ? word.inner : parts
        var alternatives = [try leaf(whole, context)]
        guard apart.count > 1 else { return alternatives[0] }
        var share = context
        if try dictionary.documentFrequency(of: whole) > 0 { share.boost *= QueryPlanner.partShare }
        let isCompound = word.joined != nil
        let mayStandAlone = isCompound && !context.isStrict ? apart.filter(AnalysedText.saysSomething) : []
        alternatives += try mayStandAlone.map { try leaf($0, share) }
        if mayStandAlone.count < apart.count {
            var row = share
            // Of a compound that must match the parts are scored.
            if isCompound && context.isStrict { row.boost = 0 }
            alternatives.append(try phrase(apart, Array(apart.indices), row))
            if isCompound && context.isStrict { for term in apart { _ = try leaf(term, share) } }
        }
        return Self.any(alternatives)
    }

    private static func any(_ alternatives: [EvaluationPlan.Match]) -> EvaluationPlan.Match {
        alternatives.count == 1 ? alternatives[0] : .any(alternatives)
    }

    private mutating func match(_ phrase: Query.Phrase, _ context: Context) throws -> EvaluationPlan.Match? {
        breakSequence()
        let analysed = AnalysedText(phrase.text, by: analyzer)
        guard !analysed.terms.isEmpty else {
            hint(phrase.range, "“\(phrase.text)” has no letters or digits to search for and is left out")
            return nil
        }
        guard let slop = phrase.slop, analysed.terms.count > 1 else {
            return analysed.isPlain ? try leaf(analysed.terms[0], context) : try strictMatch(analysed, context)
        }
        return .leaf(
            number(
                of: .near(terms: analysed.terms.map { number(ofTerm: $0) }, slop: slop), fields: context.fields,
                weight: try weight(analysed.terms, context)))
    }

    private mutating func phrase(_ terms: [[UInt8]], _ offsets: [Int], _ context: Context) throws
        -> EvaluationPlan.Match
    {
        if terms.count == 1 { return try leaf(terms[0], context) }
        return .leaf(
            number(
                of: .phrase(terms: terms.map { number(ofTerm: $0) }, offsets: offsets), fields: context.fields,
                weight: try weight(terms, context)))
    }

    private mutating func leaf(_ term: [UInt8], _ context: Context) throws -> EvaluationPlan.Match {
        .leaf(
            number(of: .term(number(ofTerm: term)), fields: context.fields, weight: try weight([term], context)))
    }

    private mutating func weight(_ terms: [[UInt8]], _ context: Context) throws -> Double {
        guard context.boost > 0 else { return 0 }
        var sum = 0.0
        for term in terms {
            let frequency = try dictionary.documentFrequency(of: term)
            if frequency == 0 { missing.insert(term) }
            sum += BM25.inverseDocumentFrequency(frequency, in: statistics)
        }
        return context.boost * sum
    }

    // MARK: Expansions

    /// All expansions weigh the same, as one term that occurs in as many documents as they do together; a rare misspelling
    /// would otherwise outweigh the word itself.
    private mutating func match(expansions: [[UInt8]], of word: Query.Word, _ context: Context) throws
        -> EvaluationPlan.Match?
    {
        guard !expansions.isEmpty else {
            let isPrefix = word.kind == .prefix
            hint(
                word.range,
                "no word of the index matches “\(word.text)\(isPrefix ? "*" : "~")”"
                    + (isPrefix && prefixStems.mayMissSome ? "; it has stems of words: write fewer letters" : ""))
            return .any([])
        }
        let frequency = try expansions.reduce(0) { $0 + (try dictionary.documentFrequency(of: $1)) }
        let weight =
            context.boost * BM25.inverseDocumentFrequency(min(frequency, statistics.documentCount), in: statistics)
        return .any(
            expansions.map {
                .leaf(number(of: .term(number(ofTerm: $0)), fields: context.fields, weight: weight))
            })
    }

    /// The beginning of a compound or name (`mesa-opt*`, `2.10.*`): terms that begin as its joined form does, or its parts in a
    /// row with a term that begins as the last one does.
    private mutating func match(beginning: AnalysedText, of word: Query.Word, _ context: Context) throws
        -> EvaluationPlan.Match?
    {
        var alternatives: [EvaluationPlan.Match] = []
        if beginning.words.count == 1, let joined = beginning.words[0].joined {
            for term in try expansions(of: joined, limit: QueryPlanner.nameExpansionLimit) {
                alternatives.append(try leaf(term, context))
            }
        }
        let last = beginning.terms.count - 1
        for term in try expansions(of: beginning.terms[last], limit: QueryPlanner.nameExpansionLimit) {
            alternatives.append(
                try phrase(Array(beginning.terms[..<last]) + [term], beginning.offsets, context))
        }
        return alternatives.isEmpty ? try match(expansions: [], of: word, context) : Self.any(alternatives)
    }

    /// Terms that begin so, and the stems of words that do.
    private func expansions(of letters: [UInt8], limit: Int) throws -> [[UInt8]] {
        let terms = try dictionary.terms(withPrefix: letters, limit: limit)
        let stems = try prefixStems.stems(behind: letters, by: analyzer).filter {
            try !terms.contains($0) && dictionary.documentFrequency(of: $0) > 0
        }
        return terms + stems
    }

    /// Terms are stems, so that `optimization*` looks for terms beginning so, for the stem of `optimization`, and for stems
    /// of longer words (``PrefixStems``).
    private mutating func prefixExpansions(of word: Query.Word) throws -> [[UInt8]] {
        guard let letters = AnalysedText(word.text, by: analyzer, for: .prefix).terms.last else { return [] }
        var expansions = try dictionary.terms(withPrefix: letters, limit: QueryPlanner.expansionLimit + 1)
        if expansions.count > QueryPlanner.expansionLimit {
            expansions.removeLast()
            hint(
                word.range,
                "“\(word.text)*” stands for more than \(QueryPlanner.expansionLimit) words; "
                    + "only the first of them are searched: write more letters")
        }
        let whole = AnalysedText(word.text, by: analyzer).terms
        guard whole.count == 1 else { return expansions }
        let isInIndex = { [dictionary] in try dictionary.documentFrequency(of: $0) > 0 }
        if try !expansions.contains(whole[0]) && isInIndex(whole[0]) { expansions.append(whole[0]) }
        let stems = try prefixStems.stems(behind: letters, by: analyzer).filter { $0 != whole[0] }.filter(isInIndex)
        if expansions.isEmpty, !stems.isEmpty {
            let names = stems.map { "“\(String(decoding: $0, as: UTF8.self))”" }.joined(separator: ", ")
            hint(
                word.range,
                "“\(word.text)*” reaches beyond the stem of such words; all words of the stem \(names) are searched")
        }
        return expansions + stems
    }

    /// Terms within `distance` edits of the word's own that begin with the same character. Without a distance, short terms
    /// get one edit: it is as much in five letters as two in ten. The term's letters count and not the word's, since the
    /// edits are those of the term: two would make *copi* of *corig*, the stem of a misspelt *corrigibility*.
    private mutating func fuzzyExpansions(of word: Query.Word, distance: Int?) throws -> [[UInt8]] {
        guard let term = AnalysedText(word.text, by: analyzer).terms.first else { return [] }
        let wanted = Array(String(decoding: term, as: UTF8.self).unicodeScalars)
        guard let first = wanted.first else { return [] }
        let distance = distance ?? (wanted.count <= 5 ? 1 : Query.maximumDistance)
        let candidates = try dictionary.terms(withPrefix: Array(String(first).utf8), limit: Int.max)
        return candidates.filter {
            EditDistance.isWithin(distance, wanted, Array(String(decoding: $0, as: UTF8.self).unicodeScalars))
        }
    }

    // MARK: Numbering

    private mutating func number(ofTerm term: [UInt8]) -> Int {
        if let known = termNumbers[term] { return known }
        terms.append(term)
        termNumbers[term] = terms.count - 1
        return terms.count - 1
    }

    /// The leaf for a pattern; asked for twice, it weighs twice.
    private mutating func number(of pattern: EvaluationPlan.Pattern, fields: FieldSet, weight: Double) -> Int {
        let key = LeafKey(pattern: pattern, fields: fields)
        if let known = leafNumbers[key] {
            leaves[known].weight += weight
            return known
        }
        leaves.append(EvaluationPlan.Leaf(pattern: pattern, fields: fields, weight: weight))
        leafNumbers[key] = leaves.count - 1
        return leaves.count - 1
    }

    private mutating func number(of filter: DocumentFilter) throws -> Int {
        if let known = filterNumbers[filter] { return known }
        filters.append(try documents(filter))
        filterNumbers[filter] = filters.count - 1
        return filters.count - 1
    }

    /// Names the nearest values to one that no document has.
    private mutating func hintNearestValues(_ filter: DocumentFilter, field: String, _ range: SourceRange) throws {
        let nearest = try nearestValues(filter)
        guard !nearest.isEmpty else { return }
        let names = nearest.map { $0.contains(" ") ? "\(field):\"\($0)\"" : "\(field):\($0)" }
        hint(range, "no document has this \(field); near to it are " + names.joined(separator: ", "))
    }

    private mutating func hint(_ range: SourceRange, _ message: String) {
        let column = String(decoding: text.utf8.prefix(range.lowerBound), as: UTF8.self).unicodeScalars.count + 1
        hints.append(QueryHint(column: column, message: message))
    }
}
