import Foundation
import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    mutating func match(_ word: Query.Word, _ context: Context) throws -> EvaluationPlan.Match? {
        switch word.kind {
        case .plain:
            if let needless, needless.isUnconditional,
                NeedlessWords.plainWord(.word(word)).map(needless.stopWords.contains) ?? false
            {
                return nil
            }
            let analysed = analysed(word.text, word.range)
            guard !analysed.terms.isEmpty else {
                hint(word.range, "“\(word.text)” has no letters or digits to search for and is left out")
                return nil
            }
            var match = try match(analysed, context)
            if prefixStems.knowsAccents { match = Self.any([match] + (try accentedForms(of: word, analysed, context))) }
            if findsPairs, context.boost > 0, context.fields == .all {
                sequence += analysed.terms.map { builder.number(ofTerm: $0) }
            }
            let isMissing = !missing.isEmpty && analysed.everyTerm.allSatisfy(missing.contains)
            if isMissing || context.seesSideFields,
                let documents = try sideDocuments(word.text, context, isMissing: isMissing)
            {
                if case .filter(let number) = documents { try raise(number, for: word, analysed, context) }
                return .any([match, documents])
            }
            if let documents = try documentsOfName(word, analysed, context) { return .any([match, documents]) }
            if !missing.isEmpty { try hintIfMissing(word.text, word.range) }
            return match
        case .written: return try match(written: word, context)
        case .prefix:
            breakSequence()
            let beginning = analysed(word.text, word.range, for: .prefix)
            let documents = try sideDocuments(word.text, context, isBeginning: true)
            let terms: EvaluationPlan.Match?
            if beginning.terms.count > 1 {
                terms = try match(beginning: beginning, of: word, context, isKnown: documents != nil)
            } else {
                let expansions = try prefixExpansions(of: word, beginning)
                terms = try match(
                    expansions: expansions.map { NearTerms.Term(term: $0, share: 1) }, of: word, context,
                    isKnown: documents != nil)
            }
            return Self.any([terms, documents].compactMap { $0 })
        case .fuzzy(let distance):
            breakSequence()
            let near = try NearTerms(analyzer: analyzer, dictionary: dictionary).terms(
                near: word.text, within: distance)
            return try match(expansions: near, of: word, context, isKnown: false)
        }
    }

    /// What a word without accents may be with them, where these decide about its stem: `nao` is *não* in Portuguese. With accents
    /// the word means itself.
    ///
    /// - Complexity: A look into the list of words, and an analysis of each word that differs in its accents alone.
    private mutating func accentedForms(of word: Query.Word, _ analysed: AnalysedText, _ context: Context) throws
        -> [EvaluationPlan.Match]
    {
        guard analysed.isPlain, word.text.utf8.allSatisfy({ $0 < 0x80 }) || !word.text.hasAccents else { return [] }
        var known = [analysed.terms[0]]
        for other in try dictionary.words(withKey: WordFolder().key(of: word.text)) {
            let form = AnalysedText(other.text, by: analyzer)
            if form.isPlain, !known.contains(form.terms[0]) { known.append(form.terms[0]) }
        }
        let others = try known.dropFirst().map { try leaf($0, context) }
        if !others.isEmpty { missing.remove(analysed.terms[0]) }
        return others
    }

    /// The terms of a word or phrase, as many as are searched.
    private mutating func analysed(_ text: String, _ range: SourceRange, for purpose: AnalysisPurpose = .query)
        -> AnalysedText
    {
        let analysed = AnalysedText(text, by: analyzer, for: purpose, limit: Query.maximumTerms)
        if analysed.isCut {
            hint(range, "of a phrase or a joined word the first \(Query.maximumTerms) words are searched")
        }
        return analysed
    }

    /// The documents of an author with a word that is rather a name than a word of texts; nil for none.
    ///
    /// - Complexity: Nothing for a word that more than few texts have; else a look at the filters of the authors' column.
    private mutating func documentsOfName(_ word: Query.Word, _ analysed: AnalysedText, _ context: Context) throws
        -> EvaluationPlan.Match?
    {
        guard context.isBesideOthers, context.fields == .all, context.boost > 0, analysed.isPlain,
            sideFieldLooks < QueryPlanner.sideFieldLimit
        else { return nil }
        let frequency = try dictionary.documentFrequency(of: analysed.terms[0])
        guard
            frequency
                <= max(
                    QueryPlanner.textsOfName, statistics.documentCount / QueryPlanner.documentsForOneTextOfName)
        else { return nil }
        sideFieldLooks += 1
        let authored = try documentsOfAuthor(word.text)
        guard FieldMatches.isName(of: authored, mentions: frequency) else { return nil }
        let number = builder.number(of: authored)
        try raise(number, for: word, analysed, context)
        return .filter(number)
    }

    /// Has documents score for a word that another field of theirs has, beside other words.
    private mutating func raise(
        _ filter: Int, for word: Query.Word, _ analysed: AnalysedText, _ context: Context
    ) throws {
        guard context.isBesideOthers, context.boost > 0, analysed.isPlain else { return }
        let frequency = try dictionary.documentFrequency(of: analysed.terms[0]) + builder.filters[filter].count
        let idf = BM25.inverseDocumentFrequency(min(frequency, statistics.documentCount), in: statistics)
        builder.raise(
            Raise(
                text: word.text, filter: filter, weight: context.boost * QueryPlanner.fieldShare * idf,
                inverseDocumentFrequency: idf))
    }

    /// The documents that have the words of a text in another field than title and body; nil for none.
    private mutating func sideDocuments(
        _ text: String, _ context: Context, isBeginning: Bool = false, isMissing: Bool = false
    ) throws -> EvaluationPlan.Match? {
        guard context.fields == .all, sideFieldLooks < QueryPlanner.sideFieldLimit else { return nil }
        sideFieldLooks += 1
        var documents = try documentsOfFields(text, isBeginning, isMissing)
        // Of `by:kaiser`, where no field has that name, the value is a word like others.
        if documents == nil, isMissing, let colon = text.firstIndex(of: ":") {
            documents = try documentsOfFields(String(text[text.index(after: colon)...]), isBeginning, isMissing)
        }
        return documents.map { .filter(builder.number(of: $0)) }
    }

    private mutating func match(_ analysed: AnalysedText, _ context: Context) throws -> EvaluationPlan.Match {
        if analysed.isPlain { return try leaf(analysed.terms[0], context) }
        if context.isStrict || analysed.isName { return try strictMatch(analysed, context) }
        let loose = analysed.looseWords
        if loose.count < analysed.words.count {
            // Also of pairs across two words is told whether there are any.
            for term in analysed.terms where try dictionary.documentFrequency(of: term) == 0 { missing.insert(term) }
        }
        return Self.any(try loose.map { try match($0, of: analysed, context) })
    }

    /// All of the text has to match, however it is written.
    mutating func strictMatch(_ analysed: AnalysedText, _ context: Context) throws -> EvaluationPlan.Match {
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
            if !isKnown { missing.insert(parts[0]) }
            return try leaf(isKnown || context.isStrict ? parts[0] : unsigned, context)
        }
        guard let whole = word.joined ?? (parts.count == 1 ? parts[0] : nil) else {
            return try phrase(parts, Array(parts.indices), context)
        }
        let rows = word.joined == nil ? word.rows : [parts] + word.rows
        var alternatives = [try leaf(whole, context)]
        guard let apart = rows.first, apart.count > 1 else { return alternatives[0] }
        var share = context
        if try dictionary.documentFrequency(of: whole) > 0 { share.boost *= QueryPlanner.partShare }
        let isCompound = word.joined != nil
        let mayStandAlone = isCompound && !context.isStrict ? apart.filter(AnalysedText.saysSomething) : []
        alternatives += try mayStandAlone.map { try leaf($0, share) }
        if mayStandAlone.count < apart.count {
            var row = share
            // Of a compound that must match the parts are scored.
            if isCompound && context.isStrict { row.boost = 0 }
            for apart in rows { alternatives.append(try phrase(apart, Array(apart.indices), row)) }
            if isCompound && context.isStrict { for term in apart { _ = try leaf(term, share) } }
        }
        return Self.any(alternatives)
    }

    static func any(_ alternatives: [EvaluationPlan.Match]) -> EvaluationPlan.Match {
        alternatives.count == 1 ? alternatives[0] : .any(alternatives)
    }

    mutating func match(_ phrase: Query.Phrase, _ context: Context) throws -> EvaluationPlan.Match? {
        breakSequence()
        let analysed = analysed(phrase.text, phrase.range)
        guard !analysed.terms.isEmpty else {
            hint(phrase.range, "“\(phrase.text)” has no letters or digits to search for and is left out")
            return nil
        }
        let match = try match(phrase, analysed, context)
        if let documents = try sideDocuments(phrase.text, context) { return .any([match, documents]) }
        if !missing.isEmpty { try hintIfMissing(phrase.text, phrase.range) }
        return match
    }

    private mutating func match(_ phrase: Query.Phrase, _ analysed: AnalysedText, _ context: Context) throws
        -> EvaluationPlan.Match
    {
        guard let slop = phrase.slop, analysed.terms.count > 1 else {
            if analysed.isPlain { return try leaf(analysed.terms[0], context) }
            let match = try strictMatch(analysed, context)
            let joined = try joinedPhrases(phrase, analysed, context)
            return joined.isEmpty ? match : .any([match] + joined)
        }
        return .leaf(
            builder.number(
                of: .near(terms: analysed.terms.map { builder.number(ofTerm: $0) }, slop: slop), fields: context.fields,
                weight: try weight(analysed.terms, context)))
    }

    mutating func phrase(_ terms: [[UInt8]], _ offsets: [Int], _ context: Context) throws
        -> EvaluationPlan.Match
    {
        if terms.count == 1 { return try leaf(terms[0], context) }
        return .leaf(
            builder.number(
                of: .phrase(terms: terms.map { builder.number(ofTerm: $0) }, offsets: offsets), fields: context.fields,
                weight: try weight(terms, context)))
    }

    mutating func leaf(_ term: [UInt8], _ context: Context) throws -> EvaluationPlan.Match {
        let weight = context.boost > 0 ? context.boost * (try inverseDocumentFrequency(of: term)) : 0
        return .leaf(builder.number(of: .term(builder.number(ofTerm: term)), fields: context.fields, weight: weight))
    }

    private mutating func weight(_ terms: [[UInt8]], _ context: Context) throws -> Double {
        guard context.boost > 0 else { return 0 }
        var sum = 0.0
        for term in terms { sum += try inverseDocumentFrequency(of: term) }
        return context.boost * sum
    }

    private mutating func inverseDocumentFrequency(of term: [UInt8]) throws -> Double {
        let frequency = try dictionary.documentFrequency(of: term)
        if frequency == 0 { missing.insert(term) }
        return BM25.inverseDocumentFrequency(frequency, in: statistics)
    }
}

extension String {
    /// Whether a letter has an accent, which is a mark when it is taken apart.
    fileprivate var hasAccents: Bool {
        decomposedStringWithCanonicalMapping.unicodeScalars.contains {
            $0.properties.generalCategory == .nonspacingMark
        }
    }
}
