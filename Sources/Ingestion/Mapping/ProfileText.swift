/// A value of a profile on its way to YAML, in flow style: `{ "from": ["title", "name"], "split": ";" }`.
package indirect enum ProfileText {
    case string(String)
    case list([ProfileText])
    case members([(name: String, value: ProfileText)])

    /// The value in one line. Every text is in double quotes, in which YAML and JSON agree.
    package var flow: String {
        switch self {
        case .string(let text): "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\""
        case .list(let values): "[" + values.map(\.flow).joined(separator: ", ") + "]"
        case .members(let members):
            members.isEmpty
                ? "{}"
                : "{ " + members.map { Self.string($0.name).flow + ": " + $0.value.flow }.joined(separator: ", ") + " }"
        }
    }

    /// As it can stand between double quotes: what YAML takes for a line break, or does not take at all, is escaped.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x22, 0x5C: return "\\" + String(scalar)
        case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}

extension RecordMapping {
    /// The mapping as YAML that ``init(yaml:origin:)-(String,_)`` reads again, the same for equal mappings.
    package var yaml: String {
        var members: [(name: String, value: ProfileText)] = []
        if let format { members.append(("format", .string(format.rawValue))) }
        if !extensions.isEmpty {
            let formats = extensions.sorted { $0.key < $1.key }.map { ($0.key, $0.value.profileText) }
            members.append(("extensions", .members(formats)))
        }
        if let delimiter { members.append(("delimiter", .string(String(Unicode.Scalar(delimiter))))) }
        if let encoding { members.append(("encoding", .string(encoding))) }
        if !records.isEmpty { members.append(("records", .list(records.map { .string($0.description) }))) }
        if let query { members.append(("query", .string(query))) }
        members.append(("documents", .list(documents.map(\.profileText))))
        return ProfileText.members(members).flow
    }
}

extension DocumentFormat {
    fileprivate var profileText: ProfileText {
        guard let command = format as? CommandFormat else { return .string(rawValue) }
        return .members([
            ("command", .string(command.command)), ("format", .string(command.output.rawValue)),
            ("seconds", .string(String(command.program.seconds))),
            ("memory", .string(String(command.program.memoryBytes >> 20))),
        ])
    }
}

extension DocumentRule {
    fileprivate var profileText: ProfileText {
        var members: [(name: String, value: ProfileText)] = kind.map { [("kind", .string($0))] } ?? []
        members.append(("needs", .string(needs.rawValue)))
        let fields = [
            ("id", id), ("title", title), ("body", body), ("author", author), ("date", date), ("url", url),
            ("tags", tags),
        ]
        for (name, rule) in fields { members.append((name, rule.profileText)) }
        if !abstract.alternatives.isEmpty { members.append(("abstract", abstract.profileText)) }
        let metadata: ProfileText =
            switch metadata {
            case .others: .string("others")
            case .none: .string("none")
            case .fields(let named): .members(named.map { ($0.name, $0.rule.profileText) })
            }
        members.append(("metadata", metadata))
        return .members(members)
    }
}

extension FieldRule {
    fileprivate var profileText: ProfileText { .list(alternatives.map(\.profileText)) }
}

extension FieldSource {
    fileprivate var profileText: ProfileText {
        var members: [(name: String, value: ProfileText)] = []
        switch origin {
        case .path(let path): members.append(("from", .string(path.description)))
        case .template(let template): members.append(("from", .string(template.description)))
        case .constant(let text): members.append(("value", .string(text)))
        case .joined(let parts): members.append(("join", .list(parts.map(\.profileText))))
        }
        if let markup { members.append(("markup", .string(markup.rawValue))) }
        if let separator { members.append(("separator", .string(separator))) }
        if let split { members.append(("split", .string(split))) }
        if isFamilyFirst { members.append(("names", .string("family-first"))) }
        if members.count == 1, members[0].name == "from" { return members[0].value }
        return .members(members)
    }
}
