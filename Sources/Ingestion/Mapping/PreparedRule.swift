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
