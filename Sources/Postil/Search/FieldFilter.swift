import IndexStore
import QueryLanguage

/// Turns `field:value` of a query into a condition on documents.
enum FieldFilter {
    /// Fields every index knows, as they are written in a query. Other names are metadata keys.
    static let names: Set<String> = ["title", "body", "author", "date", "url", "tag", "tags", "source", "id"]

    /// The condition for a field's value; nil when the value is empty.
    static func filter(field: String, _ query: Query) -> DocumentFilter? {
        switch query {
        case .word(let word): return filter(field: field, text: word.text, isBeginning: word.kind == .prefix)
        case .phrase(let phrase): return filter(field: field, text: phrase.text, isBeginning: false)
        case .boosted(let query, _): return filter(field: field, query)
        case .field(let inner, let query, _): return filter(field: inner, query)
        case .dateRange(let lower, let upper, _): return .date(lower: lower, upper: upper)
        case .everything: return .all([])
        case .nothing: return nil
        case .boolean(let must, let should, let mustNot):
            let required = must.compactMap { filter(field: field, $0) }
            let optional = should.compactMap { filter(field: field, $0) }
            let excluded = mustNot.compactMap { filter(field: field, $0) }
            var parts = required
            if required.isEmpty, !optional.isEmpty { parts.append(.any(optional)) }
            parts += excluded.map { .not($0) }
            return parts.isEmpty ? nil : .all(parts)
        }
    }

    private static func filter(field: String, text: String, isBeginning: Bool) -> DocumentFilter? {
        guard !text.isEmpty else { return nil }
        switch field {
        case "id": return .id(text)
        case "date": return .date(lower: text, upper: text)
        case "author": return .words(.author, text, isBeginning: isBeginning)
        case "url": return .words(.url, text, isBeginning: isBeginning)
        case "tag", "tags": return .words(.tag, text, isBeginning: isBeginning)
        case "source": return .words(.source, text, isBeginning: isBeginning)
        default: return .words(.metadata(field), text, isBeginning: isBeginning)
        }
    }
}
