import Yams

/// A Markdown file: its YAML front matter, when it begins with some, and the rest.
struct MarkdownFile {
    /// The front matter's fields.
    private(set) var fields: [FieldValue.Member] = []
    /// What follows the front matter.
    let body: String
    /// What is wrong with the front matter, and where in the file. The text is read all the same.
    private(set) var problem: (line: Int, reason: String)?

    /// Values that front matter may have. Aliases can stand for ever more of them, so there is an end.
    private static let maximumValues = 10_000

    init(_ text: String) {
        guard let (matter, body) = Self.split(text) else {
            self.body = text
            return
        }
        self.body = body
        do {
            guard let node = try Yams.compose(yaml: matter) else { return }
            guard node.mapping != nil else {
                problem = (2, "the front matter is not a mapping of names to values, so it was left out")
                return
            }
            var budget = Self.maximumValues
            if case .object(let members) = try Self.value(of: node, budget: &budget) { fields = members }
        } catch {
            // The fence is the file's first line.
            let line = (error.line ?? 1) + 1
            problem = (line, "the front matter was left out, since it is not YAML: \(error.summary)")
        }
    }

    /// The lines between a first line `---` and the next `---` or `...`, and what follows.
    private static func split(_ text: String) -> (matter: String, body: String)? {
        let bytes = text.utf8
        guard text.hasPrefix("---"),
            let firstEnd = bytes.firstIndex(of: 0x0A),
            text[..<firstEnd].trimmingTail == "---"
        else { return nil }
        let start = bytes.index(after: firstEnd)
        var lineStart = start
        while lineStart < bytes.endIndex {
            let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let line = text[lineStart..<lineEnd].trimmingTail
            let next = lineEnd < bytes.endIndex ? bytes.index(after: lineEnd) : lineEnd
            if line == "---" || line == "..." { return (String(text[start..<lineStart]), String(text[next...])) }
            lineStart = next
        }
        return nil
    }

    private static func value(of node: Node, budget: inout Int) throws -> FieldValue {
        budget -= 1
        if budget < 0 { throw ReadingError("it has more than \(maximumValues) values") }
        switch node {
        case .scalar(let scalar):
            return .text(scalar.isPlainNull ? "" : scalar.string)
        case .sequence(let sequence):
            var values: [FieldValue] = []
            for element in sequence { values.append(try value(of: element, budget: &budget)) }
            return .list(values)
        case .mapping(let mapping):
            var members: [FieldValue.Member] = []
            for (key, element) in mapping {
                let name = key.scalar?.string ?? ""
                members.append(FieldValue.Member(name: name, value: try value(of: element, budget: &budget)))
            }
            return .object(members)
        case .alias:
            return .text("")
        }
    }
}

extension Node.Scalar {
    /// Whether the scalar is an unquoted null.
    fileprivate var isPlainNull: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(string) }
}

extension Substring {
    /// The line without blanks and CR at its end.
    fileprivate var trimmingTail: Substring {
        var line = self
        while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
        return line
    }
}
