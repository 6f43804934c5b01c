/// What would open a document, or the index.
package struct OpeningReport: Report {
    private let kind: String
    private let program: String
    private let arguments: [String]

    /// Describes a call.
    ///
    /// - Parameter kind: `browser`, `editor`, `pager` or `shell`.
    package init(kind: String, program: String, arguments: [String]) {
        self.kind = kind
        self.program = program
        self.arguments = arguments
    }

    package var facts: [ReportValue.Member] {
        .members(["kind": .string(kind), "program": .string(program), "arguments": .strings(arguments)])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        try write(layout.line(([program] + arguments).joined(separator: " "), .plain) + "\n")
    }
}
