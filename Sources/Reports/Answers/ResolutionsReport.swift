import Postil

/// Where passages are that were referred to.
package struct ResolutionsReport: Report {
    package static let shape: ReportShape = [.table, .ids]
    package static let listName: String? = "passages"

    let resolutions: [PassageResolution]

    /// Describes what was found.
    package init(_ resolutions: [PassageResolution]) { self.resolutions = resolutions }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { Self.fields.map(\.name) }

    /// `id`, `passage`, `source` and `text` say where and what it is now; `quote` what it was.
    static let fields: [ReportField<PassageResolution>] = [
        ReportField("status") { .string($0.status.rawValue) },
        ReportField("id") { .optional($0.document?.document.externalID) },
        ReportField("passage") { .optional($0.passage?.address) },
        ReportField("source") { .optional($0.document?.source) },
        ReportField("text") { .optional($0.text) },
        ReportField("similarity") { .number($0.similarity) },
        ReportField("cited_id") { .string($0.reference.id) },
        ReportField("quote") { .optional($0.reference.quote) },
        ReportField("reference") { .string($0.reference.description) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for resolution in resolutions { try body(Entry(resolution: resolution)) }
    }

    private struct Entry: ReportEntry {
        let resolution: PassageResolution

        var value: ReportValue { ResolutionsReport.fields.object(of: resolution) }
        var rows: [[ReportValue]] { [ResolutionsReport.fields.row(of: resolution)] }
        var ids: [String] { resolution.address.map { [$0] } ?? [] }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for (number, resolution) in resolutions.enumerated() {
            if number > 0 { try write("\n") }
            try write(
                layout.line("\(resolution.status.rawValue)  \(resolution.address ?? resolution.reference.id)", .heading)
                    + "\n")
            func quote(_ text: String?, _ mark: String) throws {
                for line in VisibleText.block(text ?? "").split(whereSeparator: \.isNewline) {
                    try write("  \(mark) \(line)\n")
                }
            }
            if resolution.status == .changed || resolution.status == .gone {
                try quote(resolution.reference.quote, "-")
            }
            try quote(resolution.text, resolution.status == .changed ? "+" : " ")
        }
    }
}

extension PassageResolution {
    /// `id#p12-k3f9`, where it is now.
    fileprivate var address: String? {
        document.map { $0.document.externalID + (passage.map { "#" + $0.address } ?? "") }
    }
}
