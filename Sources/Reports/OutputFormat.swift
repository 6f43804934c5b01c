/// A way to print reports. Means the same for every report that has it.
///
/// To add one: a file in `Formats` that says how it prints any report, and its name in ``all``.
package struct OutputFormat: Sendable, Equatable {
    /// What users call it.
    package let name: String
    /// What a report must be to be printed in it.
    let needs: ReportShape
    /// Whether fields of entries are printed, passages among them; where they are not, none need be looked for.
    package let showsFields: Bool
    /// Whether what is said of a report as a whole is printed, facets and groups among it.
    package let showsFacts: Bool
    let printer: @Sendable (any Report, ReportOutput) throws -> Void

    init(
        _ name: String, needs: ReportShape = [], showsFields: Bool = true, showsFacts: Bool = false,
        print: @escaping @Sendable (any Report, ReportOutput) throws -> Void
    ) {
        self.name = name
        self.needs = needs
        self.showsFields = showsFields
        self.showsFacts = showsFacts
        printer = print
    }

    /// Every format, in the order in which they are named to users.
    package static let all: [OutputFormat] = [
        .text, .json, .jsonl, .csv, .trec, .ids, .bibtex, .cslJSON, .ris,
    ]

    /// The format that users call `name`.
    package static func named(_ name: String) -> OutputFormat? { all.first { $0.name == name } }

    /// Those that a kind of report can be printed in.
    package static func all(for type: any Report.Type) -> [OutputFormat] { all.filter { $0.prints(type) } }

    /// Whether a kind of report can be printed in it.
    package func prints(_ type: any Report.Type) -> Bool { needs.isSubset(of: type.shape) }

    /// Prints a report.
    ///
    /// - Precondition: ``prints(_:)`` its type.
    package func print(_ report: any Report, to output: ReportOutput) throws {
        precondition(prints(type(of: report)), "\(type(of: report)) cannot be printed as \(name)")
        try printer(report, output)
    }

    package static func == (left: OutputFormat, right: OutputFormat) -> Bool { left.name == right.name }
}
