/// BibTeX and BibLaTeX: one document an entry, called by its key; its abstract and notes are its text.
struct BibTeXFormat: WholeFormat {
    var name: String { "bibtex" }
    var extensions: [String] { ["bib", "bibtex", "biblatex"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }.prefix(20)
        let kinds: [StaticString] = ["@article{", "@book{", "@inproceedings{", "@misc{", "@online{", "@string{"]
        return kinds.contains { start.hasPrefix($0) } ? .certain : .none
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var scanner = BibTeXScanner(Array(TextDecoding.text(bytes, declared: nil, tally: tally).utf8))
        var items: [BibTeXScanner.Item] = []
        while let item = scanner.next() { items.append(item) }
        // An entry refers to one that stands behind it, as a rule.
        var parents: [String: BibTeXScanner.Entry] = [:]
        for case .entry(let entry) in items {
            parents[entry.key.lowercased()] = parents[entry.key.lowercased()] ?? entry
        }
        var number = 0
        for item in items {
            switch item {
            case .entry(let raw):
                number += 1
                let parent = raw.crossReference.flatMap { parents[$0] }
                let entry = BibTeXScanner.entry(parent.map(raw.inheriting) ?? raw)
                try reader.map(entry, number: number, of: file, tally: tally, into: handler)
            case .damage(let line, let reason):
                try handler(.skipped(line: line, reason: reason))
            }
        }
    }
}

/// Cuts BibTeX into entries. Linear, and total: what is no entry is a comment, as BibTeX itself has it.
struct BibTeXScanner {
    /// An entry as it is written, names in lower case.
    struct Entry {
        let kind: String
        let key: String
        var members: [(name: String, value: String)]
        /// The 1-based line it starts on.
        let line: Int

        /// The key of the entry that it is a part of, in lower case.
        var crossReference: String? { members.first { $0.name == "crossref" }.map { $0.value.trimmed.lowercased() } }

        /// The entry with what it does not say itself of the book or volume that it is a part of, whose title is not its own.
        func inheriting(from parent: Entry) -> Entry {
            var entry = self
            let own = Set(members.map(\.name))
            for (name, value) in parent.members {
                let inherited = name == "title" ? "booktitle" : name
                if !own.contains(inherited), !Self.ownOnly.contains(name) { entry.members.append((inherited, value)) }
            }
            return entry
        }

        /// Fields that are about an entry alone.
        private static let ownOnly: Set = [
            "abstract", "note", "annote", "annotation", "addendum", "comment", "review", "crossref", "pages", "doi",
            "url",
            "keywords", "author", "file", "",
        ]
    }

    enum Item {
        case entry(Entry)
        case damage(line: Int, reason: String)
    }

    /// Entries that never end. Behind each, reading goes on where it began, so that a file of them has to end.
    private var damages = 0
    private static let maximumDamages = 100

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// What `@string` has given names to.
    private var strings: [String: String] = [:]
    /// Bytes that names may still stand for in this file.
    private var expandableBytes: Int
    /// Whether the value read last is longer than that, or than a value may be.
    private var isTooLong = false

    /// Bytes of a value that names are a part of. Names may be made of names, so that each line multiplies: the name of a
    /// journal has a hundred.
    private static let longestExpansion = 1 << 16
    /// Bytes that names stand for in a whole file: a mebibyte, and some times its size.
    private static let (freeExpansion, expansionRatio) = (1 << 20, 8)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        expandableBytes = Self.freeExpansion + bytes.count * Self.expansionRatio
        for (number, name) in Self.months.enumerated() { strings[name] = String(number + 1) }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func advance() {
        if bytes[index] == 0x0A { line += 1 }
        index += 1
    }

    private mutating func skipSpace() { while let byte, byte <= 0x20 { advance() } }

    private mutating func word() -> String {
        let start = index
        while let byte, byte > 0x20, !Array("{}(),=\"#%".utf8).contains(byte) { index += 1 }
        return bytes[start..<index].asText
    }

    /// The next entry; nil at the end.
    mutating func next() -> Item? {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "@") else {
                advance()
                continue
            }
            let startLine = line
            advance()
            let start = index
            let kind = word().lowercased()
            skipSpace()
            guard let open = byte, open == UInt8(ascii: "{") || open == UInt8(ascii: "("), !kind.isEmpty else {
                continue
            }
            if kind == "comment" { continue }
            advance()
            let close = open == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
            skipSpace()
            if kind == "string" || kind == "preamble" {
                isTooLong = false
                let members = members(until: close)
                if isTooLong, let name = members?.first?.name {
                    return .damage(line: startLine, reason: "the name “\(name)” \(Self.tooLong)")
                }
                if kind == "string" { for (name, value) in members ?? [] { strings[name] = value } }
                continue
            }
            let key = word()
            skipSpace()
            if byte == UInt8(ascii: ",") { advance() }
            isTooLong = false
            guard let members = members(until: close) else {
                damages += 1
                if damages <= Self.maximumDamages { (index, line) = (start, startLine) }
                return .damage(line: startLine, reason: "entry “\(key)” is damaged or never ends")
            }
            if isTooLong { return .damage(line: startLine, reason: "entry “\(key)” \(Self.tooLong)") }
            return .entry(Entry(kind: kind, key: key, members: members, line: startLine))
        }
        return nil
    }

    private static let tooLong =
        "is made of names that stand for too much: \(longestExpansion) bytes in a value, "
        + "or \(expansionRatio) times the size of the file and \(freeExpansion) bytes in all, is the limit"

    /// `name = value, …` up to the closing bracket; nil when it does not come. Reading goes on behind what was understood.
    private mutating func members(until close: UInt8) -> [(name: String, value: String)]? {
        var members: [(name: String, value: String)] = []
        while true {
            skipSpace()
            guard let byte else { return nil }
            if byte == close {
                advance()
                return members
            }
            if byte == UInt8(ascii: ",") {
                advance()
                continue
            }
            // Another entry begins on a line of its own: this one is never closed.
            if byte == UInt8(ascii: "@") { return nil }
            let name = word().lowercased()
            skipSpace()
            guard self.byte == UInt8(ascii: "="), !name.isEmpty else {
                // A preamble is a value alone.
                if let value = value() {
                    members.append(("", value))
                    continue
                }
                return nil
            }
            advance()
            guard let value = value() else { return nil }
            members.append((name, value))
        }
    }

    /// Strings, numbers and names, joined by `#`. What is too long is read to its end and not kept.
    private mutating func value() -> String? {
        var value = ""
        var expanded = 0
        while true {
            skipSpace()
            switch byte {
            case UInt8(ascii: "{"): guard let part = braced() else { return nil }; value += part
            case UInt8(ascii: "\""): guard let part = quoted() else { return nil }; value += part
            default:
                let name = word()
                if name.isEmpty { return nil }
                guard let known = strings[name.lowercased()] else {
                    value += name
                    break
                }
                expanded += known.utf8.count
                if known.utf8.count > expandableBytes || expanded > Self.longestExpansion {
                    isTooLong = true
                } else {
                    expandableBytes -= known.utf8.count
                    value += known
                }
            }
            skipSpace()
            guard byte == UInt8(ascii: "#") else { return value }
            advance()
        }
    }

    private mutating func braced() -> String? {
        var depth = 0
        let start = index + 1
        while let byte {
            if byte == UInt8(ascii: "\\") { advance(); if index < bytes.count { advance() }; continue }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            advance()
            if depth == 0 { return bytes[start..<(index - 1)].asText }
        }
        return nil
    }

    private mutating func quoted() -> String? {
        var depth = 0
        advance()
        let start = index
        while let byte {
            if byte == UInt8(ascii: "\\") { advance(); if index < bytes.count { advance() }; continue }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if byte == UInt8(ascii: "\""), depth <= 0 {
                defer { advance() }
                return bytes[start..<index].asText
            }
            advance()
        }
        return nil
    }

    // MARK: Fields

    private static let usual = [
        "keywords": "tags", "journaltitle": "journal", "langid": "language", "booktitle": "booktitle",
    ]
    /// Fields for the program that keeps the bibliography.
    private static let leftOut: Set = [
        "file", "owner", "timestamp", "groups", "bdsk-file-1", "date-added", "date-modified", "month", "day", "year",
        "date", "crossref",
    ]

    /// What an entry says.
    static func entry(_ raw: Entry) -> BibliographyEntry {
        let members = raw.members
        var entry = BibliographyEntry(line: raw.line)
        entry.add("id", raw.key)
        entry.add("type", raw.kind)
        var values: [String: String] = [:]
        for (name, value) in members where values[name] == nil { values[name] = value }
        entry.add("date", date(values))
        for (name, raw) in members where !name.isEmpty && !leftOut.contains(name) {
            let isAddress = ["url", "doi", "eprint"].contains(name)
            let value = isAddress ? address(raw) : LaTeXReader.plain(raw)
            switch name {
            case "abstract", "note", "annote", "annotation", "addendum", "comment", "review": entry.add(text: value)
            case "author", "editor", "translator":
                let names = names(raw).map { isBraced($0) ? "{" + LaTeXReader.plain($0) + "}" : LaTeXReader.plain($0) }
                entry.add(name, people: names)
                // Who looks for a book by its editors finds it as one of theirs.
                if name == "editor", values["author"] == nil { entry.add("author", people: names) }
            case "keywords":
                entry.add("tags", value.split { $0 == "," || $0 == ";" }.map(String.init))
            default: entry.add(usual[name] ?? name, value)
            }
        }
        if values["url"] == nil, values["doi"] == nil { entry.add("url", otherAddress(values) ?? "") }
        return entry
    }

    /// An address or number as it is: without `\url`, and what hides its signs from LaTeX.
    private static func address(_ written: String) -> String {
        let bare = written.trimmed
        return (bare.hasPrefix("\\url") ? String(bare.dropFirst(4)) : bare).filter { !"\\{}".contains($0) }.trimmed
    }

    /// The address of an entry that has none as such: where it was published, or at arXiv.
    private static func otherAddress(_ values: [String: String]) -> String? {
        if let place = values["howpublished"].map(address), place.hasPrefix("http"), !place.contains(" ") {
            return place
        }
        let archive = values["archiveprefix"] ?? values["eprinttype"]
        guard let number = values["eprint"].map(address), archive?.trimmed.lowercased() == "arxiv" else { return nil }
        return "https://arxiv.org/abs/"
            + (number.lowercased().hasPrefix("arxiv:") ? String(number.dropFirst(6)) : number)
    }

    /// Whether one pair of braces is around all of a name: it is an organisation's.
    private static func isBraced(_ name: String) -> Bool {
        guard name.hasPrefix("{"), name.hasSuffix("}") else { return false }
        var depth = 0
        for byte in name.utf8.dropLast() {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return false }
        }
        return true
    }

    /// `{Ada and Sons} and Bob` are two: names are parted by the word outside of braces.
    private static func names(_ value: String) -> [String] {
        var names: [String] = []
        var name = ""
        var depth = 0
        for word in value.split(whereSeparator: \.isWhitespace) {
            if depth == 0, word == "and" {
                names.append(name)
                name = ""
                continue
            }
            depth += word.utf8.count { $0 == UInt8(ascii: "{") } - word.utf8.count { $0 == UInt8(ascii: "}") }
            name += (name.isEmpty ? "" : " ") + word
        }
        return (names + [name]).filter { !$0.isEmpty }
    }

    private static func date(_ values: [String: String]) -> String {
        // A span counts by its beginning.
        if let date = values["date"] { return String(date.prefix { $0 != "/" }) }
        guard let year = values["year"]?.filter(\.isNumber), year.count == 4 else { return values["year"] ?? "" }
        let name = values["month"]?.lowercased() ?? ""
        guard let month = Int(name) ?? months.firstIndex(where: { name.hasPrefix($0) }).map({ $0 + 1 }),
            (1...12).contains(month)
        else { return year }
        let day = values["day"].flatMap(Int.init) ?? 0
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return (1...31).contains(day) ? "\(year)-\(two(month))-\(two(day))" : "\(year)-\(two(month))"
    }
}
