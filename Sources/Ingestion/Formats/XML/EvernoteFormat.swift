/// An export of Evernote (ENEX): one document a note, and those of the files attached to it, which are read by their own formats:
/// `notes.enex/1/plan.pdf`.
struct EvernoteFormat: WholeFormat {
    var name: String { "enex" }
    var extensions: [String] { ["enex"] }
    // XML tells its own encoding.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.holds("<en-export", within: 1000) ? .certain : .none
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let (rest, payloads) = XMLPayload.parted(bytes, between: "<data encoding=", and: "</data>") {
            "<data number=\"\($0)\"/>"
        }
        let tree: XMLTree
        do {
            tree = try XMLTree(rest, tally: tally)
        } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        tally.note(surplusOf: tree)
        for (index, note) in tree.root.children("note").enumerated() {
            let place = RecordContext(file: file, line: max(1, note.line), row: index + 1)
            try reader.map(Self.page(note), in: place, tally: tally, into: handler)
            try reader.read(
                note.children("resource").compactMap { resource in
                    // No picture is decoded.
                    guard let name = Self.fileName(resource), reader.readsFile(called: name),
                        let number = resource.first("data")?.attribute("number").flatMap(Int.init),
                        payloads.indices.contains(number)
                    else { return nil }
                    return AttachedFile(name: name, bytes: Self.decoded(bytes[payloads[number]]))
                }, below: "\(file.relativePath)/\(index + 1)", of: file, line: place.line, into: handler)
        }
        if let problem = tree.problem { try handler(.stopped(line: problem.line, reason: problem.reason)) }
    }

    private static func page(_ note: XMLNode) -> Page {
        let source = note.first("content")?.verbatim ?? ""
        let content = HTMLPage(fragment: source)
        let attributes = note.first("note-attributes")
        var fields: [FieldValue.Member] = []
        func add(_ name: String, _ texts: [String]) {
            if !texts.isEmpty { fields.append(FieldValue.Member(name: name, value: .list(texts.map { .text($0) }))) }
        }
        let single = [
            ("author", attributes?.first("author")?.text),
            ("date", (note.first("created") ?? note.first("updated"))?.text),
            ("url", attributes?.first("source-url")?.text),
        ]
        for case (let name, let value?) in single { fields.append(FieldValue.Member(name: name, value: .text(value))) }
        add("tags", note.children("tag").compactMap(\.text))
        add("attachments", note.children("resource").compactMap(Self.fileName))
        var page = Page(
            fields: fields, title: note.first("title")?.text ?? content.text.beginning,
            text: MarkedText(plain: content.text, source: source))
        page.add(content.links())
        return page
    }

    /// The name of an attached file, else what its type would be called; nil for a picture without a name.
    private static func fileName(_ resource: XMLNode) -> String? {
        resource.first("resource-attributes", "file-name")?.text
            ?? resource.first("mime")?.text.flatMap { AttachedFile.name(ofType: $0.lowercased()) }
    }

    /// What stands between the rest of an opening tag, which says base64 in all exports, and the closing one.
    private static func decoded(_ data: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        MailEncoding.base64(Array(data.drop { $0 != UInt8(ascii: ">") }.dropFirst())[...])
    }
}
