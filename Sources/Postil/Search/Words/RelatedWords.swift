import IndexStore
import Ranking
import TextAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The words that stand near a word more often than elsewhere in the documents of an index, found when they are asked for.
///
/// A word weighs by its positive pointwise mutual information with the word that was asked for, `log2(p / q)`, times `p`: `p` is the
/// share of the documents that were read in which it stands near, `q` the share of all documents that have it. By the
/// information alone, what two documents happen to say comes first.
package struct RelatedWords: Sendable {
    /// A word, and how it is related.
    package struct Word: Sendable, Hashable {
        /// As it was first met, in small letters.
        package let word: String
        /// Positive mutual information times the share of documents.
        package let weight: Double
        /// Of the documents that were read, those where it stands near the word that was asked for.
        package let documents: Int
    }

    /// The word or words that were asked for.
    package let query: String
    /// Documents that have it.
    package let documents: Int
    /// How many of them were read.
    package let readDocuments: Int
    /// The most related word first.
    package let words: [Word]

    /// Describes what was found.
    package init(query: String, documents: Int, readDocuments: Int, words: [Word]) {
        self.query = query
        self.documents = documents
        self.readDocuments = readDocuments
        self.words = words
    }

    /// Documents that are read, evenly out of all: they tell as much as thousands, in some tens of milliseconds.
    static let mostRead = 400
    /// Words on either side of an occurrence that stand near it: a long sentence or two.
    static let reach = 25
    /// A word counts if it is near in so many documents.
    static let leastDocuments = 2
}

extension Searcher {
    /// The words that stand near a word, or several in a row, more often than elsewhere.
    ///
    /// - Complexity: An analysis of up to ``RelatedWords/mostRead`` documents that have it.
    /// - Throws: `IndexError` when the index cannot be read.
    package func relatedWords(to query: String, limit: Int = 10) throws -> RelatedWords {
        let asked = AnalysedText(query, by: analyzer, limit: 16)
        let evaluator = try evaluator(for: .automatic)
        guard !asked.terms.isEmpty else {
            return RelatedWords(query: query, documents: 0, readDocuments: 0, words: [])
        }
        let terms = Array(Set(asked.terms))
        let numbers = asked.terms.map { terms.firstIndex(of: $0) ?? 0 }
        let plan = EvaluationPlan(
            terms: terms,
            leaves: [
                EvaluationPlan.Leaf(
                    pattern: terms.count == 1 ? .term(0) : .phrase(terms: numbers, offsets: asked.offsets),
                    fields: .all, weight: 0)
            ], match: .leaf(0))
        var all: [Int64] = []
        try evaluator.matches(of: plan, parameters: ranking).forEach { document in
            all.append(document)
            return true
        }
        let read = min(all.count, RelatedWords.mostRead)
        var counts: [[UInt8]: (documents: Int, word: String)] = [:]
        for place in 0..<read {
            guard let document = try document(DocumentID(rawValue: all[place * all.count / read]))?.document else {
                continue
            }
            var near: [[UInt8]: String] = [:]
            for text in [document.title, document.body] { collect(text, near: asked.terms, in: &near) }
            for (term, word) in near {
                counts[term] = (1 + (counts[term]?.documents ?? 0), counts[term]?.word ?? word)
            }
        }
        let stopWords = try knownStopWords()
        let collection = Double(try evaluator.statistics.documentCount)
        var words: [RelatedWords.Word] = []
        for (term, known) in counts
        where known.documents >= RelatedWords.leastDocuments && stopWords.leave(known.word)
            && !known.word.contains(where: \.isNumber)
        {
            let here = Double(known.documents) / Double(read)
            let everywhere = Double(try evaluator.documentFrequency(of: term)) / collection
            guard everywhere > 0, here > everywhere else { continue }
            words.append(
                RelatedWords.Word(
                    word: known.word, weight: here * log2(here / everywhere),
                    documents: known.documents))
        }
        words.sort { ($1.weight, $0.word) < ($0.weight, $1.word) }
        return RelatedWords(
            query: query, documents: all.count, readDocuments: read, words: Array(words.prefix(max(0, limit))))
    }

    /// Collects the terms of a text that stand near an occurrence of the terms in a row, with the words that they are of.
    private func collect(_ text: String, near asked: [[UInt8]], in found: inout [[UInt8]: String]) {
        var tokens: [(term: [UInt8], word: Range<Int>)] = []
        var text = text
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: .document) { token in
                guard !token.isColocated else { return }
                tokens.append((Array(token.term), token.start..<token.end))
            }
            var end = 0
            for place in tokens.indices where tokens[place...].starts(with: asked, by: { $0.term == $1 }) {
                let last = min(tokens.count, place + asked.count + RelatedWords.reach)
                for near in max(end, place - RelatedWords.reach)..<max(end, last) {
                    let (term, word) = tokens[near]
                    guard !asked.contains(term), found[term] == nil else { continue }
                    found[term] = String(decoding: bytes[word], as: UTF8.self).lowercased()
                }
                end = max(end, last)
            }
        }
    }
}

extension StopWords {
    /// Whether a word is none of them and says something by itself: numbers and single letters do not.
    func leave(_ word: String) -> Bool {
        word.unicodeScalars.count > 1 && word.contains(where: \.isLetter) && !contains(word)
    }
}
