import Postil

/// The values of a field, with the number of documents that have each.
///
///     {"format_version":1,"field":"author","distinct":2,"without":1,"values":[{"value":"Ann","count":3},…]}
package struct ValuesReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "values"

    let facet: Facet

    /// Describes counts.
    package init(_ facet: Facet) { self.facet = facet }

    package var facts: [ReportValue.Member] {
        .members([
            "field": .string(facet.field), "distinct": .count(facet.valueCount), "without": .count(facet.without),
        ])
    }

    static let fields: [ReportField<Facet.Value>] = [
        ReportField("value") { .string($0.value) },
        ReportField("count") { .count($0.count) },
    ]

    package var columns: [String] { Self.fields.map(\.name) }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for value in facet.values { try body(Entry(value: value)) }
    }

    private struct Entry: ReportEntry {
        let value: ReportValue
        let rows: [[ReportValue]]

        init(value: Facet.Value) {
            self.value = ValuesReport.fields.object(of: value)
            rows = [ValuesReport.fields.row(of: value)]
        }
    }

    /// A line a value:
    ///
    ///     1,204  Rohin Shah
    ///         3  Ann Lee
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for line in facet.lines(in: layout) { try write(line + "\n") }
    }

    package var remarks: [String] {
        let more = facet.valueCount - facet.values.count
        var parts: [String] = []
        if more > 0 { parts.append("\(Quantity.count(more)) more values") }
        if facet.without > 0 { parts.append("\(Quantity.count(facet.without, "document")) without \(facet.field)") }
        return parts.isEmpty ? [] : [parts.joined(separator: "; ")]
    }
}

extension Facet {
    /// Counts and values in two columns.
    func lines(in layout: TextLayout) -> [String] {
        let counts = values.map { Quantity.count($0.count) }
        let width = counts.map(\.count).max() ?? 0
        return zip(counts, values).map { count, value in
            String(repeating: " ", count: width - count.count) + count + "  " + VisibleText.line(value.value)
        }
    }

    /// As JSON has it among other answers.
    var reportValue: ReportValue {
        .members([
            "field": .string(field), "distinct": .count(valueCount), "without": .count(without),
            "values": .array(values.map { ValuesReport.fields.object(of: $0) }),
        ])
    }
}
