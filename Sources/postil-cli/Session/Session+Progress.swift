import Postil
import Reports
import SystemPackage

extension Session {
    /// A line on standard error that shows how far a long command has come.
    func progressLine() -> ProgressLine { ProgressLine(layout: layoutOfErrors, isQuiet: isQuiet) }

    /// What standard error is connected to, where people are spoken to.
    var layoutOfErrors: TextLayout {
        let color: ColorChoice = messages.usesColor ? .always : .never
        return TextLayout(descriptor: .standardError, color: color, environment: environment)
    }
}

extension IndexingProgress {
    /// `12 of 340 files, 8,739 documents, 21.3 MB  reviews/2019.jsonl`.
    var line: String {
        "\(Quantity.count(filesDone)) of \(Quantity.count(filesTotal, "file")), "
            + "\(Quantity.count(documents, "document")), \(Quantity.bytes(textBytes))  \(currentPath)"
    }
}
