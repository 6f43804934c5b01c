import Documents
import Postings
import Ranking

/// How many documents of a set have each value of a field.
package struct ValueCounts: Sendable {
    /// The values that any of them has, those of most documents first; of equally many the first in the field's order.
    package let values: [(value: String, count: Int)]
    /// Documents of the set that have no value.
    package let without: Int
}

extension DocumentColumns {
    /// Counts the values of fields that are one to people: metadata whose names differ in case.
    ///
    /// Equivalent to: looking at all values of each document. An empty text counts as no value.
    ///
    /// - Parameter label: What people see for a value: the year of a date, for example; nil for a value that does not count.
    /// - Complexity: O(values of the field + documents that have it), a few nanoseconds each.
    func counts(of fields: [ColumnField], in documents: DocumentBitmap, label: (String) -> String?) throws
        -> ValueCounts
    {
        var counts: [ExactText: Int] = [:]
        var withValue = DocumentBitmap(capacity: Int64(documents.words.count) * 64)
        // A document can have a value in two of several fields, and counts once.
        var found: [ExactText: DocumentBitmap] = [:]
        for field in fields {
            for (number, chunk) in try chunks(of: field).enumerated() {
                guard let chunk else { continue }
                let first = Int64(number * DocumentChunkFormat.length)
                for index in 0..<chunk.valueCount {
                    let places = chunk.places[chunk.places(ofValues: index..<index + 1)]
                    var count = 0
                    for place in places where documents.contains(first + Int64(place)) { count += 1 }
                    guard count > 0, let value = label(chunk.value(index)), !value.isEmpty else { continue }
                    let key = ExactText(value)
                    if fields.count == 1 { counts[key, default: 0] += count }
                    for place in places where documents.contains(first + Int64(place)) {
                        withValue.insert(first + Int64(place))
                        if fields.count > 1 { found[key, default: DocumentBitmap()].insert(first + Int64(place)) }
                    }
                }
            }
        }
        for (key, documents) in found { counts[key] = documents.count }
        return ValueCounts(
            counts: counts, order: fields.first?.order ?? .natural, without: documents.count - withValue.count)
    }
}

extension ValueCounts {
    /// The counts in their order.
    init(counts: [ExactText: Int], order: ValueOrder, without: Int) {
        let keyed = counts.map { (value: $0.key.text, key: order.key(of: $0.key.text), count: $0.value) }
        let sorted = keyed.sorted { one, other in
            if one.count != other.count { return one.count > other.count }
            if one.key != other.key { return one.key.lexicographicallyPrecedes(other.key) }
            return one.value.utf8.lexicographicallyPrecedes(other.value.utf8)
        }
        self.init(values: sorted.map { ($0.value, $0.count) }, without: without)
    }
}
