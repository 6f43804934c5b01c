/// One of the formats that are known here, told by a file's name, by the profile or by the first bytes.
public struct DocumentFormat: Sendable, Hashable, CustomStringConvertible {
    let format: any InputFormat

    /// Names a format.
    init(_ format: any InputFormat) { self.format = format }

    /// Every format there is. A new one needs its line here.
    static let all: [any InputFormat] = [
        TextFormat(),
        MarkdownFormat(),
        HTMLFormat(),
        JSONLinesFormat(),
        JSONFormat(),
        RowFormat.csv,
        RowFormat.tsv,
        SourceCodeFormat(),
        OrgFormat(),
        ReStructuredTextFormat(),
        AsciiDocFormat(),
        LaTeXFormat(),
        BibTeXFormat(),
        RISFormat(),
        MEDLINEFormat(),
        CitationJSONFormat(),
        NotebookFormat(),
        SubtitleFormat.srt,
        SubtitleFormat.vtt,
        FeedFormat(),
        MediaWikiFormat(),
        MailboxFormat(),
        MailFormat(),
        PDFFormat(),
        EPUBFormat(),
        FictionBookFormat(),
        OutlineFormat(),
        EvernoteFormat(),
        XMLFormat(),
        WordFormat(),
        OpenDocumentFormat(),
        SlidesFormat(),
        DatabaseFormat(),
        ArchiveFormat.zip,
        ArchiveFormat.tar,
        ArchiveFormat.sevenZip,
    ]

    /// Its name in profiles: `csv`.
    public var name: String { format.name }

    /// The format's name.
    public var description: String { name }

    /// Formats are equal when their names are.
    public static func == (left: DocumentFormat, right: DocumentFormat) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// File name extensions by format, lower case and without the dot. Each may be followed by one of `compressions`.
    package static let extensions: [String: DocumentFormat] = {
        let pairs = all.flatMap { format in format.extensions.map { ($0, DocumentFormat(format)) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()

    /// The format that `name` tells by its extension, that of its compression set aside; `additional` extensions win over the usual ones.
    package static func named(
        byFile name: some StringProtocol, additional: [String: DocumentFormat] = [:]
    ) -> DocumentFormat? {
        let suffix = fileExtension(of: name)
        return additional[suffix] ?? extensions[suffix]
    }

    /// The format that a file's place tells, where its name does not: a message in the `cur` or `new` of a maildir.
    static func named(byPlace path: String) -> DocumentFormat? {
        let components = path.split(separator: "/")
        guard let name = components.last, let folder = components.dropLast().last, folder == "cur" || folder == "new",
            // 1577836800.M1P2.host:2,S, or with 1577836800_0; whatever has flags behind it.
            name.contains(":2,")
                || name.split(separator: ".").count >= 3
                    && name.prefix(while: { $0 != "." }).allSatisfy({ $0.isNumber || $0 == "_" })
        else { return nil }
        return DocumentFormat(MailFormat())
    }

    /// Extensions that tell how a file is compressed, and no more.
    static let compressions: Set<String> = ["gz", "xz", "bz2", "zst"]

    /// The extension of a file name in lower case, that of its compression set aside: `csv` for `papers.CSV.gz`.
    static func fileExtension(of name: some StringProtocol) -> String {
        let stem = uncompressedName(of: name.lowercased())
        let parts = stem.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? String(parts[parts.count - 1]) : ""
    }

    /// A file name without the extension of its compression.
    static func uncompressedName<Name: StringProtocol>(of name: Name) -> Name.SubSequence {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex,
            compressions.contains(name[name.index(after: dot)...].lowercased())
        else { return name[...] }
        return name[..<dot]
    }

    /// The format of an input: what its name or the profile says, as far as its bytes leave that open, else what its bytes
    /// show; nil when they show nothing.
    static func of(_ named: DocumentFormat?, beginning: InputBeginning) -> (any InputFormat)? {
        if let named { return named.format.refined(by: beginning) }
        var best: (format: any InputFormat, recognition: Recognition)?
        for format in all {
            let recognition = format.recognition(of: beginning)
            if recognition > best?.recognition ?? .none { best = (format, recognition) }
        }
        return best?.format
    }
}

extension DocumentFormat: RawRepresentable, CaseIterable {
    /// Every format, in the order of `all`.
    public static var allCases: [DocumentFormat] { all.map(DocumentFormat.init) }

    /// Its name.
    public var rawValue: String { name }

    /// The format of a name; nil when there is none.
    public init?(rawValue: String) {
        guard let format = Self.all.first(where: { $0.name == rawValue }) else { return nil }
        self.init(format)
    }
}
