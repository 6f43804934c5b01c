import Documents

/// AsciiDoc: one document. Blocks, lists, tables and code stay as text; attributes, delimiters, comments and marks go.
struct AsciiDocFormat: PageFormat {
    var name: String { "asciidoc" }
    var extensions: [String] { ["adoc", "asciidoc", "asc"] }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let source = TextDecoding.text(bytes, declared: nil, tally: tally)
        var reader = AsciiDocReader()
        source.forEachLine { reader.take($0) }
        let plain = reader.text.finish()
        var page = Page(
            fields: reader.fields, title: reader.title ?? reader.heading, plain: plain, source: source)
        page.add(reader.text.links)
        return page
    }
}

private struct AsciiDocReader {
    var text = LightMarkup(inline: AsciiDocText.plain)
    var fields: [(name: String, value: String)] = []
    var title: String?
    var heading: String?
    /// Lines since the title that belong to the header; nil when it is over.
    private var header: Int? = 0
    /// The line that ends the block, and what is in it.
    private var block: (end: [UInt8], isShown: Bool)?
    private var isTable = false
    /// Whether the block that comes next is a formula.
    private var isFormula = false
    /// What the text has given names to, and those that are always there.
    private var attributes = [
        "nbsp": " ", "sp": " ", "empty": "", "zwsp": "", "wj": "", "amp": "&", "lt": "<", "gt": ">", "plus": "+",
        "apos": "'", "quot": "\"", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "startsb": "[",
        "endsb": "]", "vbar": "|", "caret": "^", "asterisk": "*", "tilde": "~", "backslash": "\\", "backtick": "`",
        "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "pp": "++", "brvbar": "¦",
    ]

    /// Bytes of a value that its name stands for. Longer ones are no abbreviations, and stay by their names.
    private static let longestValue = 200

    mutating func take(_ line: ArraySlice<UInt8>) {
        let content = line.trimmedBlanks
        if let block {
            if content.elementsEqual(block.end) {
                self.block = nil
                text.end()
            } else if block.isShown {
                text.appendVerbatim(Self.withoutCallouts(line))
            }
            return
        }
        if content.isEmpty {
            if title != nil { header = nil }
            return text.end()
        }
        if content.hasPrefix("//"), content.dropFirst(2).first != UInt8(ascii: "/") { return }
        if takeHeader(content) { return }
        header = nil
        if takeDelimiter(content) { return }
        if takeHeading(content) { return }
        if content.first == UInt8(ascii: "["), content.last == UInt8(ascii: "]") {
            takeAttribution(content)
            isFormula = content.hasPrefix("[stem") || content.hasPrefix("[latexmath") || content.hasPrefix("[asciimath")
            return
        }
        if content.first == UInt8(ascii: ":"), content.dropFirst().contains(UInt8(ascii: ":")),
            let (name, value) = attribute(content)
        {
            define(name, value)
            return
        }
        if content.hasPrefix("include::") || content.hasPrefix("toc::") || content.hasPrefix("ifdef::")
            || content.hasPrefix("ifndef::") || content.hasPrefix("endif::") || content.hasPrefix("ifeval::")
        {
            return
        }
        if content.count == 1, content.first == UInt8(ascii: "+") { return text.end(isParted: false) }
        if isTable, content.contains(UInt8(ascii: "|")) {
            let cells = Self.cells(content)
            text.end(isParted: false)
            return append(Array(cells.joined(separator: " ").utf8)[...])
        }
        if content.first == UInt8(ascii: "."), let second = content.dropFirst().first, second > 0x20,
            second != UInt8(ascii: ".")
        {
            // The title of a block.
            text.end()
            append(content.dropFirst())
            return text.end(isParted: false)
        }
        if let (term, description) = Self.description(content) {
            text.end(isParted: false)
            append(term)
            text.end(isParted: false)
            return append(description)
        }
        if let item = Self.item(content) {
            text.end(isParted: false)
            let boxes: [StaticString] = ["[ ] ", "[x] ", "[*] "]
            return append(boxes.contains { item.hasPrefix($0) } ? item.dropFirst(4) : item)
        }
        append(content)
    }

    /// Who is quoted: [quote, Ada Example, On Maps].
    private mutating func takeAttribution(_ line: ArraySlice<UInt8>) {
        guard line.hasPrefix("[quote,") || line.hasPrefix("[verse,") else { return }
        let parts = line.dropFirst(7).dropLast().split(separator: UInt8(ascii: ",")).map(\.trimmedBlanks)
        let names = parts.filter { !$0.contains(UInt8(ascii: "=")) }.map(\.asText).filter { !$0.isEmpty }
        if names.isEmpty { return }
        text.end()
        text.append(names.joined(separator: ", ").utf8)
        text.end(isParted: false)
    }

    /// The cells of a line of a table, without what is said of one before its bar: `2+|`, `.3+^.>s|`, `a|`.
    private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
        let parts = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        var cells: [String] = []
        for (index, part) in parts.enumerated() {
            var cell = part.trimmedBlanks
            if index + 1 < parts.count {
                let word = part[(part.lastIndex(of: 0x20).map { $0 + 1 } ?? part.startIndex)...]
                if isSpecification(word) { cell = part[..<word.startIndex].trimmedBlanks }
            }
            // A cell may begin with a list.
            if let item = item(cell) { cell = item }
            if !cell.isEmpty { cells.append(cell.asText) }
        }
        return cells
    }

    /// Whether a word says how a cell looks: how many it spans, where its text stands, what its text is.
    private static func isSpecification(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        if let factor = rest.firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "*") }),
            rest[..<factor].allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") })
        {
            rest = rest[(factor + 1)...]
        }
        rest = rest.drop { "<>^.".utf8.contains($0) }
        return !word.isEmpty && (rest.isEmpty || rest.count == 1 && "adehlmsv".utf8.contains(rest[rest.startIndex]))
    }

    private mutating func define(_ name: String, _ value: String) {
        if value.utf8.count <= Self.longestValue { attributes[name] = value }
    }

    /// Appends a line with values for the names in it, and without the sign that breaks it.
    private mutating func append(_ line: ArraySlice<UInt8>) {
        var line = line
        if line.count > 2, line.suffix(2).elementsEqual([0x20, 0x2B]) { line = line.dropLast(2) }
        text.append(resolved(line))
    }

    /// A line with values for the names in it.
    private func resolved(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard line.contains(UInt8(ascii: "{")) else { return line }
        var line = line
        var output: [UInt8] = []
        while let open = line.firstIndex(of: UInt8(ascii: "{")) {
            output += line[..<open]
            let name = line[(open + 1)...].prefix(40).prefix { $0 != UInt8(ascii: "}") && $0 > 0x20 }
            let isEscaped = open > line.startIndex && line[open - 1] == UInt8(ascii: "\\")
            if !isEscaped, name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: "}"),
                let value = attributes[name.asText.lowercased()]
            {
                output += value.utf8
                line = line[(name.endIndex + 1)...]
            } else {
                output.append(line[open])
                line = line[(open + 1)...]
            }
        }
        return (output + line)[...]
    }

    /// A line of code without the numbers of the notes on it: `x = 1 // <1>`.
    private static func withoutCallouts(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = line
        while rest.last == UInt8(ascii: ">"), let open = rest.lastIndex(of: UInt8(ascii: "<")), open > rest.startIndex,
            rest[open - 1] == 0x20, (open + 2..<open + 5).contains(rest.endIndex - 1) || rest.endIndex - open == 3,
            rest[(open + 1)..<(rest.endIndex - 1)].allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
        {
            rest = rest[..<open]
            while rest.last == 0x20 { rest.removeLast() }
        }
        if rest.endIndex == line.endIndex { return line }
        // The comment that hides them from the language.
        for mark in ["//", "#", ";;", "--"] where rest.suffix(mark.utf8.count).elementsEqual(mark.utf8) {
            rest = rest.dropLast(mark.utf8.count)
            break
        }
        return rest
    }

    private mutating func takeHeader(_ content: ArraySlice<UInt8>) -> Bool {
        guard let place = header else { return false }
        if title == nil, content.hasPrefix("= ") {
            let shown = text.plain(resolved(content.dropFirst(2).trimmedBlanks))
            title = shown.asText
            text.append(shown)
            text.end()
            return true
        }
        if content.first == UInt8(ascii: ":"), let (name, value) = attribute(content) {
            define(name, value)
            let usual = [
                "author": "author", "authors": "author", "revdate": "date", "date": "date", "keywords": "tags",
                "description": "description", "lang": "language", "url": "url",
            ]
            if let field = usual[name], !value.isEmpty { fields.append((field, value)) }
            return true
        }
        guard title != nil else { return false }
        header = place + 1
        if place == 0 {
            let authors = content.asText.split(separator: ";").map { author in
                String(author.prefix { $0 != "<" }).replacing("_", with: " ").trimmed
            }
            if !fields.contains(where: { $0.name == "author" }) {
                fields.append(("author", PersonNames.text(of: authors)))
            }
            return true
        }
        if place == 1 {
            // v1.0, 2020-01-01: remark
            let date = content.asText.prefix { $0 != ":" }.split(separator: ",").last.map { String($0).trimmed } ?? ""
            if CalendarDate.iso8601(from: date) != nil { fields.append(("date", date)) }
            return true
        }
        return false
    }

    /// `:name: value`.
    private func attribute(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let end = line.dropFirst().firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = line[(line.startIndex + 1)..<end]
        guard !name.isEmpty, !name.contains(0x20) else { return nil }
        return (name.asText.lowercased(), line[(end + 1)...].trimmedBlanks.asText)
    }

    private mutating func takeDelimiter(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first else { return false }
        if content.hasPrefix("|===") || content.hasPrefix(",===") || content.hasPrefix("!===") {
            isTable.toggle()
            text.end()
            return true
        }
        if content.hasPrefix("```") {
            block = (Array("```".utf8), true)
            text.end()
            return true
        }
        let isDelimiter =
            content.count >= 4 && content.allSatisfy { $0 == first } || content.count == 2 && content.hasPrefix("--")
        guard isDelimiter else {
            if content.count == 3, content.hasPrefix("'''") || content.hasPrefix("<<<") { return true }
            return false
        }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "."):
            if content.count > 2 { block = (Array(content), true) }
        case UInt8(ascii: "/"): block = (Array(content), false)
        case UInt8(ascii: "+"):
            // What is passed through is HTML, unless it is a formula.
            block = (Array(content), isFormula)
            isFormula = false
        case UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "_"): break
        default: return false
        }
        text.end()
        return true
    }

    private mutating func takeHeading(_ content: ArraySlice<UInt8>) -> Bool {
        let level = content.prefix { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "#") }
        guard (1...6).contains(level.count), content.dropFirst(level.count).first == 0x20 else { return false }
        let shown = resolved(content.dropFirst(level.count).trimmedBlanks)
        text.end()
        text.append(shown)
        text.end()
        if heading == nil { heading = text.plain(shown).asText }
        return true
    }

    /// A term and what is said of it, which may begin on the next line: `CPU:: The brain.`
    private static func description(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        var place = line.startIndex
        while let mark = line[place...].firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }) {
            let run = line[mark...].prefix { $0 == line[mark] }
            place = run.endIndex
            let isMark = line[mark] == UInt8(ascii: ":") ? (2...4).contains(run.count) : run.count == 2
            if isMark, mark > line.startIndex, place == line.endIndex || line[place] == 0x20 {
                return (line[..<mark].trimmedBlanks, line[place...].trimmedBlanks)
            }
        }
        return nil
    }

    private static func item(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let blank = line.firstIndex(of: 0x20), let first = line.first else { return nil }
        let mark = line[..<blank]
        let isMark =
            [UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(first) && mark.count <= 5
            && mark.allSatisfy { $0 == first }
        let isNumber =
            mark.count > 1 && mark.last == UInt8(ascii: ".")
            && mark.dropLast().allSatisfy { (0x30...0x39).contains($0) }
        let isCallout = first == UInt8(ascii: "<") && mark.last == UInt8(ascii: ">")
        return isMark || isNumber || isCallout ? line[blank...].trimmedBlanks : nil
    }
}
