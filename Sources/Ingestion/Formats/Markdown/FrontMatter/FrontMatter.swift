/// What a text says about itself before it begins, and where it begins.
///
/// | first line | is | up to |
/// |---|---|---|
/// | `---` | YAML, if it is a mapping of names to values | `---` or `...` |
/// | `+++` | TOML | `+++` |
/// | `{` | a JSON object | its `}` at the end of a line |
/// | `Title: …` | MultiMarkdown's or Pelican's header, if its names are usual ones | the first blank line |
/// | `title: …` | Hexo's YAML without its first fence, if its names are usual ones | `---` |
/// | `title:: …` | Logseq's properties, or Dataview's | the first line without `::` |
/// | `% Title` | pandoc's title block: title, authors, date | the first line without `%` |
///
/// Whatever looks so and is not stays in the text: a rule and a paragraph, for instance. Only front matter that has a name
/// and a colon, and yet cannot be read, is left out, with a remark.
struct FrontMatter {
    /// Its fields, in their order.
    var fields: [FieldValue.Member] = []
    /// The byte of the text at which it is over; 0 without any.
    var end = 0
    /// What is wrong with it, and on which line of the text.
    var problem: (line: Int, reason: String)?

    /// More than this is no front matter but a text: YAML takes a microsecond a byte at worst.
    static let longest = 1 << 16
    /// Values that there may be. Aliases of YAML can stand for ever more of them, so there is an end.
    static let mostValues = 10_000

    /// Reads the beginning of a text. One without any costs a look at its first line.
    init(_ text: String) {
        var text = text
        self = text.withUTF8 { bytes in
            // A byte order mark, which an editor may have left behind another.
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            switch start < bytes.count ? bytes[start] : 0 {
            case UInt8(ascii: "-"): return FrontMatter(yaml: bytes, from: start) ?? FrontMatter()
            case UInt8(ascii: "+"): return FrontMatter(toml: bytes, from: start) ?? FrontMatter()
            case UInt8(ascii: "{"): return FrontMatter(json: bytes, from: start) ?? FrontMatter()
            case UInt8(ascii: "%"): return FrontMatter(titleBlock: bytes, from: start) ?? FrontMatter()
            default:
                return FrontMatter(properties: bytes, from: start) ?? FrontMatter(header: bytes, from: start)
                    ?? FrontMatter()
            }
        }
        takeTaxonomies()
        for index in fields.indices {
            fields[index].value = FrontMatterTags.value(of: fields[index].value.withoutLinks, named: fields[index].name)
        }
        FrontMatterTags.join(&fields)
    }

    init() {}

    /// Takes tags and the like out of the table that Zola has around them: `[taxonomies]`.
    private mutating func takeTaxonomies() {
        guard let place = fields.firstIndex(where: { $0.name == "taxonomies" }),
            case .object(let members) = fields[place].value
        else { return }
        fields.remove(at: place)
        fields += members.filter { member in !fields.contains { $0.name == member.name } }
    }

    /// The lines between a fence on the first line and the next one of the kind: their bytes, and the byte behind it.
    static func fenced(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, open: StaticString, close: [StaticString]
    ) -> (matter: Range<Int>, end: Int)? {
        var lines = TextLines(bytes, from: start)
        guard let first = lines.next(), lines.isLine(first, open) else { return nil }
        let matterStart = lines.place
        while lines.place - matterStart <= longest, let line = lines.next() {
            if close.contains(where: { lines.isLine(line, $0) }) {
                return (matterStart..<line.lowerBound, lines.place)
            }
        }
        return nil
    }
}

extension FieldValue {
    /// The value with the names of pages in the place of wiki links: `[[2021-03-04]]`, which YAML takes for a list in a list, and
    /// `"[[Ann Bee|Ann]]"`.
    fileprivate var withoutLinks: FieldValue {
        switch self {
        case .text(let text):
            guard text.hasPrefix("[["), text.hasSuffix("]]"), !text.dropFirst(2).dropLast(2).contains("[") else {
                return self
            }
            return .text(text.dropFirst(2).dropLast(2).split(separator: "|").last.map(String.init) ?? "")
        case .list(let values):
            if values.count == 1, case .list(let inner) = values[0], inner.count == 1, case .text = inner[0] {
                return inner[0]
            }
            return .list(values.map(\.withoutLinks))
        case .object: return self
        }
    }
}

/// The lines of a text, one after the other, without their ends.
struct TextLines {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next line begins.
    private(set) var place: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        self.bytes = bytes
        place = start
    }

    mutating func next() -> Range<Int>? {
        guard place < bytes.count else { return nil }
        let start = place
        let end = UnsafeRawBufferPointer(bytes).firstLineFeed(from: start) ?? bytes.count
        place = min(end + 1, bytes.count)
        return start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
    }

    /// Whether a line is this text and blanks behind it.
    func isLine(_ line: Range<Int>, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            line.count >= text.count && bytes[line.prefix(text.count)].elementsEqual(text)
                && bytes[line.dropFirst(text.count)].allSatisfy { $0 <= 0x20 }
        }
    }

    func text(_ line: Range<Int>) -> String { String(decoding: bytes[line], as: UTF8.self) }
}
