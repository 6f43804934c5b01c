/// Markdown: one document with optional front matter.
struct MarkdownFormat: PageFormat {
    var name: String { "markdown" }
    var extensions: [String] { ["md", "markdown", "mdown", "mkd"] }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let file = MarkdownFile(TextDecoding.text(bytes, declared: nil, tally: tally))
        var page = Page(
            fields: file.fields, title: file.text.heading,
            text: MarkedText(plain: file.text.plain, source: file.body))
        page.add(file.text.links)
        if let problem = file.problem {
            page.remarks = [ReadingRemark(.leftOut(reason: problem.reason), line: problem.line)]
        }
        return page
    }
}

extension DocumentFormat {
    /// One document with optional front matter.
    public static let markdown = DocumentFormat(MarkdownFormat())
}
