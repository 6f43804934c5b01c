import Postil
import Reports
import SystemPackage

/// Warnings, notes and errors for the person at the terminal, on standard error.
struct Messages: Sendable {
    /// Silences notes and progress; warnings and errors are always shown.
    var isQuiet: Bool
    var usesColor: Bool

    /// Something was skipped or not taken as written.
    func warning(_ text: String) { write("warning", .match, text) }

    /// A remark that is not needed to understand the results.
    func note(_ text: String) {
        if !isQuiet { Messages.print(VisibleText.block(text)) }
    }

    /// A remark on the query.
    func hint(_ text: String) {
        if !isQuiet { write("hint", .match, text) }
    }

    /// What a query was taken for, and where.
    func hint(_ hints: [QueryHint]) {
        for hint in hints { self.hint("\(hint.message) (column \(hint.column))") }
    }

    /// An index run did something otherwise than expected.
    func notice(_ notice: IndexingNotice) {
        if let advice = Advice.about(notice) { warning("\(notice); \(advice)") } else { note("\(notice)") }
    }

    /// The command failed.
    func error(_ text: String) { write("error", .problem, text) }

    private func write(_ kind: String, _ style: TextStyle, _ text: String) {
        Messages.print("postil: " + style.applied(to: kind + ":", color: usesColor) + " " + VisibleText.block(text))
    }

    /// A line on standard error, as it is: what comes from names or texts is made visible before. There is nobody to tell when that fails.
    static func print(_ line: String) {
        _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
    }
}
