import Documents
import IndexStore
import Ranking
import TextAnalysis

/// Finds the documents that have a word as it is written: with its letters and diacritics, in any case.
///
/// The inverted index has stems. Where the list of words says that the word is in as many documents as its stem, that is the
/// answer; else the texts of the documents with the stem are read.
struct WrittenWords {
    let snapshot: any SearchedCollection
    let analyzer: any Analyzer
    let evaluator: any Evaluator
    let ranking: RankingParameters

    /// The documents that have the word in some fields; nil for all that have its term.
    ///
    /// - Complexity: At most an analysis of all texts with the term.
    func documents(with word: String, in fields: FieldSet) throws -> DocumentBitmap? {
        let folder = WordFolder()
        let written = folder.word(of: word)
        let analysed = AnalysedText(word, by: analyzer)
        let joiners = Self.joiners(of: word)
        if joiners.isEmpty, fields == .all, analysed.isPlain,
            written.withUnsafeBufferPointer(WrittenWord.isListed),
            try snapshot.documentCount(ofWord: written, key: folder.key(of: word), knownBy: evaluator)
                == evaluator.documentFrequency(of: analysed.terms[0])
        {
            return nil
        }
        // A compound is the form of its parts written together, with what joins them.
        let isCompound = analysed.words.count == 1 && !joiners.isEmpty
        let terms = isCompound ? Set([analysed.words[0].joined ?? analysed.terms[0]]) : Set(analysed.everyTerm)
        var found = DocumentBitmap()
        for scored in try candidates(Array(terms)) {
            guard let stored = try snapshot.document(DocumentID(rawValue: scored.document)) else { continue }
            let texts = [(stored.document.title, FieldSet.title), (stored.document.body, .body)]
            if texts.contains(where: { fields.contains($0.1) && has(written, joiners, terms, in: $0.0, folder) }) {
                found.insert(scored.document)
            }
        }
        return found
    }

    /// All documents with any of the terms.
    private func candidates(_ terms: [[UInt8]]) throws -> [ScoredDocument] {
        let leaves = terms.indices.map {
            EvaluationPlan.Leaf(pattern: .term($0), fields: .all, weight: 0)
        }
        let plan = EvaluationPlan(terms: terms, leaves: leaves, match: .any(terms.indices.map { .leaf($0) }))
        return try evaluator.evaluate(
            plan, parameters: ranking, limit: evaluator.statistics.documentCount, countsExactly: false
        ).top
    }

    /// What stands between the letters of a word, one kind of apostrophe for all.
    private static func joiners(of word: String) -> [Character] {
        word.compactMap { character in
            if character.isLetter || character.isNumber { return nil }
            switch character {
            case "\u{2019}", "\u{2018}": return "'"
            case "\u{2010}", "\u{2011}": return "-"
            default: return character
            }
        }
    }

    private func has(
        _ written: [UInt8], _ joiners: [Character], _ terms: Set<[UInt8]>, in text: String, _ folder: WordFolder
    ) -> Bool {
        var text = text
        var isFound = false
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: .document) { token in
                guard !isFound, terms.contains(Array(token.term)) else { return }
                let raw = UnsafeBufferPointer(rebasing: bytes[token.start..<token.end])
                let word = String(decoding: raw, as: UTF8.self)
                isFound = folder.word(of: word) == written && (joiners.isEmpty || Self.joiners(of: word) == joiners)
            }
        }
        return isFound
    }
}
