import Documents

/// Says which passage of which document is meant, so that it is found again when documents change: by its words, and by those
/// around it (as the TextQuoteSelector of the W3C's Web Annotation Data Model).
///
///     postil:hubinger-2019?quote=mesa-optimizers+may…&prefix=…&suffix=…&at=1234
///
/// is what it looks like as text.
public struct PassageReference: Sendable, Hashable, CustomStringConvertible {
    /// The id of the document.
    public let id: String
    /// The passage's words; nil for the document as a whole.
    public let quote: String?
    /// What stands before it, as far as it is remembered.
    public let prefix: String
    /// What stands behind it.
    public let suffix: String
    /// Characters of the text before it that are no white space. Tells passages of the same words apart, and whether one has
    /// moved.
    public let offset: Int

    /// Characters of the text around a passage that are remembered: a line of it says where a passage belongs.
    static let contextLength = 32

    /// The passage at a range of a document's text.
    ///
    /// - Complexity: O(n) in the length of the text before it.
    public init(id: String, range: Range<String.Index>, in text: String) {
        self.id = id
        quote = String(text[range])
        prefix = String(text[..<range.lowerBound].suffix(Self.contextLength))
        suffix = String(text[range.upperBound...].prefix(Self.contextLength))
        offset = text[..<range.lowerBound].reduce(0) { $0 + ($1.isWhitespace ? 0 : 1) }
    }

    /// The document as a whole.
    public init(id: String) {
        self.id = id
        quote = nil
        prefix = ""
        suffix = ""
        offset = 0
    }

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let written = text.filter { !$0.isWhitespace }
        guard written.hasPrefix(Self.scheme) else { return nil }
        let parts = written.dropFirst(Self.scheme.count).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        func decoded(_ text: Substring) -> String? { PercentEncoding.decoded(text.replacing("+", with: "%20")) }
        guard let id = decoded(parts[0]), !id.isEmpty else { return nil }
        var values: [String: String] = [:]
        for pair in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let value = decoded(sides[1]) else { return nil }
            values[String(sides[0])] = value
        }
        self.id = id
        quote = values["quote"].flatMap { $0.isEmpty ? nil : $0 }
        prefix = values["prefix"] ?? ""
        suffix = values["suffix"] ?? ""
        guard let offset = Int(values["at"] ?? "0"), offset >= 0 else { return nil }
        self.offset = offset
    }

    private static let scheme = "postil:"

    /// The reference as a text without blanks.
    public var description: String {
        let plain = PercentEncoding.unreserved.union("/:,;@!'()".utf8)
        func encoded(_ text: String) -> String {
            PercentEncoding.text(text, leaving: plain).replacing("%20", with: "+")
        }
        guard let quote else { return Self.scheme + encoded(id) }
        return Self.scheme + encoded(id) + "?quote=" + encoded(quote) + "&prefix=" + encoded(prefix) + "&suffix="
            + encoded(suffix) + "&at=\(offset)"
    }
}
