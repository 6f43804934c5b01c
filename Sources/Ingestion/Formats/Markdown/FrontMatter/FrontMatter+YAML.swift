import Yams

extension FrontMatter {
    /// Reads a mapping between `---` and `---`; nil when there is none.
    init?(yaml bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard let (range, end) = Self.fenced(bytes, from: start, open: "---", close: ["---", "..."]) else { return nil }
        self.init(yaml: String(decoding: bytes[range], as: UTF8.self), end: end)
    }

    /// Reads a mapping that is over at a byte of the text; nil when it is none.
    init?(yaml matter: String, end: Int) {
        if matter.isBlank {
            self.end = end
            return
        }
        let plain = PlainYAML.members(of: matter)
        // A name that front matter has tells it from a text between two rules.
        let hasUsualName = plain?.contains { Self.usualNames.contains($0.name.lowercased()) } ?? false
        lazy var entries = FrontMatterEntries(matter)
        if !hasUsualName, entries.areProse { return nil }
        if let plain {
            fields = plain
            self.end = end
            return
        }
        do {
            guard let members = try Self.members(of: FrontMatterTags.readable(matter)) else { return nil }
            fields = members
        } catch {
            guard Self.namesValue(matter), !entries.haveOthers else { return nil }
            takeEntries(of: entries, because: error)
        }
        self.end = end
    }

    /// Reads what can be read of a mapping that is no YAML as a whole.
    private mutating func takeEntries(of entries: FrontMatterEntries, because error: any Error) {
        var budget = Self.mostValues
        var damaged: (line: Int, reason: String)?
        for entry in entries.all {
            do {
                guard let node = try Self.composed(FrontMatterTags.readable(entry.text)), node.mapping != nil,
                    case .object(let members) = try Self.value(of: node, budget: &budget)
                else { throw error }
                for member in members where !add(member) {
                    damaged = damaged ?? (entry.line, "\(member.name) is there twice")
                }
            } catch {
                damaged = damaged ?? (entry.line + (error.line ?? 1) - 1, error.summary)
            }
            // Nobody reads more than so many values, however they are written.
            if budget < 0 { break }
        }
        // The fence is the file's first line.
        if fields.isEmpty || budget < 0 {
            fields = []
            problem = (
                (error.line ?? 1) + 1, "the front matter was left out, since it is not YAML: \(error.summary)"
            )
        } else if let damaged {
            problem = (damaged.line + 1, "the front matter was read in part, since it is not YAML: \(damaged.reason)")
        }
    }

    /// Adds a field. One that is there already gets the elements of another list; else the first counts, and the answer is
    /// false.
    private mutating func add(_ member: FieldValue.Member) -> Bool {
        guard let known = fields.firstIndex(where: { $0.name == member.name }) else {
            fields.append(member)
            return true
        }
        guard case .list(let first) = fields[known].value, case .list(let second) = member.value else {
            return fields[known].value == member.value
        }
        fields[known].value = .list(first + second.filter { !first.contains($0) })
        return true
    }

    /// The values of a mapping, as Yams reads it; nil when it is none.
    static func members(of yaml: String) throws -> [FieldValue.Member]? {
        guard let node = try composed(yaml), node.mapping != nil else { return nil }
        var budget = mostValues
        guard case .object(let members) = try value(of: node, budget: &budget) else { return nil }
        return members
    }

    /// The YAML as it is, or, where it is none, with quotes around values that lack them.
    private static func composed(_ matter: String) throws -> Node? {
        do { return try node(matter) } catch {
            let quoted = quotingValues(of: matter)
            guard quoted != matter, let node = try? node(quoted), node.mapping != nil else { throw error }
            return node
        }
    }

    /// Values stay as they are written, so nobody has to find out whether they are numbers or dates. Where no encoding is named, Yams
    /// reads the process's environment for each text, which takes longer than the text.
    private static func node(_ yaml: String) throws -> Node? { try Yams.compose(yaml: yaml, .basic, .default, .utf8) }

    /// Puts quotes around values on their name's line which YAML would not take as text, as people write them:
    /// `title: Goodhart: a law`, `title: "Yes" and no`, `title: [Draft] Plan`, `author: @ann`.
    private static func quotingValues(of matter: String) -> String {
        matter.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
            else { return String(line) }
            let value = String(line[line.index(after: colon)...]).trimmed
            guard needsQuotes(value) else { return String(line) }
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\(line[..<colon]): \"\(escaped)\""
        }.joined(separator: "\n")
    }

    private static func needsQuotes(_ value: String) -> Bool {
        guard let first = value.first, let last = value.last else { return false }
        switch first {
        case "\"", "'": return value.count == 1 || last != first
        case "[": return last != "]" && value.contains("]")
        case "{": return last != "}" && value.contains("}")
        case "@", "`", "%", "*": return true
        case "|", ">": return false
        default: return value.contains(": ") || last == ":"
        }
    }

    /// Whether the first line that is no comment begins with a name and a colon.
    private static func namesValue(_ matter: String) -> Bool {
        for line in matter.utf8.split(separator: 0x0A) {
            guard let first = line.first(where: { $0 > 0x20 }), first != UInt8(ascii: "#") else { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return false }
            return line[..<colon].allSatisfy { $0 > 0x20 }
        }
        return false
    }

    private static func value(of node: Node, budget: inout Int) throws -> FieldValue {
        budget -= 1
        if budget < 0 { throw ReadingError("it has more than \(mostValues) values") }
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
