/// What hits are sorted by.
///
///     SortOrder("-date")        // the newest first
///     SortOrder("author")       // from A to Z
///     SortOrder("metadata.karma")
///
/// Documents without the value come last in either direction, and equal values stay in the order of the documents' row ids.
/// Dates go by their text, which for ISO 8601 is time; numbers by what they count; texts without regard to case and accents.
public struct SortOrder: Sendable, Hashable, CustomStringConvertible {
    /// The field: `date`, `title`, `author`, `source`, `tag`, or a name of metadata; nil for relevance.
    public let field: String?
    /// Whether the greatest value comes first. Relevance always has the best first.
    public let descends: Bool

    /// By score, the best first.
    public static let relevance = SortOrder(field: nil)

    /// Sorts by a field.
    public init(field: String?, descends: Bool = false) {
        self.field = field
        self.descends = descends
    }

    /// Reads `relevance`, a field's name, or one behind a hyphen, which turns the order round.
    public init(_ text: String) {
        let descends = text.hasPrefix("-")
        let name = descends ? String(text.dropFirst()) : text
        self.init(field: name == "relevance" ? nil : name, descends: descends)
    }

    /// As it is read.
    public var description: String { field.map { (descends ? "-" : "") + $0 } ?? "relevance" }
}
