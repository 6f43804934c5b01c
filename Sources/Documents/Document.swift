/// One text of a collection with what is known about it: a review, a post, a chapter.
///
/// `title` and `body` are what is searched. `body` is plain text: mark-up has been taken out, and `markup` keeps the
/// original for display when it differs.
public struct Document: Sendable, Hashable {
    /// The name users cite it by; unique within its source. Never empty.
    public var externalID: String
    /// Searchable title, or an empty string.
    public var title: String
    /// Searchable plain text.
    public var body: String
    /// The body as its author wrote it (Markdown or HTML), or nil when that is `body` itself.
    public var markup: String?
    /// Authors as shown, separated by ", ", or by "; " where that would leave it open who they are; see ``PersonName/list(_:)``.
    public var author: String?
    /// ISO 8601, as precise as known: `2019`, `2019-06`, `2019-06-05`, `2019-06-05T10:00:00Z`, or with the author's offset
    /// `2019-06-05T10:00:00+02:00`.
    public var date: String?
    /// Where the original is.
    public var url: String?
    /// Labels, in their original order and without repeats.
    public var tags: [String]
    /// Everything else worth keeping, by name. Values are shown and filtered as text.
    public var metadata: [String: String]
    /// Which of ``metadata`` were lists in the source.
    package var lists = MetadataLists()
    /// The 1-based line (or row, or array index) in its source where it starts; 1 for a source of one document.
    public var line: Int
}

extension Document {
    // Both hand all fields to the initializer of the struct's own: one that sets them one by one copies the document when it is done.

    /// Creates a document; only its id is required.
    public init(
        externalID: String,
        title: String = "",
        body: String = "",
        markup: String? = nil,
        author: String? = nil,
        date: String? = nil,
        url: String? = nil,
        tags: [String] = [],
        metadata: [String: String] = [:],
        line: Int = 1
    ) {
        self.init(
            externalID: externalID, title: title, body: body, markup: markup, author: author, date: date, url: url,
            tags: tags, metadata: metadata, lists: MetadataLists(), line: line)
    }

    /// Creates a document of which it is known which metadata were lists.
    package init(
        externalID: String, title: String, body: String, markup: String?, author: String?, date: String?, url: String?,
        tags: [String], metadata: [String: String], line: Int, lists: MetadataLists
    ) {
        self.init(
            externalID: externalID, title: title, body: body, markup: markup, author: author, date: date, url: url,
            tags: tags, metadata: metadata, lists: lists, line: line)
    }
}

/// Names of metadata that were lists in the source, and are counted value by value. The document is the same without it: it says how
/// a name is read, in all documents of an index.
package struct MetadataLists: Sendable, Hashable {
    package var names: Set<String> = []

    package init() {}

    package static func == (_: MetadataLists, _: MetadataLists) -> Bool { true }
    package func hash(into _: inout Hasher) {}

    /// What names an object among labels, the surest first.
    package static let nameKeys = ["name", "label", "title", "tag", "term", "value", "slug"]

    /// Whether metadata of a name are people's names, such as those of a reviewed paper's authors, which are kept as ``PersonNames`` has
    /// them.
    package static func areOfPeople(_ name: String) -> Bool {
        // All these end in -or or -ors.
        guard name.withUTF8Bytes({ $0.suffix(3).contains { $0 | 0x20 == UInt8(ascii: "o") } }) else { return false }
        return ["authors", "Authors", "editors", "Editors"].contains { name.hasSuffix($0) }
            || ["editor", "translator", "translators", "contributors"].contains(name.lowercased())
    }

    /// The text of a list: its values with commas between them, or semicolons where a value has a comma. Objects, which are JSON, have
    /// commas. What would part a value in two, a semicolon or the comma of a single one, has a no-break space behind it, which reads
    /// the same: `Mill, John Stuart`.
    ///
    /// - Parameter isFlat: Whether the values are texts, and no lists or objects themselves.
    package static func text(of values: [String], isFlat: Bool) -> String {
        let hasObject = values.contains { $0.utf8.first == UInt8(ascii: "{") }
        let hasComma = !hasObject && values.contains { $0.utf8.contains(UInt8(ascii: ",")) }
        var values = values
        if isFlat, !hasObject {
            if values.contains(where: { $0.utf8.contains(UInt8(ascii: ";")) }) {
                values = values.map { $0.replacing("; ", with: ";\u{A0}") }
            }
            if hasComma, values.count == 1 { values[0].replace(", ", with: ",\u{A0}") }
        }
        return values.joined(separator: hasComma ? "; " : ", ")
    }

    /// The values of the text of a list.
    package static func values(of text: String) -> [String] {
        let separator = text.contains("; ") ? "; " : ", "
        let values = text.split(separator: separator)
        guard text.utf8.contains(where: { $0 == 0xA0 }) else { return values.map(String.init) }
        return values.map { String($0).replacing(";\u{A0}", with: "; ").replacing(",\u{A0}", with: ", ") }
    }
}
