/// Searches that have names.
package struct SavedSearchesReport: Report {
    package static let shape: ReportShape = [.table]
    package static let listName: String? = "searches"

    /// One of them.
    package struct Search: Sendable {
        let name: String
        let query: String
        let since: String?
        let asked: String

        /// Describes a search, and the day when it was last asked.
        package init(name: String, query: String, since: String?, asked: String) {
            self.name = name
            self.query = query
            self.since = since
            self.asked = asked
        }
    }

    private let searches: [Search]

    /// Describes searches.
    package init(_ searches: [Search]) { self.searches = searches }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { Self.fields.map(\.name) }

    private static let fields: [ReportField<Search>] = [
        ReportField("name") { .string($0.name) },
        ReportField("query") { .string($0.query) },
        ReportField("since") { .optional($0.since) },
        ReportField("asked") { .string($0.asked) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for search in searches { try body(Entry(search: search)) }
    }

    private struct Entry: ReportEntry {
        let search: Search

        var value: ReportValue { SavedSearchesReport.fields.object(of: search) }
        var rows: [[ReportValue]] { [SavedSearchesReport.fields.row(of: search)] }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let width = searches.map(\.name.count).max() ?? 0
        for search in searches {
            let name = search.name + String(repeating: " ", count: width - search.name.count)
            let since = search.since.map { "  --since \($0)" } ?? ""
            try write(layout.line("\(name)  \(search.query)\(since)  (last asked \(search.asked))", .plain) + "\n")
        }
    }

    package var remarks: [String] { searches.isEmpty ? ["No saved searches"] : [] }
}
