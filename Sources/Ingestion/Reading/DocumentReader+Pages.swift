extension DocumentReader {
    /// Reads a file that is one document.
    func readPage(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, format: DocumentFormat, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var context = RecordContext(file: file)
        var record = TreeRecord(names: mapper.names)
        if format == .html {
            let page = HTMLPage(bytes: bytes, tally: tally)
            record.members = page.fields
            context.heading = page.title
            context.text = MarkedText(plain: page.text)
        } else {
            var text = TextDecoding.text(bytes, tally: tally)
            if format == .markdown {
                let file = MarkdownFile(text)
                if let problem = file.problem {
                    try handler(.warning(ReadingRemark(.leftOut(reason: problem.reason), line: problem.line)))
                }
                record.members = file.fields
                context.heading = MarkdownText.firstHeading(in: file.body)
                text = file.body
            }
            context.text = MarkedText(text, format == .markdown ? .markdown : .text)
        }
        if context.text?.plain.isBlank ?? true, record.members.isEmpty {
            try handler(.skipped(line: nil, reason: "is empty"))
            return
        }
        try map(record, in: context, tally: tally, into: handler)
    }
}
