/// A Markdown file: its front matter, when it begins with some, and the text.
struct MarkdownFile {
    /// The front matter's fields. Tags are a list, and those in the text are among them.
    let fields: [FieldValue.Member]
    /// The text as it is written.
    let body: String
    /// The text.
    let text: MarkdownText
    /// What is wrong with the front matter, and where in the file. The text is read all the same.
    let problem: (line: Int, reason: String)?

    init(_ file: String) {
        let matter = FrontMatter(file)
        body = matter.end == 0 ? file : String(Substring(file.utf8.dropFirst(matter.end)))
        text = MarkdownText(body)
        problem = matter.problem
        fields = Self.adding(text.tags, to: matter.fields)
    }

    /// Names that tags go by, the first that is there.
    private static let tagNames = ["tags", "tag", "keywords", "categories"]

    /// Fields with the tags of the text among the tags. A nested one is found by those above it, too: `project/alpha` by
    /// `project`.
    private static func adding(_ tags: [String], to fields: [FieldValue.Member]) -> [FieldValue.Member] {
        func place(of name: String) -> Int? {
            fields.firstIndex { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }
        }
        let place = tagNames.lazy.compactMap(place).first
        var given: [String] = []
        if let place {
            switch fields[place].value {
            case .text(let text): given = text.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }
            case .list(let values):
                given = FieldValue.list(values).texts
                // What holds more than texts is left to the mapping.
                for case .object in values { return fields }
            case .object: return fields
            }
        }
        let all = given + tags
        guard !tags.isEmpty || all.contains(where: { $0.utf8.contains(UInt8(ascii: "/")) }) else { return fields }
        var known: Set<String> = []
        var values: [FieldValue] = []
        for tag in all {
            if known.insert(tag).inserted { values.append(.text(tag)) }
            var above = tag[...]
            while let slash = above.lastIndex(of: "/") {
                above = above[..<slash]
                if !above.isEmpty, known.insert(String(above)).inserted { values.append(.text(String(above))) }
            }
        }
        var fields = fields
        if let place {
            fields[place].value = .list(values)
        } else {
            fields.append(FieldValue.Member(name: "tags", value: .list(values)))
        }
        return fields
    }
}
