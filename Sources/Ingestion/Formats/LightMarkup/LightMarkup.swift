/// What the readers of light mark-up (Org, reStructuredText, AsciiDoc) have in common: a text's lines go in, its paragraphs come
/// out.
struct LightMarkup {
    /// The text so far: lines, with one empty line between paragraphs.
    private var output: [UInt8] = []
    /// Lines of the paragraph that is not finished.
    private var paragraph: [UInt8] = []
    private var isParted = true
    /// Where the text leads.
    var links = TextLinks()
    /// Takes the marks out of a paragraph, and notes where its links lead.
    private let inline: ([UInt8], inout TextLinks) -> [UInt8]

    init(inline: @escaping ([UInt8], inout TextLinks) -> [UInt8]) { self.inline = inline }

    /// A line without its marks.
    mutating func plain(_ line: some Sequence<UInt8>) -> [UInt8] { inline(Array(line), &links) }

    /// Appends a line to the paragraph.
    mutating func append(_ line: some Sequence<UInt8>) {
        if !paragraph.isEmpty { paragraph.append(0x0A) }
        paragraph += line
    }

    /// Ends the paragraph, if there is one; the next has a line of its own, or also an empty one before it.
    mutating func end(isParted parts: Bool = true) {
        if !paragraph.isEmpty {
            let text = plain(paragraph).trimmedBlanks
            paragraph.removeAll(keepingCapacity: true)
            links.add(addressesIn: text)
            write(text)
        }
        isParted = isParted || parts
    }

    /// Appends a line as it stands, of code or the like.
    mutating func appendVerbatim(_ line: some Sequence<UInt8>) {
        end(isParted: false)
        write(Array(line))
    }

    private mutating func write(_ text: some Collection<UInt8>) {
        if text.isEmpty { return }
        if !output.isEmpty { output += isParted ? [0x0A, 0x0A] : [0x0A] }
        output += text
        isParted = false
    }

    /// All of it.
    mutating func finish() -> String {
        end()
        return String(decoding: output, as: UTF8.self)
    }

    /// Takes marks in pairs away: `*bold*`, ``` ``code`` ```.
    ///
    /// A mark opens where no word ends before it and no blank follows, and closes where no blank comes before it and no word
    /// begins behind; so `2*3*4` and `snake_case_name` stay. Linear in the text.
    static func withoutPairs(of marks: [UInt8], in text: [UInt8]) -> [UInt8] {
        var opened: [UInt8: Range<Int>] = [:]
        var removed: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard marks.contains(text[index]) else {
                index += 1
                continue
            }
            let mark = text[index]
            var end = index + 1
            while end < text.count, text[end] == mark { end += 1 }
            let run = index..<end
            let before = index == 0 ? 0x20 : text[index - 1]
            let after = end == text.count ? 0x20 : text[end]
            index = end
            if run.count > 2 { continue }
            if before > 0x20, !isWord(after), let open = opened[mark], open.count == run.count,
                open.upperBound < run.lowerBound
            {
                removed += [open, run]
                opened[mark] = nil
            } else if after > 0x20, !isWord(before) {
                opened[mark] = run
            }
        }
        return without(removed, in: text)
    }

    /// A text without some of its places.
    static func without(_ ranges: [Range<Int>], in text: [UInt8]) -> [UInt8] {
        if ranges.isEmpty { return text }
        var rest: [UInt8] = []
        rest.reserveCapacity(text.count)
        var place = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= place {
            rest += text[place..<range.lowerBound]
            place = range.upperBound
        }
        return rest + text[place...]
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8>, Self: BidirectionalCollection {
    /// Without blanks and line ends at both ends.
    var trimmedBlanks: SubSequence {
        guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 }) else {
            return self[endIndex..<endIndex]
        }
        return self[first...last]
    }
}

extension Collection<UInt8> {
    /// Whether there is nothing but blanks.
    var isBlankLine: Bool { allSatisfy { $0 <= 0x20 } }

    /// The bytes as text.
    var asText: String { String(decoding: self, as: UTF8.self) }

    /// Whether it begins with a text, ASCII letters in any case.
    func hasPrefix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            var index = startIndex
            for byte in text {
                guard index < endIndex else { return false }
                let own = self[index]
                guard own == byte || (0x41...0x5A).contains(byte & 0xDF) && own & 0xDF == byte & 0xDF else {
                    return false
                }
                index = self.index(after: index)
            }
            return true
        }
    }
}

extension String {
    /// Calls `body` with each line of the text as bytes, without its end.
    func forEachLine(_ body: (ArraySlice<UInt8>) -> Void) {
        let bytes = Array(utf8)
        var start = 0
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            body(bytes[start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)])
            start = end + 1
        }
    }
}

extension Page {
    /// A page of mark-up: what it says about itself, and its text. A field that comes twice has both values.
    init(fields: [(name: String, value: String)], title: String?, plain: String, source: String) {
        // Linear, however many there are and however often one comes.
        var places: [String: Int] = [:]
        var values: [[FieldValue]] = []
        var names: [String] = []
        for (name, value) in fields {
            if let known = places[name] {
                values[known].append(.text(value))
            } else {
                places[name] = names.count
                names.append(name)
                values.append([.text(value)])
            }
        }
        let members = zip(names, values).map { name, values in
            FieldValue.Member(name: name, value: values.count == 1 ? values[0] : .list(values))
        }
        self.init(fields: members, title: title, text: MarkedText(plain: plain, source: source))
    }
}
