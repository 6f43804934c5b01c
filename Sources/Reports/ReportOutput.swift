/// Where a report goes, and how it is to look there.
package struct ReportOutput {
    /// What people see it on.
    package var layout: TextLayout
    /// Whether ids end with NUL, which no file's name holds, instead of a line end.
    package var endsIDsWithNull: Bool
    /// Takes the output, in order.
    let write: (String) throws -> Void
    /// Is told of an id that is left out, because it holds what would end it.
    let leaveOut: (String) -> Void

    /// Describes a destination.
    package init(
        layout: TextLayout, endsIDsWithNull: Bool = false, leaveOut: @escaping (String) -> Void = { _ in },
        write: @escaping (String) throws -> Void
    ) {
        self.layout = layout
        self.endsIDsWithNull = endsIDsWithNull
        self.leaveOut = leaveOut
        self.write = write
    }
}
