import Documents
import QueryLanguage

/// A place of a document that says much about a query, with the paragraphs around it.
public struct PassageInContext: Sendable, Hashable {
    /// A paragraph of it.
    public struct Paragraph: Sendable, Hashable {
        /// Its text, with its line ends.
        public let text: String
        /// Its address in the document: `p12-k3f9`.
        public let address: String
        /// Words that match, as ranges of Unicode scalars of ``text``, ascending and apart.
        public let highlights: [Range<Int>]
    }

    /// The headings that it stands under, the highest first.
    public let headings: [String]
    /// Its paragraphs, in order.
    public let paragraphs: [Paragraph]
}

extension Searcher {
    /// The places of a document that say most about a query, in the order of the text, with the paragraphs around them.
    ///
    ///     for place in try searcher.passages(of: stored, around: "mesa-optimizer", limit: 3, context: 1) {
    ///         print(place.headings, place.paragraphs.map(\.text))
    ///     }
    ///
    /// - Parameters:
    ///   - stored: The document.
    ///   - query: A query; its filters do not matter here.
    ///   - limit: How many of the best places.
    ///   - context: Paragraphs to show before and behind each; places that touch are one.
    /// - Returns: Nothing when no word of the query occurs.
    /// - Complexity: Two analyses of the document.
    public func passages(of stored: StoredDocument, around query: String, limit: Int = 3, context: Int = 1) throws
        -> [PassageInContext]
    {
        // So long is a paragraph of middling length.
        guard limit > 0, let finder = try passageFinder(for: SearchRequest(query, snippetLength: 400)) else {
            return []
        }
        let outline = DocumentOutline(stored.document)
        var ranges: [ClosedRange<Int>] = []
        for found in finder.passages(of: outline.text, count: limit) {
            let utf8 = outline.text.utf8
            func paragraph(at byte: Int) -> Int? {
                outline.paragraph(at: utf8.index(utf8.startIndex, offsetBy: byte)).map { $0.number - 1 }
            }
            guard let first = paragraph(at: found.core.lowerBound),
                let last = paragraph(at: max(found.core.lowerBound, found.core.upperBound - 1))
            else { continue }
            let most = outline.paragraphs.count - 1
            let (start, end) = (
                max(0, first - min(first, max(0, context))), min(most, last + min(most, max(0, context)))
            )
            ranges.append(start...max(start, end))
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var merged: [ClosedRange<Int>] = []
        for range in ranges {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged.map { range in
            let paragraphs = outline.paragraphs[range].map { paragraph in
                let text = String(outline.text[paragraph.range])
                return PassageInContext.Paragraph(
                    text: text, address: outline.passage(of: paragraph).address, highlights: finder.highlights(in: text)
                )
            }
            return PassageInContext(
                headings: outline.passage(of: outline.paragraphs[range.lowerBound]).headings, paragraphs: paragraphs)
        }
    }
}
