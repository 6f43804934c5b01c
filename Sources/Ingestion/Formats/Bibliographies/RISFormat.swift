/// RIS: one document an entry, from `TY  -` to `ER  -`; its abstract and notes are its text.
struct RISFormat: WholeFormat {
    var name: String { "ris" }
    var extensions: [String] { ["ris"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }
        return start.hasPrefix("TY  - ") || start.hasPrefix("TY - ") ? .certain : .none
    }

    /// Fields by the tags of entries.
    private static let fields = [
        "TY": "type", "ID": "id", "TI": "title", "T1": "title", "CT": "title", "DO": "doi", "JO": "journal",
        "JF": "journal", "T2": "journal", "BT": "booktitle", "PB": "publisher", "VL": "volume", "IS": "number",
        "SN": "issn", "ET": "edition", "T3": "series", "CY": "address", "LA": "language", "UR": "url", "L2": "url",
        "M3": "genre",
    ]

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let text = TextDecoding.text(bytes, declared: nil, tally: tally)
        var line = 0
        var number = 0
        var lines: [(tag: String, value: String)] = []
        var start = 1
        var strays: [(line: Int, reason: String)] = []
        var entries: [BibliographyEntry] = []
        text.forEachLine { bytes in
            line += 1
            let content = bytes.trimmedBlanks
            if content.isEmpty { return }
            guard let (tag, value) = Self.tagged(content) else {
                // A value goes on.
                if lines.isEmpty {
                    strays.append((line, "is no line of an entry; entries begin with “TY  - ”"))
                } else {
                    // EndNote has all keywords under one tag, one a line.
                    if let last = lines.last, last.tag == "KW", !last.value.isEmpty {
                        lines.append((last.tag, content.asText))
                    } else {
                        lines[lines.count - 1].value += " " + content.asText
                    }
                }
                return
            }
            if tag == "TY" || tag == "ER" {
                if lines.count > 1 || lines.first.map({ $0.tag != "TY" }) ?? false {
                    entries.append(Self.entry(lines, line: start))
                }
                lines = []
                start = line
            }
            if tag != "ER" { lines.append((tag, value)) }
        }
        if lines.count > 1 { entries.append(Self.entry(lines, line: start)) }
        for stray in strays.prefix(1) { try handler(.skipped(line: stray.line, reason: stray.reason)) }
        for entry in entries {
            number += 1
            try reader.map(entry, number: number, of: file, tally: tally, into: handler)
        }
    }

    /// `AU  - Name`; some programs write one blank.
    private static func tagged(_ line: ArraySlice<UInt8>) -> (tag: String, value: String)? {
        func isTag(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) }
        let tag = line.prefix(2)
        let rest = line.dropFirst(2)
        let blanks = rest.prefix { $0 == 0x20 }.count
        guard tag.count == 2, tag.allSatisfy(isTag), (1...2).contains(blanks) else { return nil }
        let value = rest.dropFirst(blanks)
        guard value.first == UInt8(ascii: "-"), value.count == 1 || value.dropFirst().first == 0x20 || blanks == 2
        else { return nil }
        return (tag.asText, value.dropFirst().trimmedBlanks.asText)
    }

    /// `2020/01/15/other` as ISO 8601 has it; what is no number is none of it: `2004///Spring`.
    private static func date(_ value: String) -> String {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0].utf8.count == 4 else { return value }
        return parts.prefix(3).prefix { Int($0.trimmingPrefix(" ")) != nil }.joined(separator: "-")
    }

    private static func entry(_ lines: [(tag: String, value: String)], line: Int) -> BibliographyEntry {
        var entry = BibliographyEntry(line: line)
        var known: Set<String> = []
        func values(_ tags: [String]) -> [String] { lines.filter { tags.contains($0.tag) }.map(\.value) }
        entry.add("author", people: values(["AU", "A1"]))
        entry.add("editor", people: values(["A2", "ED"]))
        entry.add("tags", values(["KW"]))
        let dates = (values(["DA"]) + values(["PY"]) + values(["Y1"])).map(date)
        entry.add("date", dates.first { CalendarDate.iso8601(from: $0) != nil } ?? dates.first ?? "")
        entry.add("accessed", date(values(["Y2"]).first ?? ""))
        let pages = [values(["SP"]).first ?? "", values(["EP"]).first ?? ""].filter { !$0.isEmpty }
        entry.add("pages", pages.joined(separator: "–"))
        for (tag, value) in lines {
            if ["AB", "N2", "N1", "RN"].contains(tag) { entry.add(text: value) }
            if let name = fields[tag], known.insert(name).inserted { entry.add(name, value) }
        }
        return entry
    }
}
