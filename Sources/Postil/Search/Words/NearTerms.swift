import IndexStore
import QueryLanguage
import TextAnalysis

/// The terms of the words that are spelt like one: what `word~` stands for.
///
/// Edits are counted in words as they are written, since stems are further apart or nearer than these: *corrigibilty* is one edit
/// from *corrigibility* and seven from its stem. Terms of the nearest words weigh as a word does, those of words one edit further
/// an eighth of it, so that documents with the word itself come first; and frequent words more than rare ones, of which many are
/// misspelt themselves.
struct NearTerms {
    let analyzer: any Analyzer
    let dictionary: any TermDictionary

    /// Words of so many letters or fewer get one edit: it is as much in five letters as two in ten.
    static let longestOfOneEdit = 5
    /// Most terms. Behind the frequent ones come words that are nearly all misspelt.
    private static let limit = 64
    /// What an edit leaves of a term's weight.
    private static let shareOfAnEdit = 0.125
    /// What the rarest word weighs beside the most frequent one.
    private static let shareOfRareWords = 0.5

    /// A term, and what part of a word's weight it has.
    struct Term {
        var term: [UInt8]
        var share: Double
    }

    /// The terms for a word, the nearest first.
    ///
    /// - Parameter distance: Most edits; nil for one or two after the word's length.
    func terms(near word: String, within distance: Int?) throws -> [Term] {
        let key = WordFolder().key(of: word)
        let letters = String(decoding: key, as: UTF8.self).unicodeScalars.count
        let distance = distance ?? (letters <= Self.longestOfOneEdit ? 1 : Query.maximumDistance)
        var found: [(term: [UInt8], distance: Int, documents: Int)] = []
        var places: [[UInt8]: Int] = [:]
        func take(_ term: [UInt8], _ distance: Int, _ documents: Int) {
            if let place = places[term] {
                found[place].documents += documents
            } else if found.count < Self.limit {
                places[term] = found.count
                found.append((term, distance, documents))
            }
        }
        // The word itself may be one that is not listed: a number, a word without spaces around it.
        let own = AnalysedText(word, by: analyzer)
        if own.isPlain { take(own.terms[0], 0, 0) }
        for near in try dictionary.words(near: key, within: distance) where !key.isEmpty {
            let analysed = AnalysedText(near.word.text, by: analyzer)
            if analysed.terms.count == 1 { take(analysed.terms[0], near.distance, near.word.documents) }
        }
        found = try found.filter { try dictionary.documentFrequency(of: $0.term) > 0 }
        guard let nearest = found.map(\.distance).min(), let most = found.map(\.documents).max() else { return [] }
        return found.map { term, distance, documents in
            var share = 1.0
            for _ in nearest..<distance { share *= Self.shareOfAnEdit }
            if distance > 0 {
                let frequency = Double(documents.bitWidth - documents.leadingZeroBitCount)
                let greatest = Double(most.bitWidth - most.leadingZeroBitCount)
                share *= Self.shareOfRareWords + (1 - Self.shareOfRareWords) * frequency / max(1, greatest)
            }
            return Term(term: term, share: share)
        }
    }
}
