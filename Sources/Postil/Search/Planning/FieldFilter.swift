import IndexStore
import QueryLanguage

/// Turns `field:value` of a query into a condition on documents.
struct FieldFilter {
    /// Fields every index knows, as they are written in a query. Other names are metadata keys.
    static let names: Set<String> = ["title", "body", "author", "date", "year", "url", "tag", "tags", "source", "id"]

    /// The condition for a field's value; nil when the value is empty.
    func filter(field: String, _ query: Query) -> DocumentFilter? {
        switch query {
        case .word(let word): return filter(field: field, text: word.text, isBeginning: word.kind == .prefix)
        case .phrase(let phrase): return filter(field: field, text: phrase.text, isBeginning: false)
        case .boosted(let query, _): return filter(field: field, query)
        case .field(let inner, let query, _): return filter(field: inner, query)
        case .dateRange(let lower, let upper, _): return .date(lower: lower, upper: upper)
        case .numberRange(let field, let bounds, _): return numbers(field, bounds)
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

    private func numbers(_ field: String, _ bounds: NumberBounds) -> DocumentFilter {
        guard field == "year" else {
            return .number(
                field,
                NumberRange(
                    lower: bounds.lower, upper: bounds.upper, includesLower: bounds.includesLower,
                    includesUpper: bounds.includesUpper))
        }
        // Whole years within the bounds, in the four digits that dates have.
        var first = (bounds.lower ?? 0).rounded(.up)
        var last = (bounds.upper ?? Self.lastYear).rounded(.down)
        if !bounds.includesLower, first == bounds.lower { first += 1 }
        if !bounds.includesUpper, last == bounds.upper { last -= 1 }
        (first, last) = (max(0, first), min(Self.lastYear, last))
        guard first <= last else { return .any([]) }
        return .date(
            lower: bounds.lower.map { _ in Self.year(first) }, upper: bounds.upper.map { _ in Self.year(last) })
    }

    private static let lastYear = 9999.0

    private static func year(_ number: Double) -> String {
        let digits = String(Int(number))
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    private func filter(field: String, text: String, isBeginning: Bool) -> DocumentFilter? {
        guard !text.isEmpty else { return nil }
        switch field {
        case "year":
            // Of less than a year only the beginning of one is asked for.
            let isYear = text.utf8.count == 4 || isBeginning && text.utf8.count < 4
            guard isYear, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
                return .any([])
            }
            return .date(lower: text, upper: text)
        case "id": return .id(text, isBeginning: isBeginning)
        case "date": return .date(lower: text, upper: text)
        case "author": return AuthorName(text).filter(isBeginning: isBeginning)
        case "url": return .words(.url, text, isBeginning: isBeginning)
        case "tag", "tags": return .words(.tag, text, isBeginning: isBeginning)
        case "source": return .words(.source, text, isBeginning: isBeginning)
        default: return .words(.metadata(field), text, isBeginning: isBeginning)
        }
    }
}
