/// A file that came with a message or a note.
struct AttachedFile {
    let name: String
    let bytes: [UInt8]

    /// The name of a file without one, so that it is read as what its type says it is.
    static func name(ofType type: String) -> String? { endings[type].map { "attachment." + $0 } }

    private static let endings = [
        "application/pdf": "pdf", "text/rtf": "rtf", "application/rtf": "rtf", "application/msword": "doc",
        "application/zip": "zip", "application/epub+zip": "epub", "application/json": "json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/vnd.oasis.opendocument.text": "odt",
    ]
}

extension DocumentReader {
    /// Whether an attached file of a name has a format that is read.
    func readsFile(called name: String) -> Bool {
        DocumentFormat.named(byFile: name, additional: mapping.extensions) != nil
    }

    /// Reads what is attached to a message or note, each by its own format.
    ///
    /// - Parameters:
    ///   - path: The id of the message or note, below which they are called by their own names.
    ///   - line: The line of the file where it starts; nil where it is the whole file.
    func read(
        _ attachments: [AttachedFile], below path: String, of file: InputFile, line: Int?,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var names: Set<String> = []
        for attachment in attachments {
            let name = attachment.name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
            try read(
                attachment, called: Self.unused(name, among: &names), below: path, of: file, line: line, into: handler)
        }
    }

    /// A name that no other of the files has: `plan (2).pdf`.
    private static func unused(_ name: String, among names: inout Set<String>) -> String {
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        var (unused, number) = (name, 1)
        while !names.insert(unused).inserted {
            number += 1
            unused = "\(name[..<dot]) (\(number))\(name[dot...])"
        }
        return unused
    }

    private func read(
        _ attachment: AttachedFile, called name: String, below path: String, of file: InputFile, line: Int?,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        // A key, a signature or a message that only its reader can read.
        if attachment.bytes.starts(with: "-----BEGIN PGP".utf8) { return }
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
                    "files are attached to one another deeper than \(UnpackingBudget.maximumDepth) levels")
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
