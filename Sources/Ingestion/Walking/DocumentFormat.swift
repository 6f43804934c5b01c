/// The format of an input, told by its file name, by the profile or by its first bytes.
public enum DocumentFormat: String, Sendable, Hashable, CaseIterable {
    /// One document, taken as it is.
    case text
    /// One document with optional YAML front matter.
    case markdown
    /// One document: a page.
    case html
    /// One JSON value a line.
    case jsonLines = "jsonl"
    /// One JSON value: a record, an array of records, or an answer that holds records somewhere.
    case json
    /// Comma-separated values with a header row (RFC 4180).
    case csv
    /// Tab-separated values with a header row, quoted like CSV.
    case tsv

    /// File name extensions by format, lower case and without the dot. Each may be followed by `.gz`.
    public static let extensions: [String: DocumentFormat] = [
        "txt": .text, "text": .text,
        "md": .markdown, "markdown": .markdown, "mdown": .markdown, "mkd": .markdown,
        "html": .html, "htm": .html, "xhtml": .html,
        "jsonl": .jsonLines, "ndjson": .jsonLines,
        "json": .json,
        "csv": .csv,
        "tsv": .tsv, "tab": .tsv,
    ]

    /// Whether an input of this format holds records one after the other, so that it can be read in parts.
    var isRecordStream: Bool { self == .jsonLines || self == .csv || self == .tsv }

    /// The format that `name` tells by its extension, `.gz` set aside; `additional` extensions win over the usual ones.
    public static func named(
        byFile name: some StringProtocol, additional: [String: DocumentFormat] = [:]
    ) -> DocumentFormat? {
        let suffix = fileExtension(of: name)
        return additional[suffix] ?? extensions[suffix]
    }

    /// The extension of a file name in lower case, `.gz` set aside: `csv` for `papers.CSV.gz`.
    static func fileExtension(of name: some StringProtocol) -> String {
        var parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        if parts.count > 1, parts.last == "gz" { parts.removeLast() }
        return parts.count > 1 ? String(parts[parts.count - 1]) : ""
    }
}
