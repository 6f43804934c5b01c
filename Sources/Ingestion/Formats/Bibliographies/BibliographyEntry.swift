import Documents

/// An entry of a bibliography, whatever format it came in: what it is called, and its fields under the names they have here.
struct BibliographyEntry {
    var fields: [FieldValue.Member] = []
    /// Abstract and notes.
    private var texts: [String] = []
    /// The 1-based line it starts on.
    let line: Int

    init(line: Int) { self.line = line }

    /// Adds a field; an empty one is none.
    mutating func add(_ name: String, _ value: String) {
        let value = value.trimmed
        if !value.isEmpty { fields.append(FieldValue.Member(name: name, value: .text(value))) }
    }

    /// Adds a field of several values.
    mutating func add(_ name: String, _ values: [String]) {
        let values = values.map(\.trimmed).filter { !$0.isEmpty }
        if !values.isEmpty { fields.append(FieldValue.Member(name: name, value: .list(values.map { .text($0) }))) }
    }

    /// Adds what is read as text.
    mutating func add(text: String) {
        let text = Self.plain(text).trimmed
        if !text.isEmpty { texts.append(text) }
    }

    /// The text of what programs keep as HTML, or publishers as JATS: a note, an abstract, a title with italics.
    private static func plain(_ text: String) -> String {
        let isMarkup = text.utf8.contains(UInt8(ascii: "<")) && (HTMLMarkup.isMarkedUp(text) || text.contains("<jats:"))
        return isMarkup || HTMLMarkup.hasReference(text) ? TextMarkup.html.plainText(of: text) : text
    }

    /// Its title, which is also a field.
    private func text(of name: String) -> String? { fields.first { $0.name == name }?.value.texts.first }

    /// The entry as a page. One without an address has that of its DOI.
    var page: Page {
        var fields = fields
        if text(of: "url") == nil, let doi = text(of: "doi") {
            let address = "https://doi.org/" + DigitalObjectIdentifier.plain(doi)
            fields.append(FieldValue.Member(name: "url", value: .text(address)))
        }
        if let place = fields.firstIndex(where: { $0.name == "title" }) {
            fields[place].value = .text(Self.plain(fields[place].value.texts.joined()).collapsed)
        }
        return Page(
            fields: fields, title: text(of: "title").map { Self.plain($0).collapsed },
            text: MarkedText(plain: texts.joined(separator: "\n\n")))
    }

    /// Adds a field of people, each as `Family, Given`, `von Family, Jr, Given` or `Given Family`, or in braces that hold it together.
    mutating func add(_ name: String, people: [String]) {
        let people = people.map(\.trimmed).filter { !$0.isEmpty }
        if !people.isEmpty { add(name, PersonNames.text(of: people)) }
    }
}

extension DocumentReader {
    /// Maps an entry; `number` is its place among those of its file.
    func map(
        _ entry: BibliographyEntry, number: Int, of file: InputFile, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        try map(entry.page, in: RecordContext(file: file, line: entry.line, row: number), tally: tally, into: handler)
    }
}
