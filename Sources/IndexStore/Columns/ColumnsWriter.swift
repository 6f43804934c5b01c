import Documents
import Postings

/// Collects what the documents of a chunk have in all fields that are kept as columns.
struct ColumnsWriter {
    /// What is known about a document, as its row has it.
    struct Values {
        var date, author: String?
        var source: Int64?
        var line: Int64
        var tags: [String]
        var title: String
        var metadata: [String: String]
    }

    private var date = ColumnWriter(.date)
    private var author = ColumnWriter(.author)
    private let authorWords: AuthorWords
    private let tagWords: FieldWords
    private var source = ColumnWriter(.source)
    private var tag = ColumnWriter(.tag)
    private var title = ColumnWriter(.title)
    private var lines = LineSeals()
    /// The keys of metadata, and the column of each.
    private var keys: [ExactText] = []
    private var metadata: [ColumnWriter] = []
    /// Where the column of each key is.
    private var indexes: [ExactText: Int] = [:]
    /// Where the column of the key that was last looked for is.
    private var lastIndex = -1

    /// The source that was added last: documents that follow each other mostly have one.
    private var lastSource: (id: Int64, text: String) = (0, "0")

    private static let keptKeys = 256

    init() throws {
        authorWords = try AuthorWords()
        tagWords = try FieldWords()
    }

    /// Adds a document by its place in the chunk. Places must ascend.
    mutating func append(_ values: Values, at place: Int) {
        lines.append(values.line, at: place)
        if let text = values.date { date.append(text, at: place) }
        if let text = values.author { author.append(text, at: place) }
        if let id = values.source { source.append(text(ofSource: id), at: place) }
        for text in values.tags { tag.append(text, at: place) }
        if !values.title.isEmpty { title.append(values.title, at: place) }
        for (key, value) in values.metadata { metadata[index(of: ExactText(key))].append(value, at: place) }
    }

    private mutating func text(ofSource id: Int64) -> String {
        if lastSource.id != id { lastSource = (id, String(id)) }
        return lastSource.text
    }

    /// Where the column of a key is; one is made for a new key.
    private mutating func index(of key: ExactText) -> Int {
        // They come in the same order from document to document.
        let next = lastIndex + 1 < keys.count ? lastIndex + 1 : 0
        if next < keys.count, keys[next] == key {
            lastIndex = next
        } else if let known = indexes[key] {
            lastIndex = known
        } else {
            lastIndex = keys.count
            keys.append(key)
            metadata.append(ColumnWriter(.metadata(key.text)))
            indexes[key] = lastIndex
        }
        return lastIndex
    }

    /// The stored forms of the fields that any document has, by name; then all is empty again.
    mutating func finish() -> [(name: String, content: [UInt8])] {
        var columns: [(name: String, content: [UInt8])] = []
        func take(_ field: ColumnField, _ content: [UInt8]?) {
            if let content { columns.append((field.name, content)) }
        }
        func takeFilter(_ field: ColumnField, _ filter: WordFilter?) {
            if let filter { columns.append((WordFilter.name(of: field), filter.bytes)) }
        }
        authorWords.begin()
        var words = ColumnWriter(wordsOf: author, by: authorWords)
        var names = ColumnWriter(namesIn: author)
        if !names.hasValues(of: author) { take(.authorName, names.finish()) }
        take(.author, author.finish())
        takeFilter(.authorWord, words.filter())
        take(.authorWord, words.finish())
        take(.date, date.finish())
        take(.source, source.finish())
        takeFilter(.tag, tag.filter(tagWords.words(ofTag:)))
        take(.tag, tag.finish())
        take(.title, title.finish())
        if let seals = lines.finish() { columns.append((LineSeals.name, seals)) }
        for index in keys.indices.sorted(by: { keys[$0] < keys[$1] }) {
            take(.metadata(keys[index].text), metadata[index].finish())
        }
        // Keys that only few documents have are not carried along for ever.
        if keys.count > Self.keptKeys { (keys, metadata, indexes) = ([], [], [:]) }
        return columns
    }
}

extension ColumnsWriter.Values {
    /// What a document has that is on its way into the index.
    init(_ new: NewDocument) {
        let document = new.document
        self.init(
            date: document.date, author: document.author, source: new.source?.rawValue,
            line: Int64(document.line), tags: document.tags, title: document.title, metadata: document.metadata)
    }
}
