/// A document's rule made ready for many records.
///
/// A class, so that looking at it for a record counts one reference and not one for each of its parts.
final class PreparedRule: Sendable {
    enum Metadata: Sendable {
        case others
        case none
        case fields([(name: String, field: PreparedField)])
    }

    let kind: String?
    let needs: DocumentRule.Need
    let id, title, body, author, date, url, tags: PreparedField
    let metadata: Metadata

    init(_ rule: DocumentRule, names: FieldNames) {
        kind = rule.kind
        needs = rule.needs
        id = PreparedField(rule.id, names: names)
        title = PreparedField(rule.title, names: names)
        body = PreparedField(rule.body, names: names)
        author = PreparedField(rule.author, names: names)
        date = PreparedField(rule.date, names: names)
        url = PreparedField(rule.url, names: names)
        tags = PreparedField(rule.tags, names: names)
        metadata =
            switch rule.metadata {
            case .others: .others
            case .none: .none
            case .fields(let named): .fields(named.map { ($0.name, PreparedField($0.rule, names: names)) })
            }
    }
}

/// A field's rule, its alternatives told apart before a record is looked at: most records lack most of them, and that should
/// take no more than a look at the record's fields.
struct PreparedField: Sendable {
    /// What an alternative reads. Holds no reference, since a copy of it would count that.
    enum Alternative: Sendable {
        /// The field with a number as it stands.
        case field(Int)
        /// Something that only a record with this field has.
        case within(Int)
        /// The text that a file is.
        case text
        /// What else the reader knows.
        case known(FieldPath.Known)
        /// Anything else.
        case other
    }

    let alternatives: [Alternative]
    let sources: [FieldSource]

    init(_ rule: FieldRule, names: FieldNames) {
        sources = rule.alternatives
        alternatives = rule.alternatives.map { source in
            guard case .path(let path) = source.origin else { return .other }
            if let known = path.known, source.markup == nil { return known == .text ? .text : .known(known) }
            guard let name = path.firstName, let number = names.number(of: name) else { return .other }
            let isPlain = source.markup == nil || source.markup == .text
            return path.onlyName != nil && isPlain && source.separator == nil ? .field(number) : .within(number)
        }
    }
}
