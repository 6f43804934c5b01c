import GRDB

/// A text that may name a document: an id, a URL, an arXiv id, a DOI, a file's name or path.
public struct PastedName: Sendable, Hashable {
    /// Ids that the document may have.
    public let ids: [String]
    /// URLs that it may have; none unless the text looks like one.
    public let urls: [String]
    /// The end of its file's path; nil unless the text looks like a file.
    public internal(set) var path: String?

    /// Files with more documents than this are collections, which a file's name does not stand for.
    private static let maximumDocuments = 16

    /// Reads a text; nil for one with blanks in it, or for a plain word.
    public init?(_ text: String) {
        var text = text[...]
        while let first = text.first, "<([“\"".contains(first) { text.removeFirst() }
        while let last = text.last, ">)]”\",;".contains(last) { text.removeLast() }
        // A word of letters alone names nothing; no longer text is an address.
        guard (2...2048).contains(text.utf8.count), !text.contains(where: \.isWhitespace),
            text.contains(where: { !$0.isLetter }), text.contains(where: { $0.isLetter || $0.isNumber })
        else { return nil }
        let written = String(text)
        let bare = Self.withoutScheme(written)
        let lower = bare.lowercased()
        var ids = [written]
        var places: [String] = []
        if let arXiv = Self.arXivID(lower) {
            let unversioned = Self.withoutVersion(arXiv)
            for id in Set([arXiv, unversioned]) {
                ids += [id, "arXiv:\(id)", "arxiv:\(id)"]
                places += ["arxiv.org/abs/\(id)", "arxiv.org/pdf/\(id)", "arxiv.org/pdf/\(id).pdf"]
            }
        } else if let doi = Self.doi(bare) {
            ids += [doi, "doi:\(doi)"]
            places += ["doi.org/\(doi)", "dx.doi.org/\(doi)"]
        } else if written.contains("/") || written.contains(".") {
            places.append(bare)
        }
        self.ids = ids
        urls = places.flatMap { place in
            ["https://", "http://", "https://www.", "http://www.", ""].flatMap { [$0 + place, $0 + place + "/"] }
        }
        let isFile = !written.contains("://") && (written.contains("/") || written.contains("."))
        path = isFile ? (written.hasPrefix("./") ? String(written.dropFirst(2)) : written) : nil
    }

    /// Reads a query, with or without blanks around it. Most are told by their bytes to be no name.
    public init?(pasted query: String) {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = query.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return nil }
        let written = bytes[first...last]
        guard !written.contains(where: isBlank),
            written.contains(where: { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) })
        else { return nil }
        self.init(String(query[first...last]))
    }

    private static func withoutScheme(_ text: String) -> String {
        var rest = text[...]
        if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
        if rest.lowercased().hasPrefix("www.") { rest = rest.dropFirst(4) }
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }

    /// The id of `arxiv:1906.01820v2`, `arxiv.org/abs/1906.01820` or `1906.01820`, the text in small letters.
    private static func arXivID(_ text: String) -> String? {
        var id = text[...]
        for beginning in ["arxiv:", "arxiv.org/abs/", "arxiv.org/pdf/"] where id.hasPrefix(beginning) {
            id = id.dropFirst(beginning.count)
        }
        if id.hasSuffix(".pdf") { id = id.dropLast(4) }
        let parts = withoutVersion(String(id)).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, (4...5).contains(parts[1].count),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
        else { return nil }
        return String(id)
    }

    /// An arXiv id without the version's number.
    private static func withoutVersion(_ id: String) -> String {
        guard let v = id.lastIndex(of: "v"), v != id.startIndex, id[id.index(after: v)...].allSatisfy(\.isNumber) else {
            return id
        }
        return String(id[..<v])
    }

    /// The DOI of `doi:10.1038/s41586-020`, `doi.org/10.1038/s41586-020` or the DOI alone.
    private static func doi(_ text: String) -> String? {
        var doi = text[...]
        for beginning in ["doi:", "doi.org/", "dx.doi.org/"] where doi.lowercased().hasPrefix(beginning) {
            doi = doi.dropFirst(beginning.count)
        }
        guard doi.hasPrefix("10."), let slash = doi.firstIndex(of: "/"), doi.index(after: slash) < doi.endIndex,
            doi[..<slash].dropFirst(3).allSatisfy({ $0.isNumber || $0 == "." })
        else { return nil }
        return String(doi)
    }

    /// The condition, over table `documents`.
    var sql: SQL {
        var parts: [SQL] = ["external_id IN \(ids)"]
        if !urls.isEmpty { parts.append("url IN \(urls)") }
        if let path {
            let ending = "/" + path
            parts.append(
                """
                source IN (SELECT id FROM sources
                  WHERE (path = \(path) OR substr(path, -length(\(ending))) = \(ending))
                    AND (SELECT count(*) FROM (SELECT 1 FROM documents WHERE source = sources.id
                      LIMIT \(Self.maximumDocuments + 1))) <= \(Self.maximumDocuments))
                """)
        }
        return "(\(parts.joined(operator: .or)))"
    }
}
