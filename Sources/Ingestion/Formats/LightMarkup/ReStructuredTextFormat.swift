/// reStructuredText: one document. The text of directives stays, code too; options, targets, comments and marks go.
struct ReStructuredTextFormat: PageFormat {
    var name: String { "rst" }
    var extensions: [String] { ["rst", "rest"] }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let source = TextDecoding.text(bytes, declared: nil, tally: tally)
        var lines: [ArraySlice<UInt8>] = []
        source.forEachLine { lines.append($0) }
        ReStructuredTextSubstitutions.replace(in: &lines)
        var reader = ReStructuredTextReader(lines)
        reader.read()
        let plain = reader.text.finish()
        var page = Page(fields: reader.fields, title: reader.title, plain: plain, source: source)
        page.add(reader.text.links)
        return page
    }
}

private struct ReStructuredTextReader {
    let lines: [ArraySlice<UInt8>]
    var text = LightMarkup(inline: ReStructuredTextReader.inline)
    var fields: [(name: String, value: String)] = []
    var title: String?
    private var index = 0
    /// Whether nothing but the title and fields has come yet.
    private var isStart = true

    init(_ lines: [ArraySlice<UInt8>]) { self.lines = lines }

    /// Directives without text for readers: their argument is a file or a name, and what follows are options.
    private static let silent: Set = [
        "image", "figure", "include", "contents", "toctree", "highlight", "meta", "raw", "literalinclude",
        "default-role", "currentmodule", "module", "automodule", "autoclass", "autofunction", "index", "sectnum",
        "role",
    ]
    /// Directives whose argument names something and is no text.
    private static let named: Set = [
        "code", "code-block", "sourcecode", "parsed-literal", "container", "class",
    ]

    mutating func read() {
        while index < lines.count {
            let line = lines[index]
            let content = line.trimmedBlanks
            if content.isEmpty {
                text.end()
                index += 1
            } else if takeSection(content) || takeExplicit(line, content) || takeField(line, content) {
                continue
            } else {
                isStart = false
                takeText(content)
                index += 1
            }
        }
    }

    private mutating func takeText(_ content: ArraySlice<UInt8>) {
        if content.count > 3, content.allSatisfy({ $0 == 0x3D || $0 == 0x20 || $0 == 0x2D || $0 == 0x2B || $0 == 0x7C })
        {
            // The rules of a table.
            return text.end(isParted: false)
        }
        if content.first == 0x7C, content.last == 0x7C {
            let cells = content.split(separator: 0x7C).map { $0.trimmedBlanks.asText }.filter { !$0.isEmpty }
            text.end(isParted: false)
            return text.append(cells.joined(separator: " ").utf8)
        }
        if var item = Self.item(content) {
            // A row of a table that is written as a list: * - cell.
            while let inner = Self.item(item) { item = inner }
            text.end(isParted: false)
            return text.append(item)
        }
        if content.first == 0x7C, content.dropFirst().first ?? 0x20 == 0x20 {
            text.end(isParted: false)
            return text.append(content.dropFirst())
        }
        text.append(content)
    }

    /// A line with a line of one punctuation mark below it, and perhaps one above it.
    private mutating func takeSection(_ content: ArraySlice<UInt8>) -> Bool {
        func line(_ offset: Int) -> ArraySlice<UInt8> {
            index + offset < lines.count ? lines[index + offset].trimmedBlanks : []
        }
        func isRule(_ line: ArraySlice<UInt8>) -> Bool {
            guard let first = line.first, line.count >= 3 else { return false }
            return (0x21...0x7E).contains(first) && !Self.isAlphanumeric(first) && line.allSatisfy { $0 == first }
        }
        let shown: ArraySlice<UInt8>
        if isRule(content), !line(1).isEmpty, !isRule(line(1)), line(2).elementsEqual(content) {
            shown = line(1)
            index += 3
        } else if !isRule(content), isRule(line(1)), line(1).count + 2 >= content.count,
            lines[index].first.map({ $0 > 0x20 }) ?? false
        {
            shown = content
            index += 2
        } else if isRule(content), content.count >= 4 {
            text.end()
            index += 1
            return true
        } else {
            return false
        }
        text.end()
        text.append(shown)
        text.end()
        if title == nil { title = text.plain(shown).asText }
        return true
    }

    /// A directive, target, note or comment: `.. note:: text`.
    private mutating func takeExplicit(_ line: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) -> Bool {
        if content.hasPrefix("__ "), content.startIndex == line.startIndex {
            index += 1
            noteTarget(content)
            return true
        }
        guard content.hasPrefix("..") else { return false }
        guard content.count == 2 || content.dropFirst(2).first == 0x20 else { return false }
        let indentation = content.startIndex - line.startIndex
        let rest = content.dropFirst(2).trimmedBlanks
        index += 1
        text.end()
        if rest.first == 0x5B, let end = rest.firstIndex(of: 0x5D) {
            text.append(rest[(end + 1)...].trimmedBlanks)
            return true
        }
        if rest.first == 0x5F {
            noteTarget(rest)
            return true
        }
        let directiveStart =
            rest.first == 0x7C ? rest.dropFirst().firstIndex(of: 0x7C).map { rest[($0 + 1)...].trimmedBlanks } : rest
        if let start = directiveStart, let mark = Self.firstRange(of: [0x3A, 0x3A], in: start) {
            let name = start[..<mark].asText.lowercased()
            let argument = start[(mark + 2)...].trimmedBlanks
            if Self.silent.contains(name) {
                if name == "image" || name == "figure" { text.links.add(argument.asText) }
                // A figure's caption is text, behind an empty line.
                takeOption("alt", deeperThan: indentation)
                if name == "raw" || name == "toctree" { skipBlock(deeperThan: indentation) }
            } else if name == "math" {
                if !argument.isEmpty { text.appendVerbatim(argument) }
                skipOptions(deeperThan: indentation)
                takeVerbatim(deeperThan: indentation)
            } else if name == "csv-table" {
                text.append(argument)
                text.end(isParted: false)
                takeOption("header", deeperThan: indentation)
                takeRows(deeperThan: indentation)
            } else {
                if !Self.named.contains(name), !argument.isEmpty { text.append(argument) }
                if ["code", "code-block", "sourcecode"].contains(name) {
                    skipOptions(deeperThan: indentation)
                    takeVerbatim(deeperThan: indentation)
                } else {
                    skipOptions(deeperThan: indentation)
                }
            }
            return true
        }
        // An empty comment before an empty line ends what is before it, and has no block.
        if rest.isEmpty, index >= lines.count || lines[index].trimmedBlanks.isEmpty { return true }
        skipBlock(deeperThan: indentation)
        return true
    }

    /// Notes where a name or the next link leads: `_name: https://…`, `__ https://…`. A name of another name leads there.
    private mutating func noteTarget(_ line: ArraySlice<UInt8>) {
        let isNameless = line.hasPrefix("__")
        let mark = line.indices.first { line[$0] == 0x3A && ($0 + 1 == line.endIndex || line[$0 + 1] == 0x20) }
        guard let end = isNameless && !line.hasPrefix("__:") ? line.startIndex + 1 : mark else { return }
        var target = line[(end + 1)...].trimmedBlanks.asText
        // It goes on in the lines below, where it is long.
        while let own = indentation(at: index), own > 0, !target.isEmpty || own > 2 {
            target += lines[index].trimmedBlanks.asText
            index += 1
        }
        if !target.hasSuffix("_") { text.links.add(target) }
    }

    private func indentation(at index: Int) -> Int? {
        guard index < lines.count, let first = lines[index].firstIndex(where: { $0 > 0x20 }) else { return nil }
        return first - lines[index].startIndex
    }

    private mutating func skipOptions(deeperThan depth: Int) {
        while let own = indentation(at: index), own > depth, lines[index].trimmedBlanks.first == 0x3A { index += 1 }
    }

    /// Takes what readers see of the options of a directive: the description of a picture, the header of a table.
    private mutating func takeOption(_ name: String, deeperThan depth: Int) {
        let mark = Array(":\(name):".utf8)
        while let own = indentation(at: index), own > depth, lines[index].trimmedBlanks.first == 0x3A {
            let option = lines[index].trimmedBlanks
            if option.starts(with: mark) {
                text.append(Self.cells(option.dropFirst(mark.count).trimmedBlanks))
                text.end(isParted: name == "alt")
            }
            index += 1
        }
    }

    /// The rows of a table written as CSV, each on a line of its own.
    private mutating func takeRows(deeperThan depth: Int) {
        while index < lines.count {
            if let own = indentation(at: index), own <= depth { break }
            text.append(Self.cells(lines[index].trimmedBlanks))
            text.end(isParted: false)
            index += 1
        }
        text.end()
    }

    /// A row of CSV without its quotes; one that stands in quotes stays once.
    private static func cells(_ row: ArraySlice<UInt8>) -> [UInt8] {
        guard row.contains(UInt8(ascii: "\"")) else { return Array(row) }
        return Array(
            row.asText.replacing("\"\"", with: "\u{1}").replacing("\"", with: "").replacing("\u{1}", with: "\"").utf8)
    }

    private mutating func skipBlock(deeperThan depth: Int) {
        while index < lines.count {
            guard let own = indentation(at: index) else {
                // An empty line, within the block or behind it.
                index += 1
                continue
            }
            if own <= depth { break }
            index += 1
        }
    }

    private mutating func takeVerbatim(deeperThan depth: Int) {
        var own: Int?
        while index < lines.count {
            if let deep = indentation(at: index), deep <= depth { break }
            if let deep = indentation(at: index) {
                own = own ?? deep
                text.appendVerbatim(lines[index].dropFirst(min(own ?? deep, deep)))
            }
            index += 1
        }
        text.end()
    }

    /// A field: at the start one of the document, further below text.
    private mutating func takeField(_ line: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) -> Bool {
        guard isStart, content.first == 0x3A, let end = content.dropFirst().firstIndex(of: 0x3A),
            end + 1 == content.endIndex || content[end + 1] == 0x20
        else { return false }
        let name = content[(content.startIndex + 1)..<end].asText.lowercased()
        var value = content[(end + 1)...].trimmedBlanks.asText
        index += 1
        while let own = indentation(at: index), own > 0, !lines[index].isEmpty {
            value += " " + lines[index].trimmedBlanks.asText
            index += 1
        }
        if value.isEmpty { return true }
        let usual = ["authors": "author", "keywords": "tags"]
        fields.append((usual[name] ?? name, value))
        return true
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    private static func firstRange(of text: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
        line.indices.first { line[$0...].starts(with: text) }
    }

    private static func item(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let blank = line.firstIndex(of: 0x20) else { return nil }
        let mark = line[..<blank]
        let isBullet = mark.count == 1 && [0x2A, 0x2B, 0x2D].contains(mark.first)
        let isNumber =
            mark.count > 1 && (mark.last == 0x2E || mark.last == 0x29)
            && mark.dropLast().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x23 }
        return isBullet || isNumber ? line[blank...].trimmedBlanks : nil
    }

    /// Takes roles, references and emphasis out of a paragraph.
    private static func inline(_ text: [UInt8], _ links: inout TextLinks) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 0x60 {
                let isDouble = index + 1 < text.count && text[index + 1] == 0x60
                let start = index + (isDouble ? 2 : 1)
                if let end = quotationEnd(text, from: start, isDouble: isDouble) {
                    removeRole(from: &output)
                    let inner = text[start..<end]
                    if !isDouble, inner.last == 0x3E, let open = inner.lastIndex(of: 0x3C) {
                        let target = inner[(open + 1)...].dropLast()
                        let isLink = end + 1 < text.count && text[end + 1] == 0x5F && target.last != 0x5F
                        if isLink { links.add(target.asText) }
                        output += open > inner.startIndex ? inner[..<open].trimmedBlanks : target
                    } else {
                        output += inner.first == 0x7E && !isDouble ? inner.dropFirst() : inner
                    }
                    index = end + (isDouble ? 2 : 1)
                    while index < text.count, text[index] == 0x5F { index += 1 }
                    if index < text.count, text[index] == 0x3A, let close = roleEnd(text, from: index) { index = close }
                    continue
                }
            } else if byte == 0x5B, let end = text[index...].prefix(40).firstIndex(of: 0x5D), end + 1 < text.count,
                text[end + 1] == 0x5F
            {
                // [1]_, [#note]_, [Cited2020]_.
                index = end + 2
                if output.last == 0x20 { output.removeLast() }
                continue
            } else if byte == 0x5C, index + 1 < text.count {
                if text[index + 1] > 0x20 { output.append(Self.masked(text[index + 1])) }
                index += 2
                continue
            }
            output.append(byte)
            index += 1
        }
        // What comes next is to be taken as it stands; alone on its line the mark is none of the text.
        if output.elementsEqual([0x3A, 0x3A]) { return [] }
        while output.hasSuffix([0x3A, 0x3A]) { output.removeLast() }
        output = LightMarkup.withoutPairs(of: [0x2A, 0x7C], in: output)
        for index in output.indices where output[index] < 4 { output[index] = output[index] == 2 ? 0x2A : 0x7C }
        return output
    }

    /// A mark that is meant as it stands, kept from those that mean something.
    private static func masked(_ byte: UInt8) -> UInt8 { byte == 0x2A ? 2 : byte == 0x7C ? 3 : byte }

    private static func quotationEnd(_ text: [UInt8], from start: Int, isDouble: Bool) -> Int? {
        var index = start
        while index < min(text.count, start + 1024) {
            if text[index] == 0x60, !isDouble || index + 1 < text.count && text[index + 1] == 0x60 {
                return index > start ? index : nil
            }
            index += 1
        }
        return nil
    }

    /// Takes the role away that a text in quotes has before it: `:ref:`.
    private static func removeRole(from output: inout [UInt8]) {
        guard output.last == 0x3A else { return }
        let tail = output.dropLast().suffix(40)
        guard let open = tail.lastIndex(where: { $0 == 0x3A }) else { return }
        let name = tail[(open + 1)...]
        guard !name.isEmpty, name.allSatisfy({ isAlphanumeric($0) || $0 == 0x2D || $0 == 0x3A || $0 == 0x2B }) else {
            return
        }
        var start = open
        // A role of a domain: :py:func:
        if let domain = tail[..<open].lastIndex(of: 0x3A), tail[(domain + 1)..<open].allSatisfy(isAlphanumeric) {
            start = domain
        }
        output.removeSubrange(start...)
    }

    private static func roleEnd(_ text: [UInt8], from start: Int) -> Int? {
        let tail = text[(start + 1)...].prefix(30)
        guard let end = tail.firstIndex(of: 0x3A), end > start + 1, tail[..<end].allSatisfy(isAlphanumeric) else {
            return nil
        }
        return end + 1
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ bytes: [UInt8]) -> Bool { suffix(bytes.count).elementsEqual(bytes) }
}
