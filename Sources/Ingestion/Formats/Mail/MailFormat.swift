import SystemPackage

/// A message (.eml, a file of a maildir): one document, and those of the files attached to it.
///
/// A page that a browser saved with its pictures (.mht) is one, too, and so is what Apple Mail keeps (.emlx).
///
/// An attachment is called after the message and its own name, `trip.eml/plan.pdf`, and read by its own format.
struct MailFormat: WholeFormat {
    var name: String { "mail" }
    var extensions: [String] { ["eml", "emlx", "mht", "mhtml"] }
    // A part may be anything.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        !beginning.isBinary && MailMessage.isMessage(beginning.bytes[...]) ? .likely : .none
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let message = MailMessage(Self.message(Array(bytes)[...]), tally: tally)
        try reader.map(message, in: RecordContext(file: file), tally: tally, into: handler)
    }
}

extension MailFormat {
    /// A message without what Apple Mail has around it: a line with its length before it, and a property list behind.
    private static func message(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let lineEnd = bytes.prefix(longestCount).firstIndex(of: 0x0A) else { return bytes }
        let line = bytes[..<lineEnd].trimmedBlanks
        guard !line.isEmpty, line.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(line.asText) else {
            return bytes
        }
        return bytes[(lineEnd + 1)...].prefix(count)
    }

    /// Bytes of a line with a length.
    private static let longestCount = 20
}

/// A file of messages (mbox), each a document, read in parts whatever its size. A message is called by its Message-ID.
struct MailboxFormat: RecordFormat {
    var name: String { "mbox" }
    var extensions: [String] { ["mbox", "mbx"] }
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        guard beginning.bytes.starts(with: Array("From ".utf8)), !beginning.isBinary else { return .none }
        let rest = beginning.bytes.drop { $0 != 0x0A }.dropFirst()
        return MailMessage.isMessage(rest) ? .certain : .none
    }

    /// The format of a file that is a mailbox, which mail programs give no extension: `Inbox`, `sent`. Most others are told
    /// from it by their first bytes.
    static func format(ofFile path: String) -> DocumentFormat? {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .nonBlocking) else { return nil }
        defer { try? file.close() }
        func start(_ length: Int) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                // Safety: the system writes no more than the buffer holds, and says how much.
                count = (try? file.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
            }
        }
        let mark = Array("From ".utf8)
        guard start(mark.count) == mark else { return nil }
        let bytes = start(ByteStream.prefixLength)
        let beginning = InputBeginning(bytes: bytes, text: bytes, isCut: bytes.count == ByteStream.prefixLength)
        return MailboxFormat().recognition(of: beginning) == .certain ? DocumentFormat(MailboxFormat()) : nil
    }

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        MailboxSplitter(limit: limits.maximumDocumentBytes)
    }
}

/// The messages of a batch.
struct MailMessages: BatchContents {
    let spans: [RecordSpan]
    /// Which of several with one id some are, by their rows.
    let repeats: [Int: Int]

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
            let content = MailMessage(Self.unescaped(message), tally: tally)
            let place = RecordContext(file: file, line: span.line, row: span.row)
            try reader.map(content, number: repeats[span.row], in: place, tally: tally, into: handler)
        }
    }

    /// A message without the `>` that a mailbox has before lines of text that would part messages.
    private static func unescaped(_ message: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let mark = Array("\n>From ".utf8)
        return message.withUnsafeBytes { bytes in
            guard var found = bytes.firstRange(of: mark, from: 0) else { return message }
            var rest: [UInt8] = []
            rest.reserveCapacity(bytes.count)
            var place = 0
            while true {
                rest += bytes[place...found]
                place = found + 2
                guard let next = bytes.firstRange(of: mark, from: place) else { break }
                found = next
            }
            return (rest + bytes[place...])[...]
        }
    }
}

extension DocumentReader {
    /// Maps a message, and reads what is attached to it.
    ///
    /// - Parameter number: Which it is of several with one id, if not the first.
    fileprivate func map(
        _ message: MailMessage, number: Int? = nil, in place: RecordContext, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var fields = message.fields
        var id = fields.first { $0.name == "message_id" }?.value.texts.first
        if let number, let first = id { id = "\(first)#\(number)" }
        if let id, place.row != nil { fields.append(FieldValue.Member(name: "id", value: .text(id))) }
        if !message.attachments.isEmpty {
            let names = message.attachments.map { FieldValue.text($0.name) }
            fields.append(FieldValue.Member(name: "attachments", value: .list(names)))
        }
        if let problem = message.problem { tally.note(.leftOut(reason: problem), line: place.line) }
        // A message in a file of many is called by what it says, if it has no subject.
        let title = message.title ?? (place.row == nil ? nil : message.text.plain.beginning)
        var page = Page(fields: fields, title: title, text: message.text)
        page.add(message.links)
        try map(page, in: place, tally: tally, into: handler)
        let above =
            place.row == nil
            ? place.file.relativePath : "\(place.file.relativePath)/\(id ?? String(place.line))"
        try read(
            message.attachments, below: above, of: place.file, line: place.row == nil ? nil : place.line, into: handler)
    }
}
