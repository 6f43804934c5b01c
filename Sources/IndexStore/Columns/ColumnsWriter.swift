import Documents
import Postings

/// Collects what the documents of a chunk have in all fields that are kept as columns.
struct ColumnsWriter {
    /// What is known about a document, as its row has it.
    struct Values {
        var date, author: String?
        var source: Int64?
        var tags: [String]
        var title: String
        var metadata: [String: String]
    }

    private var date = ColumnWriter(.date)
    private var author = ColumnWriter(.author)
    private var source = ColumnWriter(.source)
    private var tag = ColumnWriter(.tag)
    private var title = ColumnWriter(.title)
    private var metadata: [ExactText: ColumnWriter] = [:]

    private static let keptKeys = 256

    /// Adds a document by its place in the chunk. Places must ascend.
    mutating func append(_ values: Values, at place: Int) {
        if let text = values.date { date.append(text, at: place) }
        if let text = values.author { author.append(text, at: place) }
        if let id = values.source { source.append(String(id), at: place) }
        for text in values.tags { tag.append(text, at: place) }
        if !values.title.isEmpty { title.append(values.title, at: place) }
        for (key, value) in values.metadata {
            let key = ExactText(key)
            metadata[key, default: ColumnWriter(.metadata(key.text))].append(value, at: place)
        }
    }

    /// The stored forms of the fields that any document has, by name; then all is empty again.
    mutating func finish() -> [(name: String, content: [UInt8])] {
        var columns: [(name: String, content: [UInt8])] = []
        func take(_ field: ColumnField, _ content: [UInt8]?) {
            if let content { columns.append((field.name, content)) }
        }
        take(.author, author.finish())
        take(.date, date.finish())
        take(.source, source.finish())
        take(.tag, tag.finish())
        take(.title, title.finish())
        for key in metadata.keys.sorted(by: { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }) {
            take(.metadata(key.text), metadata[key]?.finish())
        }
        // Keys that only few documents have are not carried along for ever.
        if metadata.count > Self.keptKeys { metadata = [:] }
        return columns
    }
}

extension ColumnsWriter.Values {
    /// What a document has that is on its way into the index.
    init(_ new: NewDocument) {
        let document = new.document
        self.init(
            date: document.date, author: document.author, source: new.source?.rawValue, tags: document.tags,
            title: document.title, metadata: document.metadata)
    }
}
