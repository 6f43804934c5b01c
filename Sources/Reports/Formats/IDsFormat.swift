extension OutputFormat {
    /// Ids of documents, one a line, or each with a NUL behind it.
    package static let ids = OutputFormat("ids", needs: .ids, showsFields: false) { report, output in
        let isTerminator: (Unicode.Scalar) -> Bool =
            output.endsIDsWithNull ? { $0 == "\0" } : { $0 == "\n" || $0 == "\r" }
        let terminator = output.endsIDsWithNull ? "\0" : "\n"
        try report.forEachEntry { entry in
            for id in entry.ids {
                // Half an id could be that of another document.
                guard !id.unicodeScalars.contains(where: isTerminator) else {
                    output.leaveOut(id)
                    continue
                }
                try output.write((output.layout.isTerminal ? VisibleText.line(id) : id) + terminator)
            }
        }
    }
}
