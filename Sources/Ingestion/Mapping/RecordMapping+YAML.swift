import Yams

extension RecordMapping {
    /// The keys of a profile's `reading`.
    static let keys = ["format", "extensions", "delimiter", "encoding", "records", "query", "documents"]

    /// Decodes a profile's `reading` node. `origin` names the file in errors. A node without fields has the usual ones.
    package init(yaml node: Node, origin: String) throws(ProfileError) {
        let reading = ProfileNode(node: node, origin: origin)
        var inline: [(name: String, value: ProfileNode)] = []
        for (key, value) in try reading.members(known: Self.keys + DocumentRule.keys, in: "reading") {
            switch key {
            case "format":
                format = try value.choice(of: DocumentFormat.self, in: key)
            case "extensions":
                for (name, format) in try value.members(known: [], in: key) {
                    let suffix = name.hasPrefix(".") ? String(name.dropFirst()) : name
                    let place = "extension \(name)"
                    extensions[suffix.lowercased()] =
                        format.node.mapping == nil
                        ? try format.choice(of: DocumentFormat.self, in: place)
                        : DocumentFormat(try CommandFormat(format, in: place))
                }
            case "delimiter":
                let text = try value.text(in: key)
                guard let byte = text.utf8.first, text.utf8.count == 1, !text.contains("\""), byte != 10, byte != 13
                else { throw value.error("delimiter must be one ASCII character, such as ; or \"\\t\"") }
                delimiter = byte
            case "encoding":
                let name = try value.text(in: key)
                guard CharacterSet.isKnown(name) else {
                    throw value.error(
                        "there is no character set \(name); it can be shift_jis, gb18030, koi8-r, windows-1251 …")
                }
                encoding = name
            case "query": query = try value.text(in: key)
            case "records":
                for element in value.elements {
                    records.append(try element.parsed(in: key) { try FieldPath(parsing: $0) })
                }
            case "documents":
                for element in value.elements {
                    documents.append(
                        try DocumentRule(
                            members: try element.members(known: DocumentRule.keys, in: "a document"), origin: element))
                }
            default:
                inline.append((key, value))
            }
        }
        if !inline.isEmpty {
            guard documents.isEmpty else {
                throw inline[0].value.error(
                    "\"\(inline[0].name)\" belongs into an element of documents, since there are some")
            }
            documents = [try DocumentRule(members: inline, origin: reading)]
        }
        if documents.isEmpty { documents = Self.usual.documents }
    }

    /// Decodes a `reading` node written as YAML text.
    public init(yaml: String, origin: String) throws(ProfileError) {
        let node: Node
        do {
            node = try Yams.compose(yaml: yaml, .basic, .default, .utf8) ?? Node([(Node, Node)]())
        } catch {
            throw ProfileError(path: origin, line: error.line, message: error.summary)
        }
        try self.init(yaml: node, origin: origin)
    }

    /// What is read without a profile: the usual names. Equals `Config/profiles/default.yaml`.
    public static let usual = RecordMapping(usualNames: ())

    private init(usualNames: Void) {
        var rule = DocumentRule(
            id: ["id", "_id"], title: ["title", "$title"], body: ["$text", "text", "body", "content", "abstract"],
            author: ["author", "authors", "author.name", "authors[].name", "author[].name"],
            date: ["date", "published", "date_published", "date.$date", "date.$date.$numberLong", "year"],
            url: ["url", "link"], tags: ["tags", "tag", "keywords"])
        rule.abstract = ["abstract"]
        documents = [rule]
    }
}
