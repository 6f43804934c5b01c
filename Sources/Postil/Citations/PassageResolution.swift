import Documents
import IndexStore
import QueryLanguage

/// Where the passage of a ``PassageReference`` is now.
public struct PassageResolution: Sendable {
    /// What has become of a passage.
    public enum Status: String, Sendable, CaseIterable {
        /// It stands where it stood.
        case unchanged
        /// Its words stand in another place of the document, or in another document.
        case moved
        /// Most of its words are there, in the document.
        case changed
        /// It is not there any more, or its document is not.
        case gone
    }

    /// What has become of it.
    public let status: Status
    /// What was looked for.
    public let reference: PassageReference
    /// The document that it is in now; nil if it is gone.
    public let document: StoredDocument?
    /// Its words as they are now; nil if it is gone, or if the reference is to the whole document.
    public let text: String?
    /// The paragraph in which it begins.
    public let passage: DocumentOutline.Passage?
    /// The share of its words that are still there, 0 to 1.
    public let similarity: Double
}

extension Searcher {
    /// Finds a passage again.
    ///
    /// Words are compared without regard to white space. In a changed document the passage is where most of its words, six tenths
    /// at least, stand together, or else what stands between the words that were around it. If the document has none such, or is
    /// gone, documents that have the passage word for word are looked for; if it is gone, also those that have most of its words.
    ///
    ///     let found = try searcher.resolve(PassageReference(text) ?? PassageReference(id: text))
    ///     print(found.status, found.text ?? "")
    ///
    /// - Throws: `IndexError` when the index cannot be read.
    /// - Complexity: O(n) in the length of the document, and a search where the passage is not in it.
    public func resolve(_ reference: PassageReference) throws -> PassageResolution {
        let named = try documents(externalID: reference.id)
        guard reference.quote != nil else {
            return PassageResolution(
                status: named.isEmpty ? .gone : .unchanged, reference: reference, document: named.first, text: nil,
                passage: nil, similarity: named.isEmpty ? 0 : 1)
        }
        var changed: (stored: StoredDocument, found: PassageSearch.Found)?
        for stored in named {
            guard let found = PassageSearch(stored.document.body).find(reference) else { continue }
            if found.isExact {
                return resolution(reference, stored, found, found.offset == reference.offset ? .unchanged : .moved)
            }
            if changed.map({ found.similarity > $0.found.similarity }) ?? true { changed = (stored, found) }
        }
        if let changed { return resolution(reference, changed.stored, changed.found, .changed) }
        for stored in try documents(quoting: reference) {
            guard let found = PassageSearch(stored.document.body).find(reference), found.isExact else { continue }
            return resolution(reference, stored, found, .moved)
        }
        // A file that was renamed and changed has most of its words still.
        if named.isEmpty {
            var best: (stored: StoredDocument, found: PassageSearch.Found)?
            for stored in try documents(like: reference) {
                guard let found = PassageSearch(stored.document.body).find(reference),
                    found.similarity >= PassageSearch.leastSimilarity, found.similarity > best?.found.similarity ?? 0
                else { continue }
                best = (stored, found)
            }
            if let best { return resolution(reference, best.stored, best.found, .changed) }
        }
        return PassageResolution(
            status: .gone, reference: reference, document: nil, text: nil, passage: nil, similarity: 0)
    }

    private func resolution(
        _ reference: PassageReference, _ stored: StoredDocument, _ found: PassageSearch.Found,
        _ status: PassageResolution.Status
    ) -> PassageResolution {
        let outline = DocumentOutline(stored.document)
        return PassageResolution(
            status: status, reference: reference, document: stored, text: String(stored.document.body[found.range]),
            passage: outline.paragraph(at: found.range.lowerBound).map(outline.passage), similarity: found.similarity)
    }

    /// Documents with most words of a passage and of what stood around it. Few words are everywhere.
    private func documents(like reference: PassageReference) throws -> [StoredDocument] {
        let words = (reference.quote ?? "").split(whereSeparator: \.isWhitespace).prefix(Self.mostWords)
        guard words.count >= Self.leastWords else { return [] }
        let text = ([reference.prefix] + words.map(String.init) + [reference.suffix]).joined(separator: " ")
        var request = SearchRequest(QueryExpression.escape(text), limit: 10, snippetLength: nil)
        request.correctsSpelling = false
        return try search(request).hits.compactMap { try document($0.id) }
    }

    /// Of a longer passage the first words tell where it is as well.
    private static let mostWords = 40
    /// A passage of fewer words stands in many documents, changed by one.
    private static let leastWords = 5

    /// Documents that may have a passage word for word: those with its first words as a phrase.
    private func documents(quoting reference: PassageReference) throws -> [StoredDocument] {
        // As many as tell most texts apart, and not so many that they cross a table or a list.
        let phrase = (reference.quote ?? "").split { $0.isWhitespace || "\"“”„«»".contains($0) }.prefix(10)
            .joined(separator: " ")
        guard !phrase.isEmpty else { return [] }
        var request = SearchRequest("\"\(phrase)\"", limit: 10, snippetLength: nil, stopWords: .keep)
        request.correctsSpelling = false
        return try search(request).hits.compactMap { try document($0.id) }
    }
}
