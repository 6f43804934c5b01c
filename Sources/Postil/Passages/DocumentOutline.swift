import Documents
import Ingestion

/// A document's text by paragraphs and headings, each of which has an address:
///
///     #inner-alignment     what stands under the heading "Inner alignment"
///     #results-1-k3f9      what stands under the second of several headings "Results", by the words under it
///     #p12                 the twelfth paragraph
///     #p12-k3f9            the paragraph of these words, which was the twelfth
///     #page=2              the second page, in a text that has pages
///
/// The one with the words stays what it is while the text elsewhere changes: it is found by a hash of its words, and by its number only
/// where no paragraph has them any more.
public struct DocumentOutline: Sendable {
    /// A paragraph, a heading, a list, a table: what stands between empty lines or on either side of a page's end.
    public struct Paragraph: Sendable, Hashable {
        /// Where it stands in ``DocumentOutline/text``.
        public let range: Range<String.Index>
        /// 1 for the first.
        public let number: Int
        /// 1 for the highest heading; nil for what is none.
        public fileprivate(set) var level: Int?
    }

    /// A heading.
    public struct Heading: Sendable, Hashable {
        /// What it says.
        public let text: String
        /// 1 for the highest.
        public let level: Int
        /// Its address: its words in small letters with hyphens between them, and a number where it is there before.
        public let address: String
        /// Place of its paragraph among the paragraphs.
        let paragraph: Int
        /// Whether others have the same words, so that its number changes when one comes before it.
        fileprivate(set) var isShared = false
    }

    /// A part of the text.
    public struct Passage: Sendable, Hashable {
        /// Where it stands in ``DocumentOutline/text``.
        public let range: Range<String.Index>
        /// Its address, without the `#`.
        public let address: String
        /// The headings that it stands under, the highest first.
        public let headings: [String]
        /// Whether an address was asked for whose words are not there any more, so that this is what stands in their place.
        public internal(set) var hasChanged = false
        /// The page that it begins on, 1 for the first; nil in a text without pages.
        package internal(set) var page: Int?
    }

    /// The document's plain text.
    public let text: String
    /// Its paragraphs, in order.
    public private(set) var paragraphs: [Paragraph] = []
    /// Its headings, in order.
    public private(set) var headings: [Heading] = []
    /// Where its pages stand, which form feeds part; none in a text without any.
    package let pages: [Range<String.Index>]

    /// Takes a document apart.
    ///
    /// Headings are those of its mark-up. Without mark-up, a short line that stands alone before a longer paragraph, and does not
    /// end as a sentence does, is taken for one.
    ///
    /// - Complexity: O(n).
    public init(_ document: Document) {
        text = document.body
        pages = Self.pages(of: text)
        paragraphs = ParagraphRanges.all(of: text).enumerated().map { number, range in
            Paragraph(range: range, number: number + 1, level: nil)
        }
        if let markup = document.markup {
            markHeadings(MarkupHeading.all(of: markup))
        } else {
            guessHeadings()
        }
        var uses: [String: Int] = [:]
        for (place, paragraph) in paragraphs.enumerated() {
            guard let level = paragraph.level else { continue }
            let words = String(text[paragraph.range])
            let slug = Self.slug(words)
            let use = uses[slug, default: 0]
            uses[slug] = use + 1
            headings.append(
                Heading(text: words, level: level, address: use == 0 ? slug : "\(slug)-\(use)", paragraph: place))
        }
        for place in headings.indices where uses[Self.slug(headings[place].text), default: 0] > 1 {
            headings[place].isShared = true
        }
    }

    private static func pages(of text: String) -> [Range<String.Index>] {
        guard text.utf8.contains(formFeed) else { return [] }
        return text.utf8.split(separator: formFeed, omittingEmptySubsequences: false).map {
            $0.startIndex..<$0.endIndex
        }
    }

    private static let formFeed = UInt8(ascii: "\u{0C}")

    private mutating func markHeadings(_ marked: [MarkupHeading]) {
        // A heading may be none of the text's, such as one in a raw block; so many in a row are passed over.
        let mostPassedOver = 8
        let words = marked.map { Self.folded($0.text[...]) }
        var next = 0
        for place in paragraphs.indices where next < marked.count {
            let line = text[paragraphs[place].range]
            // Headings are short; long paragraphs need no folding.
            guard line.utf8.count < 1_000 else { continue }
            let own = Self.folded(line)
            guard let found = words[next...].prefix(mostPassedOver).firstIndex(of: own) else { continue }
            paragraphs[place].level = marked[found].level
            next = found + 1
        }
    }

    private mutating func guessHeadings() {
        for place in paragraphs.indices.dropLast() {
            let line = text[paragraphs[place].range]
            guard line.utf8.count <= 80, !line.contains(where: \.isNewline), let last = line.last,
                last.isLetter || last.isNumber || ")”’\"'".contains(last), line.contains(where: \.isLetter)
            else { continue }
            let next = text[paragraphs[place + 1].range]
            if next.utf8.count > 80, next.utf8.count >= 2 * line.utf8.count { paragraphs[place].level = 1 }
        }
    }

    private static func folded(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            // The same at a tenth of the cost.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.utf8.count)
            for byte in text.utf8 {
                if byte != 0x20, !(0x09...0x0D).contains(byte) {
                    bytes.append(byte)
                } else if let last = bytes.last, last != 0x20 {
                    bytes.append(0x20)
                }
            }
            if bytes.last == 0x20 { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The address that a heading has by its words alone, as GitHub names the anchors of headings.
    package static func slug(_ text: String) -> String {
        var result = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber || character == "_" {
                result.append(character)
            } else if character.isWhitespace || character == "-", !result.hasSuffix("-"), !result.isEmpty {
                result.append("-")
            }
        }
        while result.hasSuffix("-") { result.removeLast() }
        return result.isEmpty ? "section" : result
    }

    // MARK: Addresses

    /// The paragraph that a place of the text is in, or the last one before it; nil for an empty text.
    ///
    /// - Complexity: O(log n).
    public func paragraph(at place: String.Index) -> Paragraph? {
        let after = paragraphs.partitioningIndex { $0.range.lowerBound > place }
        return paragraphs.isEmpty ? nil : paragraphs[max(0, after - 1)]
    }

    /// The passage that a paragraph is.
    public func passage(of paragraph: Paragraph) -> Passage {
        let print = CitationKey.fingerprint(of: Self.folded(text[paragraph.range]), letters: 4)
        return Passage(
            range: paragraph.range, address: "p\(paragraph.number)-\(print)",
            headings: headings(over: paragraph.number - 1), page: page(at: paragraph.range.lowerBound))
    }

    /// The number of the page that a place of the text is on, 1 for the first; nil in a text without pages.
    ///
    /// - Complexity: O(log n).
    package func page(at place: String.Index) -> Int? {
        pages.isEmpty ? nil : max(1, pages.partitioningIndex { $0.lowerBound > place })
    }

    /// The passage that a page is; nil if there is no such page, and for one without text.
    private func passage(ofPage number: Int) -> Passage? {
        guard pages.indices.contains(number - 1) else { return nil }
        let page = pages[number - 1]
        let first = paragraphs.partitioningIndex { $0.range.lowerBound >= page.lowerBound }
        let end = paragraphs.partitioningIndex { $0.range.lowerBound >= page.upperBound }
        guard first < end else { return nil }
        return Passage(
            range: paragraphs[first].range.lowerBound..<paragraphs[end - 1].range.upperBound, address: "page=\(number)",
            headings: headings(over: first), page: number)
    }

    /// The passage of an address; nil if there is none such. A heading's is all that stands under it, up to the next heading that
    /// is as high; it can be written as it stands in the text, too.
    public func passage(at address: String) -> Passage? {
        if let parts = Self.paragraphAddress(address) {
            return paragraph(number: parts.number, fingerprint: parts.fingerprint)
        }
        if address.lowercased().hasPrefix(Self.pagePrefix), let number = Int(address.dropFirst(Self.pagePrefix.count)) {
            return passage(ofPage: number)
        }
        let slug = Self.slug(address)
        if let place = headings.firstIndex(where: { $0.address == slug }) { return passage(ofHeading: place) }
        // `same-1-k3f9` is the heading by its words and those behind it, wherever it stands by now.
        guard let end = slug.lastIndex(of: "-") else { return nil }
        let (number, fingerprint) = (slug[..<end], slug[slug.index(after: end)...])
        guard let place = headings.firstIndex(where: { $0.address == number }), headings[place].isShared else {
            return nil
        }
        let words = Self.folded(text[paragraphs[headings[place].paragraph].range]).lowercased()
        let same = headings.indices.filter {
            Self.folded(text[paragraphs[headings[$0].paragraph].range]).lowercased() == words
                && self.fingerprint(ofHeading: $0) == fingerprint
        }
        if let nearest = same.min(by: { abs($0 - place) < abs($1 - place) }) { return passage(ofHeading: nearest) }
        var changed = passage(ofHeading: place)
        changed.hasChanged = true
        return changed
    }

    /// Tells headings of the same words apart: by the first paragraph that stands under them.
    private func fingerprint(ofHeading place: Int) -> String {
        let paragraph = headings[place].paragraph + 1
        let words = paragraphs.indices.contains(paragraph) ? Self.folded(text[paragraphs[paragraph].range]) : ""
        return CitationKey.fingerprint(of: words, letters: 4)
    }

    private func passage(ofHeading place: Int) -> Passage {
        let heading = headings[place]
        let next = headings[(place + 1)...].first { $0.level <= heading.level }
        let last = next.map { $0.paragraph - 1 } ?? paragraphs.count - 1
        return Passage(
            range: paragraphs[heading.paragraph].range.lowerBound..<paragraphs[last].range.upperBound,
            address: heading.address + (heading.isShared ? "-" + fingerprint(ofHeading: place) : ""),
            headings: headings(over: heading.paragraph), page: page(at: paragraphs[heading.paragraph].range.lowerBound))
    }

    /// As viewers of PDF have it in addresses.
    private static let pagePrefix = "page="

    private func paragraph(number: Int, fingerprint: Substring?) -> Passage? {
        func passage(number: Int) -> Passage? {
            paragraphs.indices.contains(number - 1) ? self.passage(of: paragraphs[number - 1]) : nil
        }
        guard let fingerprint else { return passage(number: number) }
        let same = paragraphs.filter {
            CitationKey.fingerprint(of: Self.folded(text[$0.range]), letters: 4) == fingerprint
        }
        if let nearest = same.min(by: { abs($0.number - number) < abs($1.number - number) }) {
            return self.passage(of: nearest)
        }
        var changed = passage(number: number)
        changed?.hasChanged = true
        return changed
    }

    /// `p12` or `p12-k3f9`.
    private static func paragraphAddress(_ address: String) -> (number: Int, fingerprint: Substring?)? {
        guard address.first == "p" || address.first == "P" else { return nil }
        let parts = address.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, let number = Int(first), number > 0, parts.count <= 2 else { return nil }
        return (number, parts.count == 2 ? parts[1] : nil)
    }

    /// The headings that a paragraph stands under, the highest first; a heading stands under itself.
    private func headings(over paragraph: Int) -> [String] {
        let before = headings.prefix(headings.partitioningIndex { $0.paragraph > paragraph })
        var found: [Heading] = []
        for heading in before.reversed() where found.last.map({ heading.level < $0.level }) ?? true {
            found.append(heading)
        }
        return found.reversed().map(\.text)
    }
}
