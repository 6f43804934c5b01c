import Documents
import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

/// How a query becomes a plan.
extension Searcher {
    /// A request's query as a tree.
    func parsed(_ request: SearchRequest) -> ParsedQuery {
        parse(request.query, knownFields: knownFields, requiresWords: request.matching != .any)
    }

    func prepare(_ parsed: ParsedQuery, _ request: SearchRequest, suggests: Bool = false) throws
        -> PreparedQuery
    {
        let evaluator = try evaluator(for: request.strategy)
        func plan(without needless: NeedlessWords?) throws -> PreparedQuery {
            var prepared = try unrestricted(without: needless)
            guard let plan = prepared.plan else { return prepared }
            let conditions = try conditions(of: request)
            if !conditions.isEmpty { prepared.plan = restricted(plan, to: conditions) }
            return prepared
        }
        func unrestricted(without needless: NeedlessWords?) throws -> PreparedQuery {
            var planner = QueryPlanner(
                text: request.query, analyzer: analyzer, prefixStems: prefixStems,
                dictionary: SnapshotDictionary(snapshot: snapshot, evaluator: evaluator, ranking: ranking),
                statistics: try evaluator.statistics, ranking: request.ranking ?? ranking, needless: needless,
                documents: snapshot.documents(where:),
                nearestValues: { [snapshot] in try NearestValues.find(for: $0, in: snapshot) })
            planner.suggests = suggests
            // Beside an OR that was written, the tree says what has to match.
            planner.matching = parsed.hasAlternatives ? .any : request.matching
            let ranking = request.ranking ?? ranking
            planner.documentsWithWord = { [snapshot, analyzer] word, fields in
                try WrittenWords(snapshot: snapshot, analyzer: analyzer, evaluator: evaluator, ranking: ranking)
                    .documents(with: word, in: fields)
            }
            planner.documentsOfFields = { [sideFields] text, isBeginning, isMissing in
                try sideFields.documents(with: text, isBeginning: isBeginning, isMissing: isMissing)
            }
            planner.documentsOfAuthor = { [sideFields] in try sideFields.authored($0) }
            planner.spellings = { [self] in try spellings(of: $0, by: evaluator) }
            planner.fields = fields
            let synonyms = try synonyms(of: request)?.others(beside: parsed.root) ?? []
            var plan = try planner.plan(parsed.root, synonyms: synonyms)
            let matches = try plan.flatMap { try fieldMatches(of: parsed.root, $0, evaluator) }
            if let matches, var wider = plan {
                wider.match = .any([wider.match, .filter(wider.filters.count)])
                wider.filters.append(matches.all)
                plan = wider
                planner.forgetMissingWords()
            }
            let pasted = try pasted(request, findsNothing: !planner.missingHints.isEmpty)
            if pasted != nil { planner.forgetMissingWords() }
            if request.query.allSatisfy(\.isWhitespace) {
                let hint = QueryHint(column: 1, message: "there is no word to search for; * finds everything")
                return PreparedQuery(plan: plan, hints: [hint])
            }
            return PreparedQuery(
                plan: plan,
                first: pasted.map { LeadingDocuments(documents: $0, haveToMatch: false) }
                    ?? matches?.first.map { LeadingDocuments(documents: $0, haveToMatch: true) },
                hints: parsed.hints + planner.hints,
                alternatives: planner.alternatives, synonyms: synonyms.map(\.text),
                missesWords: !planner.missingHints.isEmpty,
                corrected: planner.corrections.isEmpty ? nil : request.query.replacing(planner.corrections))
        }
        if request.stopWords != .keep {
            let needless = NeedlessWords(
                stopWords: try knownStopWords(), named: settings.stopWords,
                isUnconditional: request.stopWords == .drop)
            let dropped = try plan(without: needless)
            if dropped.plan != nil { return dropped }
        }
        return try plan(without: nil)
    }

    /// The plan for those of its matches that all conditions hold for.
    private func restricted(_ plan: EvaluationPlan, to conditions: [DocumentBitmap]) -> EvaluationPlan {
        var plan = plan
        for condition in conditions {
            plan.filters.append(condition)
            plan.match = .all([plan.match, .filter(plan.filters.count - 1)])
        }
        return plan
    }

    /// The documents that each of a request's other conditions holds for.
    func conditions(of request: SearchRequest) throws -> [DocumentBitmap] {
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
}

/// The dictionary of a snapshot: frequencies by way of the evaluator, which has them at hand.
struct SnapshotDictionary: TermDictionary {
    let snapshot: any SearchedCollection
    let evaluator: any Evaluator
    let ranking: RankingParameters

    func documentFrequency(of term: [UInt8]) throws -> Int { try evaluator.documentFrequency(of: term) }

    func documentFrequency(ofPhrase terms: [[UInt8]]) throws -> Int {
        let phrase = EvaluationPlan.Pattern.phrase(terms: Array(terms.indices), offsets: Array(terms.indices))
        let plan = EvaluationPlan(
            terms: terms, leaves: [EvaluationPlan.Leaf(pattern: phrase, fields: .all, weight: 0)], match: .leaf(0))
        return try evaluator.evaluate(plan, parameters: ranking, limit: 1, countsExactly: true).matchCount.value
    }

    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        try snapshot.terms(withPrefix: prefix, limit: limit)
    }

    func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        try snapshot.longestTerms(withPrefix: prefix, limit: limit).longest(limit)
    }

    func words(withKey key: [UInt8]) throws -> [ListedWord] { try snapshot.words(withKey: key) }

    func words(near key: [UInt8], within distance: Int) throws -> [NearWord] {
        try snapshot.words(near: key, within: distance)
    }
}

/// A query that has been made ready.
struct PreparedQuery {
    var plan: EvaluationPlan?
    /// Documents that come before all others, if there are such.
    var first: LeadingDocuments?
    var hints: [QueryHint]
    /// The words that stand beside each other.
    var alternatives: [(text: String, match: EvaluationPlan.Match)] = []
    /// Other ways to say the same that are searched beside it.
    var synonyms: [String] = []
    /// Whether the query has words that no document has.
    var missesWords = false
    /// The query with words that documents have in the place of those that none has.
    var corrected: String?
}

extension String {
    /// The text with other words in the place of some.
    fileprivate func replacing(_ corrections: [(range: SourceRange, word: String)]) -> String {
        var bytes = Array(utf8)
        for (range, word) in corrections.sorted(by: { $0.range.lowerBound > $1.range.lowerBound })
        where range.upperBound <= bytes.count {
            let isInPhrase = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).opensPhrase
            // Two words in the place of one stand together.
            let text = word.contains(" ") && !isInPhrase ? "\"\(word)\"" : word
            bytes.replaceSubrange(range.lowerBound..<range.upperBound, with: Array(text.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether what follows the text stands between quotation marks.
    private var opensPhrase: Bool { unicodeScalars.count { $0.isQueryQuote } % 2 == 1 }
}
