/// A field of documents whose values are kept as columns (``ColumnChunkFormat``).
package enum ColumnField: Sendable, Hashable {
    /// The authors as shown.
    case author
    /// The authors one by one, by which documents are counted and grouped: a document has each person whom its author names
    /// (`PersonNames`). A chunk in which no author is a list has them in ``author`` alone.
    case authorName
    /// The words of the authors, folded as conditions on fields take them (``FieldWords``): a name that is asked for is found by
    /// halving, where going through the authors of a large collection takes longer than the search.
    case authorWord
    /// The date.
    case date
    /// The row id of the source, as a decimal number.
    case source
    /// The tags, one by one.
    case tag
    /// The title, of which a column keeps the order alone.
    case title
    /// The metadata value of that name.
    case metadata(String)

    private static let metadataPrefix = "metadata:"

    /// The name under which rows of `document_columns` have it.
    var name: String {
        switch self {
        case .author: "author"
        case .authorName: "author names"
        case .authorWord: "author words"
        case .date: "date"
        case .source: "source"
        case .tag: "tag"
        case .title: "title"
        case .metadata(let key): Self.metadataPrefix + key
        }
    }

    /// The field of a name; nil for a name that none has.
    init?(name: String) {
        switch name {
        case "author": self = .author
        case "author names": self = .authorName
        case "author words": self = .authorWord
        case "date": self = .date
        case "source": self = .source
        case "tag": self = .tag
        case "title": self = .title
        default:
            guard name.utf8.starts(with: Self.metadataPrefix.utf8) else { return nil }
            self = .metadata(String(decoding: name.utf8.dropFirst(Self.metadataPrefix.utf8.count), as: UTF8.self))
        }
    }

    /// How its values follow each other.
    package var order: ValueOrder { self == .date || self == .authorWord ? .bytes : .natural }

    /// Whether a column has only the order of the documents.
    var keepsOrderAlone: Bool { self == .title }
}
