/// A format whose inputs are one document each.
protocol PageFormat: WholeFormat {
    /// What an input says.
    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page
}

/// What an input that is one document says, or one document of an input that holds several.
struct Page {
    /// What it says about itself, by name.
    var fields: [FieldValue.Member] = []
    /// The title that it gives itself.
    var title: String?
    /// Its text.
    var text: MarkedText
    /// What was read, but not as it stood.
    var remarks: [ReadingRemark] = []
}

extension PageFormat {
    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let page = page(bytes, tally: tally)
        for remark in page.remarks { try handler(.warning(remark)) }
        try reader.map(page, in: RecordContext(file: file), tally: tally, into: handler)
    }
}

extension DocumentReader {
    /// Maps one page. A file without text is a document whose name can be found; a part of one without text is skipped.
    func map(
        _ page: Page, in place: RecordContext, tally: BatchTally, into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        if place.row != nil, page.text.plain.isBlank, page.fields.isEmpty {
            try handler(.skipped(line: place.line, reason: "is empty"))
            return
        }
        var context = place
        context.heading = page.title
        context.text = page.text
        try map(TreeRecord(names: mapper.names, members: page.fields), in: context, tally: tally, into: handler)
    }
}
