extension DocumentRule {
    /// The keys of a document rule.
    static let keys = ["kind", "needs", "id", "title", "body", "abstract", "author", "date", "url", "tags", "metadata"]

    /// Decodes a rule from its members. Fields that are not named have their usual names.
    init(members: [(name: String, value: ProfileNode)], origin: ProfileNode) throws(ProfileError) {
        if let usual = RecordMapping.usual.documents.first { self = usual }
        guard !members.isEmpty else { throw origin.error("a document needs at least a body or a title") }
        // Who says what the body is has said what is text.
        if members.contains(where: { $0.name == "body" }) { abstract = [] }
        for (key, value) in members {
            switch key {
            case "kind": kind = try value.text(in: key)
            case "needs": needs = try value.choice(of: Need.self, in: key)
            case "id": id = try FieldRule(value, in: key)
            case "title": title = try FieldRule(value, in: key)
            case "body": body = try FieldRule(value, in: key)
            case "abstract": abstract = try FieldRule(value, in: key)
            case "author": author = try FieldRule(value, in: key)
            case "date": date = try FieldRule(value, in: key)
            case "url": url = try FieldRule(value, in: key)
            case "tags": tags = try FieldRule(value, in: key)
            default: metadata = try Metadata(value)
            }
        }
    }
}

extension DocumentRule.Metadata {
    /// `others`, `none`, or a mapping of names to fields.
    fileprivate init(_ value: ProfileNode) throws(ProfileError) {
        if value.node.scalar != nil {
            switch try value.text(in: "metadata") {
            case "others": self = .others
            case "none": self = .none
            case let text:
                throw value.error("metadata is \"\(text)\"; it can be others, none or a mapping of names to fields")
            }
            return
        }
        var named: [DocumentRule.NamedRule] = []
        for (name, field) in try value.members(known: [], in: "metadata") {
            named.append(DocumentRule.NamedRule(name: name, rule: try FieldRule(field, in: "metadata \(name)")))
        }
        self = .fields(named)
    }
}

extension FieldRule {
    /// A path or template, a list of alternatives, or a mapping with options.
    init(_ value: ProfileNode, in place: String) throws(ProfileError) {
        alternatives = []
        for element in value.elements { alternatives += try FieldSource.alternatives(element, in: place) }
    }
}

extension FieldSource {
    /// The keys of a field written as a mapping.
    private static let keys = ["from", "join", "value", "markup", "separator", "split", "names"]

    private enum NameOrder: String, CaseIterable {
        case givenFirst = "given-first"
        case familyFirst = "family-first"
    }

    fileprivate static func alternatives(_ value: ProfileNode, in place: String) throws(ProfileError) -> [FieldSource] {
        if value.node.scalar != nil { return [FieldSource(try origin(value, in: place))] }
        if value.node.sequence != nil { throw value.error("\(place): a list of alternatives holds no further list") }
        var origins: [Origin] = []
        var options = FieldSource(.constant(""))
        for (key, option) in try value.members(known: keys, in: place) {
            switch key {
            case "from":
                for element in option.elements { origins.append(try origin(element, in: "\(place) from")) }
            case "join":
                var parts: [FieldSource] = []
                for element in option.elements { parts += try alternatives(element, in: "\(place) join") }
                origins.append(.joined(parts))
            case "value": origins.append(.constant(try option.text(in: "\(place) value")))
            case "markup": options.markup = try option.choice(of: TextMarkup.self, in: "\(place) markup")
            case "separator": options.separator = try option.text(in: "\(place) separator")
            case "split": options.split = try option.text(in: "\(place) split")
            default:
                options.isFamilyFirst = try option.choice(of: NameOrder.self, in: "\(place) names") == .familyFirst
            }
        }
        guard !origins.isEmpty else { throw value.error("\(place) needs one of from, join and value") }
        return origins.map { origin in
            var source = options
            source.origin = origin
            return source
        }
    }

    private static func origin(_ value: ProfileNode, in place: String) throws(ProfileError) -> Origin {
        try value.parsed(in: place) { text in
            text.contains("{") ? .template(try TextTemplate(parsing: text)) : .path(try FieldPath(parsing: text))
        }
    }
}
