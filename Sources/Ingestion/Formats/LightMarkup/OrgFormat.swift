/// Org: one document. Headings, lists, tables and code stay as text; marks, drawers, planning lines and comments go.
struct OrgFormat: PageFormat {
    var name: String { "org" }
    var extensions: [String] { ["org"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }
        let keywords: [StaticString] = ["#+title:", "#+author:", "#+date:", "#+options:", "#+startup:", "#+filetags:"]
        return keywords.contains(where: start.hasPrefix) ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let source = TextDecoding.text(bytes, declared: nil, tally: tally)
        var reader = OrgReader()
        source.forEachLine { reader.take($0) }
        let plain = reader.text.finish()
        var page = Page(fields: reader.fields, title: reader.title ?? reader.heading, plain: plain, source: source)
        page.add(reader.text.links)
        if !reader.tags.isEmpty {
            page.fields.append(FieldValue.Member(name: "tags", value: .list(reader.tags.map { .text($0) })))
        }
        return page
    }
}

private struct OrgReader {
    var text = LightMarkup(inline: OrgReader.inline)
    var fields: [(name: String, value: String)] = []
    var title: String?
    var heading: String?
    var tags: [String] = []
    /// What the lines up to its end are: a comment, or text as it stands.
    private var block: (name: String, isShown: Bool)?
    private var isDrawer = false
    /// The level of the heading whose tree is a comment.
    private var comment: Int?

    /// Keywords that say something about the document.
    private static let keywords = ["author", "date", "description", "language", "subtitle", "email"]
    /// Blocks whose lines are text like any other.
    private static let textBlocks: Set = ["quote", "center", "verse", "abstract", "theorem", "proof"]

    mutating func take(_ line: ArraySlice<UInt8>) {
        let content = line.trimmedBlanks
        if block == nil, takeComment(line) { return }
        if let block {
            if content.hasPrefix("#+end_"), content.dropFirst(6).asText.lowercased() == block.name {
                text.end()
                self.block = nil
            } else if block.isShown {
                text.appendVerbatim(line)
            }
            return
        }
        if isDrawer {
            // No heading stands in one: it was never closed.
            guard Self.isHeading(line) else {
                isDrawer = !(content.count == 5 && content.hasPrefix(":END:"))
                return
            }
            isDrawer = false
        }
        if content.isEmpty {
            text.end()
        } else if content.hasPrefix("#+") {
            takeKeyword(content.dropFirst(2))
        } else if content.first == 0x23, content.dropFirst().first.map({ $0 <= 0x20 }) ?? true {
            return
        } else if line.first == 0x2A, let level = line.firstIndex(where: { $0 != 0x2A }), line[level] == 0x20 {
            takeHeading(line[level...].trimmedBlanks)
        } else if content.first == 0x3A, content.last == 0x3A, Self.isDrawer(content) {
            isDrawer = Self.hiddenDrawers.contains(content.dropFirst().dropLast().asText.uppercased())
            text.end()
        } else if content.hasPrefix("SCHEDULED:") || content.hasPrefix("DEADLINE:") || content.hasPrefix("CLOSED:")
            || content.hasPrefix("CLOCK:") || Self.isRule(content)
        {
            return
        } else if content.first == 0x7C {
            takeRow(content)
        } else if content.first == 0x3A, content.dropFirst().first == 0x20 {
            text.appendVerbatim(content.dropFirst(2))
        } else if let item = Self.item(content) {
            text.end(isParted: false)
            text.append(item)
        } else {
            text.append(content)
        }
    }

    /// Passes over `* COMMENT Title` and all below it.
    private mutating func takeComment(_ line: ArraySlice<UInt8>) -> Bool {
        let stars = line.prefix { $0 == 0x2A }.count
        if stars > 0, line.dropFirst(stars).first == 0x20 {
            if let level = comment, stars > level { return true }
            let words = line.dropFirst(stars).asText.split(separator: " ").prefix(2)
            let isComment =
                words.first == "COMMENT" || words.last == "COMMENT" && Self.states.contains(String(words[0]))
            comment = isComment ? stars : nil
        }
        return comment != nil
    }

    /// Words before a heading that say how far its task is.
    private static let states = ["TODO", "DONE", "NEXT", "WAITING", "CANCELLED"]

    private mutating func takeKeyword(_ line: ArraySlice<UInt8>) {
        if line.hasPrefix("begin_") {
            let name = line.dropFirst(6).prefix { $0 > 0x20 }.asText.lowercased()
            text.end()
            if !Self.textBlocks.contains(name) { block = (name, name != "comment" && name != "export") }
            return
        }
        if line.hasPrefix("end_") { return text.end() }
        guard let colon = line.firstIndex(of: 0x3A) else { return }
        let name = line[..<colon].asText.lowercased()
        let value = line[line.index(after: colon)...].trimmedBlanks.asText
        if value.isEmpty { return }
        switch name {
        case "title":
            let shown = text.plain(value.utf8).asText
            title = title.map { $0 + " " + shown } ?? shown
        case "filetags": tags += value.split(separator: ":").map { String($0).trimmed }.filter { !$0.isEmpty }
        case "keywords": tags += value.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }
        case "caption":
            text.end()
            text.append(value.utf8)
            text.end()
        default:
            if Self.keywords.contains(name) { fields.append((name, name == "date" ? Self.date(value) : value)) }
        }
    }

    /// `2021-03-04 10:00` of a time stamp: `<2021-03-04 Thu 10:00-12:00 +1w>`, `[2021-03-04 Thu]--[2021-03-05 Fri]`. The name of
    /// the weekday is in the writer's language.
    private static func date(_ value: String) -> String {
        let stamp = value.drop { "<[".contains($0) }.prefix { !">]".contains($0) }
        let words = stamp.split(separator: " ")
        guard let day = words.first, day.utf8.count == 10, day.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false
        else { return value }
        let hour = words.dropFirst().first { $0.contains(":") && $0.first?.isNumber ?? false }
        return day + (hour.map { " " + $0.prefix { $0 != "-" } } ?? "")
    }

    private mutating func takeHeading(_ line: ArraySlice<UInt8>) {
        var words = line.asText.split(separator: " ")
        if let last = words.last, last.count > 2, last.hasPrefix(":"), last.hasSuffix(":") {
            tags += last.split(separator: ":").map(String.init).filter { !tags.contains($0) }
            words.removeLast()
        }
        if let first = words.first, Self.states.contains(String(first)) { words.removeFirst() }
        // A priority: [#A].
        if let first = words.first, first.hasPrefix("[#"), first.hasSuffix("]"), first.count <= 5 {
            words.removeFirst()
        }
        let shown = words.joined(separator: " ")
        text.end()
        text.append(shown.utf8)
        text.end()
        if heading == nil, !shown.isEmpty { heading = text.plain(shown.utf8).asText }
    }

    private mutating func takeRow(_ row: ArraySlice<UInt8>) {
        if row.dropFirst().first == 0x2D { return }
        let cells = row.split(separator: 0x7C).map { $0.trimmedBlanks.asText }.filter { !$0.isEmpty }
        text.end(isParted: false)
        text.append(cells.joined(separator: " ").utf8)
        text.end(isParted: false)
    }

    /// A line across the page, or one that begins or ends what is LaTeX.
    private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        if line.count >= 5, line.allSatisfy({ $0 == 0x2D }) { return true }
        guard line.hasPrefix("\\begin{") || line.hasPrefix("\\end{") else { return false }
        return line.firstIndex(of: 0x7D) == line.endIndex - 1
    }

    /// Drawers that say something about the heading. Others hold what their author wrote.
    private static let hiddenDrawers: Set = ["PROPERTIES", "LOGBOOK", "CLOCK"]

    private static func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == 0x2A && line.first { $0 != 0x2A } == 0x20
    }

    private static func isDrawer(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.dropFirst().dropLast()
        return !name.isEmpty && name.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x5F || $0 == 0x2D }
    }

    /// The text of an item of a list.
    private static func item(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let blank = line.firstIndex(of: 0x20) else { return nil }
        let mark = line[..<blank]
        let isBullet = mark.count == 1 && (mark.first == 0x2D || mark.first == 0x2B)
        let isNumber =
            mark.count > 1 && (mark.last == 0x2E || mark.last == 0x29)
            && mark.dropLast().allSatisfy { (0x30...0x39).contains($0) }
        guard isBullet || isNumber else { return nil }
        var rest = line[blank...].trimmedBlanks
        // The number with which a list goes on: 1. [@3] third.
        if rest.hasPrefix("[@"), let end = rest.prefix(8).firstIndex(of: 0x5D) {
            rest = rest[(end + 1)...].trimmedBlanks
        }
        if rest.count > 3, rest.first == 0x5B, rest.dropFirst().first.map(" xX-".utf8.contains) == true,
            rest.dropFirst(2).first == 0x5D, rest.dropFirst(3).first == 0x20
        {
            rest = rest.dropFirst(4)
        }
        return rest
    }

    /// Takes links, notes' marks and emphasis out of a paragraph.
    private static func inline(_ text: [UInt8], _ links: inout TextLinks) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 0x5B, index + 1 < text.count {
                if text[index + 1] == 0x5B, let end = closing(text, from: index + 2) {
                    let inner = text[index + 2..<end]
                    note(link: inner, in: &links)
                    if let bar = inner.indices.first(where: {
                        inner[$0] == 0x5D && $0 + 1 < end && inner[$0 + 1] == 0x5B
                    }) {
                        output += inner[(bar + 2)...]
                    } else {
                        output += inner.hasPrefix("file:") ? inner.dropFirst(5) : inner
                    }
                    index = end + 2
                    continue
                }
                if text[index...].hasPrefix("[cite"), [0x3A, 0x2F].contains(text[index...].dropFirst(5).first),
                    let end = text[index...].prefix(500).firstIndex(of: 0x5D)
                {
                    if output.last == 0x20 { output.removeLast() }
                    index = end + 1
                    continue
                }
                if text[index...].hasPrefix("[fn:"), let end = text[index...].prefix(80).firstIndex(of: 0x5D) {
                    // An inline note's text stays: [fn:: text], [fn:name: text].
                    let inner = text[(index + 4)..<end]
                    if let colon = inner.firstIndex(of: 0x3A) { output += inner[(colon + 1)...] }
                    index = end + 1
                    continue
                }
            }
            // Places to link to, <<here>>, go; of those that all their words link to, <<<here>>>, the words stay.
            if text[index] == 0x3C, text[index...].hasPrefix("<<"),
                let end = Self.end(of: ">>", in: text, from: index + 2)
            {
                if text[index...].hasPrefix("<<<") { output += text[(index + 3)..<end] }
                index = end + 2
                while index < text.count, text[index] == 0x3E { index += 1 }
                continue
            }
            // What is for one way to print alone: @@html:<b>@@.
            if text[index] == 0x40, text[index...].hasPrefix("@@"),
                let end = Self.end(of: "@@", in: text, from: index + 2),
                let colon = text[(index + 2)..<end].firstIndex(of: 0x3A),
                text[(index + 2)..<colon].allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) }
                )
            {
                index = end + 2
                continue
            }
            if text[index] == 0x7B, text[index...].hasPrefix("{{{"),
                let end = Self.end(of: "}}}", in: text, from: index + 3)
            {
                index = end + 3
                continue
            }
            // H_{2}O, x^{2}: what is lowered or raised is a part of its word.
            if text[index] == 0x5F || text[index] == 0x5E, index > 0, text[index - 1] > 0x20, index + 1 < text.count,
                text[index + 1] == 0x7B, let end = text[index...].prefix(40).firstIndex(of: 0x7D)
            {
                output += text[(index + 2)..<end]
                index = end + 1
                continue
            }
            // How much of a list is done: [2/3], [66%].
            if text[index] == 0x5B, let end = Self.endOfCount(text, from: index) {
                if output.last == 0x20 { output.removeLast() }
                index = end
                continue
            }
            // A line that is broken here.
            if text[index] == 0x5C, text[index...].hasPrefix("\\\\"),
                index + 2 == text.count || text[index + 2] == 0x0A
            {
                index += 2
                continue
            }
            // H_2O, CO_2: what is lowered behind a capital is a part of its word.
            if text[index] == 0x5F, index > 0, (0x41...0x5A).contains(text[index - 1]), index + 1 < text.count,
                (0x30...0x39).contains(text[index + 1])
            {
                index += 1
                continue
            }
            output.append(text[index])
            index += 1
        }
        return LightMarkup.withoutPairs(of: Array("*/_=~+".utf8), in: output)
    }

    /// Notes where `target` of `target][label` leads: an address or a file. Anything else is a place in the text.
    private static func note(link: ArraySlice<UInt8>, in links: inout TextLinks) {
        var target = link.prefix { $0 != 0x5D }.asText
        if target.hasPrefix("file:") {
            // The place in it: file:notes.org::*Heading.
            target = String(
                target.dropFirst(5).prefix(
                    upTo: target.dropFirst(5).firstRange(of: "::")?.lowerBound ?? target.endIndex))
        } else if !TextLinks.hasScheme(target), !["/", "./", "../", "~"].contains(where: target.hasPrefix) {
            return
        }
        links.add(target)
    }

    /// Where a count ends that begins with a bracket: [2/3], [66%], [/].
    private static func endOfCount(_ text: [UInt8], from start: Int) -> Int? {
        guard let end = text[start...].prefix(12).firstIndex(of: 0x5D), end > start + 1 else { return nil }
        let inner = text[(start + 1)..<end]
        let isCount = inner.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2F || $0 == 0x25 }
        return isCount && (inner.last == 0x25 || inner.contains(0x2F)) ? end + 1 : nil
    }

    /// Where a mark ends what is shorter than a line.
    private static func end(of mark: String, in text: [UInt8], from start: Int) -> Int? {
        let tail = text[start...].prefix(200)
        return tail.indices.first { text[$0...].starts(with: mark.utf8) }
            .flatMap { text[start..<$0].contains(0x0A) ? nil : $0 }
    }

    /// Where `]]` ends a link, which is on few lines; nil when it does not.
    private static func closing(_ text: [UInt8], from start: Int) -> Int? {
        let end = min(text.count, start + 4096)
        var index = start
        while index + 1 < end {
            if text[index] == 0x5D, text[index + 1] == 0x5D { return index }
            // Another link begins, so this is none.
            if text[index] == 0x5B, text[index + 1] == 0x5B { return nil }
            index += 1
        }
        return nil
    }
}
