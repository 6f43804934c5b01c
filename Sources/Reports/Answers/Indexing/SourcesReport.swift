import Postil

/// The places that an index remembers.
package struct SourcesReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "sources"

    let roots: [IndexedRoot]

    /// Describes places.
    package init(_ roots: [IndexedRoot]) { self.roots = roots }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { Self.fields.map(\.name) }

    static let fields: [ReportField<IndexedRoot>] = [
        ReportField("path") { .string($0.path) },
        ReportField("pattern") { .boolean($0.isPattern) },
        ReportField("profile") { .string($0.profileName) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for root in roots { try body(Entry(root: root)) }
    }

    private struct Entry: ReportEntry {
        let root: IndexedRoot

        var value: ReportValue { SourcesReport.fields.object(of: root) }
        var rows: [[ReportValue]] { [SourcesReport.fields.row(of: root)] }
    }

    /// A line a place:
    ///
    ///     /home/ada/reviews  profile default
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let width = roots.map { DisplayWidth.of(VisibleText.line($0.path)) }.max() ?? 0
        for root in roots {
            let path = VisibleText.line(root.path)
            let blanks = String(repeating: " ", count: width - DisplayWidth.of(path))
            try write("\(path)\(blanks)  profile \(VisibleText.line(root.profileName))\n")
        }
    }

    package var remarks: [String] {
        roots.isEmpty ? ["the index remembers no place; `postil index PATH…` adds one"] : []
    }
}
