/// The lines between two fences, taken apart into a name with its value each, without asking whether they are YAML.
struct FrontMatterEntries {
    /// Each a name with its value, on a line and those behind it that are indented or items of a list.
    private(set) var all: [(line: Int, text: String)] = []
    /// Lines that belong to no name.
    private var others = 0
    /// Whether the first line is blank, as behind a rule.
    private var beginsBlank = false
    private var names: [Substring] = []

    init(_ matter: String) {
        for (index, line) in matter.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = Substring(line)
            let content = Substring(line.utf8.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
            if content.isEmpty {
                if index == 0 { beginsBlank = true }
                if !all.isEmpty { all[all.count - 1].text += "\n" }
            } else if line.startIndex == content.startIndex, let name = Self.name(line) {
                names.append(name)
                all.append((index + 1, Self.withoutTabs(line)))
            } else if content.utf8.first == UInt8(ascii: "#"), line.startIndex == content.startIndex {
                continue
            } else if !all.isEmpty,
                line.startIndex != content.startIndex || content.utf8.starts(with: "- ".utf8) || content == "-"
            {
                all[all.count - 1].text += "\n" + Self.withoutTabs(line)
            } else {
                others += 1
            }
        }
    }

    private var hasUsualName: Bool { names.contains { FrontMatter.usualNames.contains($0.lowercased()) } }

    /// Whether this is a text between two rules, whatever YAML makes of it: it stands apart from the first, or begins with two
    /// words and a colon as a sentence may, and no name in it is one that front matter has.
    var areProse: Bool {
        guard let first = names.first, !hasUsualName else { return false }
        return beginsBlank || names.count == 1 && first.contains(" ")
    }

    /// Whether there are lines that belong to no name, and no name that front matter has: then it is a text if it is no YAML.
    var haveOthers: Bool { others > 0 && !hasUsualName }

    /// The name with which a line begins: `title` of `title: A law`, `"a b"` of `"a b": 1`.
    private static func name(_ line: Substring) -> Substring? {
        let bytes = line.utf8
        guard let first = bytes.first, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            !"-[{&*!|>%@`#?".utf8.contains(first)
        else { return nil }
        let next = bytes.index(after: colon)
        guard next == line.endIndex || [0x20, 0x09, 0x0D].contains(bytes[next]) else { return nil }
        return line[..<colon]
    }

    /// A line with blanks for the tabs before its value or item, which YAML does not have there.
    private static func withoutTabs(_ line: Substring) -> String {
        guard line.utf8.contains(0x09) else { return String(line) }
        let indentation = line.prefix { $0 == " " || $0 == "\t" }
        return indentation.map { $0 == "\t" ? "  " : String($0) }.joined()
            + line[indentation.endIndex...].replacing("\t", with: " ")
    }
}
