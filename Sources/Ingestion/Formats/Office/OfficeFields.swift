/// What the properties of an office document say, under the names that fields have here.
struct OfficeFields {
    private(set) var title: String?
    private(set) var members: [FieldValue.Member] = []

    /// Names in `docProps/core.xml` of Office Open XML and in `meta.xml` of OpenDocument, the surest first.
    private static let names: [(field: String, names: [String])] = [
        ("author", ["initial-creator", "creator"]), ("date", ["created", "creation-date", "date", "modified"]),
        ("tags", ["keywords", "keyword"]), ("subject", ["subject"]), ("description", ["description"]),
        ("language", ["language"]),
    ]

    /// Reads the file with the properties; what is wrong with it costs only them.
    init(_ bytes: [UInt8]?) { self.init(bytes.flatMap { try? XMLTree($0) }) }

    /// Reads properties that stand in a file, or are one.
    init(_ tree: XMLTree?) {
        guard let tree else { return }
        let properties = tree.root.first("meta") ?? tree.root
        func texts(_ name: String) -> [String] { properties.children(name).compactMap(\.text) }
        title = texts("title").first
        for (field, names) in Self.names {
            guard var texts = names.lazy.map(texts).first(where: { !$0.isEmpty }) else { continue }
            if field == "author" { texts = texts.filter(AuthorField.isPlausible) }
            if texts.isEmpty { continue }
            let value = texts.count == 1 ? FieldValue.text(texts[0]) : .list(texts.map { .text($0) })
            members.append(FieldValue.Member(name: field, value: value))
        }
    }

    /// Programs put their own names where nobody gave a title, and the day on which they made the file where a text has its own date.
    func page(
        heading: String?, date: String? = nil, text: SpacedText, links: TextLinks, remarks: [ReadingRemark]
    ) -> Page {
        var members = members
        if let date, let day = CalendarDate.iso8601(from: date) {
            members.removeAll { $0.name == "date" }
            members.append(FieldValue.Member(name: "date", value: .text(day)))
        }
        var page = Page(fields: members, title: title ?? heading, text: MarkedText(plain: text.text), remarks: remarks)
        page.add(links)
        return page
    }
}

/// A format whose inputs are zips of XML files that together are one document.
protocol OfficeFormat: WholeFormat {
    /// What tells it in the first bytes: the name of its main file.
    var mark: String { get }

    /// Whether a file in the zip holds text or properties.
    func isWanted(_ name: String) -> Bool

    /// The document; throws when its main file is missing or no XML.
    func page(of files: PackedFiles) throws -> Page

    /// The document that is one file of XML and no zip, where the format has such; throws when it is none.
    func page(ofFlat bytes: UnsafeRawBufferPointer, tally: BatchTally) throws -> Page?
}

extension OfficeFormat {
    var isText: Bool { false }

    func page(ofFlat bytes: UnsafeRawBufferPointer, tally: BatchTally) throws -> Page? { nil }

    func recognition(of beginning: InputBeginning) -> Recognition { recognitionOfPackage(beginning) }

    /// How surely it is a zip with the main file of the format.
    func recognitionOfPackage(_ beginning: InputBeginning) -> Recognition {
        guard beginning.bytes.starts(with: [0x50, 0x4B, 3, 4]) else { return .none }
        return beginning.bytes.withUnsafeBytes { $0.firstRange(of: Array(mark.utf8), from: 0) } == nil ? .none : .likely
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let page: Page
        let problem: String?
        do {
            if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
                throw ReadingError(
                    "is protected by a password, or of the format before 2007; save it anew to have it read")
            }
            if let flat = try self.page(ofFlat: bytes, tally: tally) {
                (page, problem) = (flat, nil)
            } else {
                let files = try PackedFiles(bytes, limits: reader.limits, wanted: isWanted)
                page = try self.page(of: files)
                problem = files.problem
            }
        } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        if let problem { try handler(.warning(ReadingRemark(.leftOut(reason: problem), line: nil))) }
        for remark in page.remarks { try handler(.warning(remark)) }
        try reader.map(page, in: RecordContext(file: file), tally: tally, into: handler)
    }

    /// Parses a file that must be there.
    func tree(_ name: String, in files: PackedFiles) throws -> XMLTree {
        guard let bytes = files[name] else {
            throw ReadingError("is no \(self.name): it holds no \(name)" + (files.problem.map { " (\($0))" } ?? ""))
        }
        return try XMLTree(bytes)
    }

    /// Parses a file whose text belongs to the document. What is wrong with it is a remark and costs only that text.
    func part(_ name: String, in files: PackedFiles, _ remarks: inout [ReadingRemark]) -> XMLTree? {
        guard let bytes = files[name] else {
            remarks.append(ReadingRemark(.leftOut(reason: "\(name) is not in the file"), line: nil))
            return nil
        }
        do {
            let tree = try XMLTree(bytes)
            remarks += self.remarks(tree)
            return tree
        } catch {
            remarks.append(ReadingRemark(.leftOut(reason: "\(name) \(error)"), line: nil))
            return nil
        }
    }

    /// What is wrong with a file, for the page that was made of it.
    func remarks(_ trees: XMLTree...) -> [ReadingRemark] {
        trees.compactMap(\.problem).map { ReadingRemark(.leftOut(reason: $0.reason), line: $0.line) }
            + trees.compactMap(\.surplusLine).map {
                ReadingRemark(.leftOut(reason: MarkupAttributes.surplusReason), line: $0)
            }
    }
}
