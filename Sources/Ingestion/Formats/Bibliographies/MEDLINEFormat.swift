/// What PubMed exports (`.nbib`, MEDLINE): one document a citation, called by its number in PubMed; its abstract is its text.
///
/// A line is a tag of at most four letters, filled up with blanks, then `- ` and a value. Lines that begin with a blank go on:
///
///     PMID- 31234567
///     TI  - Learned optimisation in
///           rats.
///     LID - 10.1000/x [doi]
struct MEDLINEFormat: WholeFormat {
    var name: String { "medline" }
    var extensions: [String] { ["nbib", "medline"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.text.drop { $0 <= 0x20 }.hasPrefix("PMID- ") ? .certain : .none
    }

    /// A line of a citation with those that go on with it.
    private struct Field {
        let tag: String
        var value: String
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let text = TextDecoding.text(bytes, declared: nil, tally: tally)
        var (line, start) = (0, 1)
        var fields: [Field] = []
        var stray: Int?
        var entries: [BibliographyEntry] = []
        func end() {
            if !fields.isEmpty { entries.append(Self.entry(fields, line: start)) }
            fields = []
        }
        text.forEachLine { bytes in
            line += 1
            let content = bytes.trimmedBlanks
            if content.isEmpty { return }
            guard let (tag, value) = Self.tagged(bytes) else {
                // The number of a citation among others, which some exports have above it, is none of its lines.
                if bytes.first == 0x20, !fields.isEmpty {
                    fields[fields.count - 1].value += " " + content.asText
                } else if !content.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) {
                    stray = stray ?? line
                }
                return
            }
            if tag == "PMID" {
                end()
                start = line
            }
            fields.append(Field(tag: tag, value: value))
        }
        end()
        if let stray {
            try handler(.skipped(line: stray, reason: "is no line of a citation; citations begin with “PMID- ”"))
        }
        for (index, entry) in entries.enumerated() {
            try reader.map(entry, number: index + 1, of: file, tally: tally, into: handler)
        }
    }

    private static func tagged(_ line: ArraySlice<UInt8>) -> (tag: String, value: String)? {
        let tag = line.prefix(4)
        let letters = tag.prefix { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
        let rest = line.dropFirst(4)
        guard tag.count == 4, letters.count > 1, tag.dropFirst(letters.count).allSatisfy({ $0 == 0x20 }),
            rest.first == UInt8(ascii: "-"), rest.dropFirst().first.map({ $0 <= 0x20 }) ?? true
        else { return nil }
        return (letters.asText, rest.dropFirst().trimmedBlanks.asText)
    }

    /// Fields by the tags of citations, the first of a name before others.
    private static let names = [
        "PMID": "pmid", "PMC": "pmcid", "TI": "title", "BTI": "title", "TT": "original_title", "CTI": "collection",
        "JT": "journal", "TA": "journal_short", "VI": "volume", "IP": "number", "PG": "pages", "LA": "language",
        "PT": "type", "PB": "publisher", "PL": "address", "EN": "edition",
    ]

    private static func entry(_ fields: [Field], line: Int) -> BibliographyEntry {
        var entry = BibliographyEntry(line: line)
        func values(_ tags: String...) -> [String] { fields.filter { tags.contains($0.tag) }.map(\.value) }
        let number = values("PMID").first ?? ""
        entry.add("id", number)
        // A name stands there in full and short; an organisation has no comma to be cut at.
        let names = fields.contains { $0.tag == "FAU" } ? "FAU" : "AU"
        entry.add(
            "author",
            people: fields.compactMap { field in
                field.tag == names ? field.value : field.tag == "CN" ? "{\(field.value)}" : nil
            })
        let editors = values("FED")
        entry.add("editor", people: editors.isEmpty ? values("ED") : editors)
        let dates = values("DP", "DEP", "EDAT")
        entry.add("date", dates.first { CalendarDate.iso8601(from: $0) != nil } ?? dates.first ?? "")
        // `*` marks what the text is mainly about.
        entry.add("tags", values("MH", "OT").map { String($0.drop { $0 == "*" }).replacing("/*", with: "/") })
        entry.add("issn", identifiers(values("IS"), ending: " (").first ?? "")
        let doi = identifiers(values("LID", "AID", "SO"), ending: " [doi]").first
        entry.add("doi", doi ?? "")
        if doi == nil, !number.isEmpty { entry.add("url", "https://pubmed.ncbi.nlm.nih.gov/\(number)/") }
        var known: Set<String> = []
        for field in fields {
            if let name = Self.names[field.tag], known.insert(name).inserted { entry.add(name, field.value) }
            if ["AB", "OAB", "GN"].contains(field.tag) { entry.add(text: field.value) }
        }
        return entry
    }

    /// What stands before a mark that says what it is: `10.1000/x [doi]`, `1932-6203 (Electronic)`.
    private static func identifiers(_ values: [String], ending mark: String) -> [String] {
        values.compactMap { value in value.firstRange(of: mark).map { String(value[..<$0.lowerBound]).trimmed } }
    }
}
