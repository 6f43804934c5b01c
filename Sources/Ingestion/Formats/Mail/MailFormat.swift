/// A message (.eml, a file of a maildir): one document, and those of the files attached to it.
///
/// An attachment is called after the message and its own name, `trip.eml/plan.pdf`, and read by its own format.
struct MailFormat: WholeFormat {
    let name = "mail"
    let extensions = ["eml"]
    // A part may be anything.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        !beginning.isBinary && MailMessage.isMessage(beginning.bytes[...]) ? .likely : .none
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let message = MailMessage(Array(bytes)[...], tally: tally)
        try reader.map(message, in: RecordContext(file: file), tally: tally, into: handler)
    }
}

/// A file of messages (mbox), each a document, read in parts whatever its size. A message is called by its Message-ID.
struct MailboxFormat: RecordFormat {
    let name = "mbox"
    let extensions = ["mbox", "mbx"]
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        guard beginning.bytes.starts(with: Array("From ".utf8)), !beginning.isBinary else { return .none }
        let rest = beginning.bytes.drop { $0 != 0x0A }.dropFirst()
        return MailMessage.isMessage(rest) ? .certain : .none
    }

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        MailboxSplitter(limit: limits.maximumDocumentBytes)
    }
}

/// Cuts a mailbox at lines that begin with `From ` behind an empty line.
private struct MailboxSplitter: RecordSplitter {
    let limit: Int
    private(set) var line = 1
    private var row = 0

    private static let mark = Array("\nFrom ".utf8)

    init(limit: Int) { self.limit = limit }

    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int {
        var place = 0
        while place < bytes.count, spans.count < RecordSpan.maximumCount {
            var end = bytes.count
            var search = place
            var isWhole = isEnd
            while let found = bytes.firstRange(of: Self.mark, from: search) {
                search = found + 1
                let before = found > 0 && bytes[found - 1] == 0x0D ? found - 1 : found
                if before == 0 || bytes[before - 1] == 0x0A {
                    end = found + 1
                    isWhole = true
                    break
                }
            }
            if !isWhole, end - place <= limit { return place }
            row += 1
            var span = RecordSpan(range: place..<end, line: line, row: row)
            if end - place > limit {
                span = RecordSpan(
                    range: place..<place, line: line, row: row,
                    problem: "is longer than the limit of \(limit) bytes; " + ReadingLimits.wayOut)
            }
            if !bytes[place..<end].allSatisfy({ $0 <= 0x20 }) { spans.append(span) }
            var lineFeed = place
            while let next = bytes.firstLineFeed(from: lineFeed), next < end {
                line += 1
                lineFeed = next + 1
            }
            place = end
        }
        return place
    }

    func contents(_ spans: [RecordSpan]) -> any BatchContents { Messages(spans: spans) }
}

private struct Messages: BatchContents {
    let spans: [RecordSpan]

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        for span in spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            var message = Array(bytes[span.range])[...]
            // The line that parts messages is none of theirs.
            if message.hasPrefix("From ") {
                message = message[((message.firstIndex(of: 0x0A) ?? message.endIndex - 1) + 1)...]
            }
            let content = MailMessage(message, tally: tally)
            let place = RecordContext(file: file, line: span.line, row: span.row)
            try reader.map(content, in: place, tally: tally, into: handler)
        }
    }
}

extension DocumentReader {
    /// Maps a message, and reads what is attached to it.
    fileprivate func map(
        _ message: MailMessage, in place: RecordContext, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var fields = message.fields
        let id = fields.first { $0.name == "message_id" }?.value
        if let id, place.row != nil { fields.append(FieldValue.Member(name: "id", value: id)) }
        if !message.attachments.isEmpty {
            let names = message.attachments.map { FieldValue.text($0.name) }
            fields.append(FieldValue.Member(name: "attachments", value: .list(names)))
        }
        if let problem = message.problem { tally.note(.leftOut(reason: problem), line: place.line) }
        try map(
            Page(fields: fields, title: message.title, text: MarkedText(plain: message.text)), in: place, tally: tally,
            into: handler)
        let above =
            place.row == nil
            ? place.file.relativePath : "\(place.file.relativePath)/\(id?.texts.first ?? String(place.line))"
        for attachment in message.attachments {
            try read(attachment, below: above, of: place.file, line: place.row == nil ? nil : place.line, into: handler)
        }
    }

    private func read(
        _ attachment: MailMessage.Attachment, below path: String, of file: InputFile, line: Int?,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let name = attachment.name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        guard let format = DocumentFormat.named(byFile: name, additional: mapping.extensions) else { return }
        let member = InputFile(
            path: file.path + "/" + name, relativePath: path + "/" + name, size: Int64(attachment.bytes.count),
            format: format)
        let source: any InputBatchSource
        do {
            // A profile's format is that of the messages.
            var mapping = mapping
            mapping.format = nil
            if depth >= UnpackingBudget.maximumDepth {
                throw ReadingError(
                    "messages are attached to one another deeper than \(UnpackingBudget.maximumDepth) levels")
            }
            let stream = try ByteStream(
                BytesSource(attachment.bytes), budget: UnpackingBudget(inputBytes: attachment.bytes.count))
            source = try InputBatches.source(
                member, stream: stream, mapping: mapping, limits: limits, depth: depth + 1)
        } catch {
            return try handler(.skipped(line: line ?? 1, reason: "\(name): \(error)"))
        }
        var inner = self
        inner.depth += 1
        while let batch = source.next() {
            try inner.readEvents(of: batch) { event in
                switch consume event {
                case .document(let document): try handler(.document(document))
                case .skipped(_, let reason), .stopped(_, let reason):
                    try handler(.skipped(line: line ?? 1, reason: "\(name): \(reason)"))
                case .warning(let remark): try handler(.warning(remark.withoutLine))
                }
            }
        }
    }
}
