/// CSL-JSON, as Zotero and pandoc write bibliographies: one document an entry; its abstract and note are its text.
struct CitationJSONFormat: WholeFormat {
    var name: String { "csl-json" }
    var extensions: [String] { ["csljson"] }

    /// Whether JSON looks like it: entries with names in two parts, or dates in parts.
    func recognition(of beginning: InputBeginning) -> Recognition {
        guard beginning.text.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else { return .none }
        return beginning.text.withUnsafeBytes { bytes in
            func has(_ name: String) -> Bool { bytes.firstRange(of: Array("\"\(name)\"".utf8), from: 0) != nil }
            return has("type") && (has("date-parts") || has("family") && has("given")) ? .certain : .none
        }
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumJSONBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var tape = JSONTape()
        var damage: (line: Int, reason: String)?
        if let error = tape.failure(scanning: bytes) {
            damage = (1 + bytes[..<min(error.offset, bytes.count)].count { $0 == 0x0A }, error.reason)
        }
        if let damage, !tape.keepWholeElements() {
            return try handler(.skipped(line: damage.line, reason: damage.reason))
        }
        tally.note(oddNumbersOf: tape, line: nil)
        // One at a time, so that a large bibliography is not held twice.
        var node = tape.nodes[0].kind == .array ? 1 : 0
        let end = Int(tape.nodes[0].next)
        var number = 0
        var line = 1
        var place = 0
        while node < end {
            let start = Int(tape.nodes[node].start)
            line += bytes[place..<start].count { $0 == 0x0A }
            place = start
            number += 1
            if case .object(let members) = FieldValue(tape.nodes, node, in: bytes) {
                let entry = Self.entry(members, line: line)
                try reader.map(entry, number: number, of: file, tally: tally, into: handler)
            } else {
                try handler(.skipped(line: line, reason: "entry \(number) is not a JSON object"))
            }
            node = Int(tape.nodes[node].next)
        }
        if let damage {
            try handler(.stopped(line: damage.line, reason: damage.reason + "; nothing was read from here on"))
        }
    }

    private static let usual = [
        "URL": "url", "DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "container-title": "journal", "issue": "number",
        "page": "pages", "publisher-place": "address", "collection-title": "series",
    ]

    private static func entry(_ members: [FieldValue.Member], line: Int) -> BibliographyEntry {
        var entry = BibliographyEntry(line: line)
        for member in members {
            switch (member.name, member.value) {
            case ("abstract", .text(let text)), ("note", .text(let text)), ("annote", .text(let text)):
                entry.add(text: text)
            case ("keyword", .text(let text)):
                entry.add("tags", text.split { $0 == "," || $0 == ";" }.map(String.init))
            case ("issued", let value): entry.add("date", date(value))
            case ("accessed", let value): entry.add("accessed", date(value))
            case (_, .list(let values)) where names(values) != nil:
                entry.add(member.name, people: names(values) ?? [])
            case (_, .text(let text)): entry.add(usual[member.name] ?? member.name, text)
            default: entry.add(member.name, member.value.summary)
            }
        }
        return entry
    }

    /// Names of people as catalogues have them, when that is what values are.
    private static func names(_ values: [FieldValue]) -> [String]? {
        var names: [String] = []
        for value in values {
            guard case .object(let parts) = value, let name = value.people.first,
                parts.contains(where: { ["family", "given", "literal"].contains($0.name) })
            else { return nil }
            names.append(name)
        }
        return names.isEmpty ? nil : names
    }

    /// `{"date-parts": [[2020, 1, 15]]}`, `{"raw": "2020-01-15"}`, `{"year": 2020, "month": 1}`, which may be the first of a list.
    private static func date(_ value: FieldValue) -> String {
        if case .list(let dates) = value, let first = dates.first, dates.contains(where: \.holdsObjects) {
            return date(first)
        }
        guard case .object(let members) = value else { return value.texts.first ?? "" }
        func joined(_ parts: [String]) -> String {
            parts.map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
        }
        for member in members {
            if member.name == "date-parts", case .list(let dates) = member.value, case .list(let parts)? = dates.first {
                return joined(FieldValue.list(parts).texts)
            }
        }
        let written = members.first { ["raw", "literal"].contains($0.name) }?.value.texts.first
        let parts = ["year", "month", "day"].map { name in members.first { $0.name == name }?.value.texts.first }
        return written ?? joined(parts.prefix { $0 != nil }.compactMap(\.self))
    }
}

/// Telling HTML from text.
enum HTMLMarkup {
    /// Elements that are written without an end tag, or often are.
    private static let unended: Set = ["br", "hr", "img", "p", "li"]

    /// Whether a text is HTML throughout: it has an end tag of HTML's, or a start tag that needs none, and no more blank
    /// lines than blocks. Where there are more, it is text or Markdown with a tag in it.
    static func isMarkedUp(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isMarkedUp(UnsafeRawBufferPointer($0)) }
    }

    private static func isMarkedUp(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var (hasTag, blocks, place) = (false, 0, 0)
        while let open = bytes.first(UInt8(ascii: "<"), from: place) {
            place = open + 1
            let isEnd = place < bytes.count && bytes[place] == UInt8(ascii: "/")
            let start = isEnd ? place + 1 : place
            let length = bytes[min(start, bytes.count)...].prefix(11).prefix {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
            }.count
            let end = start + length
            guard length > 0, end < bytes.count, [0x3E, 0x20, 0x2F, 0x0A, 0x0D, 0x09].contains(bytes[end]) else {
                continue
            }
            let name = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
            guard HTMLElements.all.contains(name) else { continue }
            hasTag = hasTag || isEnd || unended.contains(name)
            if !isEnd, !HTMLElements.inline.contains(name) { blocks += 1 }
            place = end
        }
        guard hasTag else { return false }
        var (blankLines, isBlank) = (0, false)
        for byte in bytes {
            if byte == 0x0A {
                if isBlank { blankLines += 1 }
                isBlank = true
            } else if byte > 0x20 {
                isBlank = false
            }
        }
        return blankLines <= blocks
    }

    /// Whether a text has one of the references that texts without mark-up are full of where a program escaped them: `&amp;`, `&#39;`.
    static func hasReference(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return false }
        return ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#"].contains { text.contains($0) }
    }

    /// Whether a text has a tag of HTML, or a character reference.
    static func looksLikeHTML(_ text: String) -> Bool {
        var rest = text.utf8[...]
        while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
            let isTag = rest[open] == UInt8(ascii: "<")
            rest = rest[rest.index(after: open)...]
            let name = String(
                decoding: (rest.first == UInt8(ascii: "/") ? rest.dropFirst() : rest).prefix(12), as: UTF8.self
            )
            .lowercased().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            if isTag {
                if HTMLElements.all.contains(String(name)) { return true }
            } else if rest.prefix(10).contains(UInt8(ascii: ";")), rest.first == UInt8(ascii: "#") || !name.isEmpty {
                return true
            }
        }
        return false
    }
}
