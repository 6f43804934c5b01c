import Foundation
import GRDB

/// A text that may name a document: an id, a URL, an arXiv id, a DOI, a file's name or path.
public struct PastedName: Sendable, Hashable {
    /// Ids that the document may have.
    public private(set) var ids: [String]
    /// URLs that it may have; none unless the text looks like one.
    public private(set) var urls: [String]
    /// What ids go on behind with the number of a version.
    private(set) var idBeginnings: [String]
    /// What URLs go on behind with the number of a version (`v2`), with what tracks readers (`?utm_source=feed`), or with a title.
    private(set) var urlBeginnings: [String]
    /// The end of its file's path; nil unless the text looks like a file.
    public internal(set) var path: String?
    /// What publications are called by, if the text says it: a DOI, or an arXiv id without its version.
    package private(set) var publications: [Publication]
    /// Whether the text is nothing but words, any of which may be an id.
    package private(set) var isWords = false

    /// Files with more documents than this are collections, which a file's name does not stand for.
    static let maximumDocuments = 16

    /// Reads a text; nil for one with blanks in it, or for a plain word.
    public init?(_ text: String) {
        var text = text[...]
        while let first = text.first, "<([{“\"".contains(first) { text.removeFirst() }
        while let last = text.last, ">)]}”\",;".contains(last), !Self.isClosed(text) { text.removeLast() }
        let whole = String(text)
        // The end of the sentence that it was copied from.
        while let last = text.last, ".:!?".contains(last) { text.removeLast() }
        // A word of letters alone names nothing; no longer text is an address.
        guard (2...2048).contains(text.utf8.count), !text.contains(where: \.isWhitespace),
            text.contains(where: { !$0.isLetter }), text.contains(where: { $0.isLetter || $0.isNumber })
        else { return nil }
        let written = String(text)
        let bare = WebAddress.withoutTracking(WebAddress.bare(written))
        // People write an id in any case; the index of ids tells cases apart.
        var ids = [whole, written, written.lowercased(), written.uppercased()]
        var places: [String] = []
        var (idBeginnings, urlBeginnings): ([String], [String]) = ([], [])
        let publication = Publication(bare)
        switch publication {
        case .arXiv(let id):
            ids += [id, "arXiv:\(id)", "arxiv:\(id)"]
            places += ["arxiv.org/abs/\(id)", "arxiv.org/pdf/\(id)", "arxiv.org/pdf/\(id).pdf"]
            if let version = Publication.version(bare) {
                ids += [id + version, "arXiv:\(id)\(version)", "arxiv:\(id)\(version)"]
                places += ["arxiv.org/abs/\(id)\(version)", "arxiv.org/pdf/\(id)\(version)"]
            }
            let doi = Publication.doi(ofArXiv: id)
            ids += [doi, "doi:\(doi)"]
            places += [doi, doi.lowercased()].map { "doi.org/\($0)" }
            idBeginnings = [id, "arXiv:\(id)", "arxiv:\(id)"].map { $0 + "v" }
            urlBeginnings = ["arxiv.org/abs/\(id)v", "arxiv.org/pdf/\(id)v"]
        case .doi(let doi):
            // Publishers write them in any case.
            for doi in Self.unique([doi, doi.lowercased(), doi.uppercased()]) {
                ids += [doi, "doi:\(doi)"]
                places += ["doi.org/\(doi)", "dx.doi.org/\(doi)"]
            }
        case .isbn(let number), .pubMed(let number): ids.append(number)
        case nil: break
        }
        if publication == nil || written.contains("://") || bare != written,
            written.contains("/") || written.contains(".")
        {
            places += WebAddress.places(of: bare)
            urlBeginnings += WebAddress.beginnings(of: bare)
        }
        self.ids = Self.unique(ids)
        (self.idBeginnings, self.urlBeginnings) = (
            idBeginnings, Self.unique(urlBeginnings.flatMap(WebAddress.withSchemes))
        )
        var urls = places.flatMap { [$0, $0 + "/"] }.flatMap(WebAddress.withSchemes)
        if case .doi = publication { urls += ids }
        self.urls = Self.unique(urls)
        publications = publication.map { [$0] } ?? []
        if case .arXiv(let id) = publication { publications.append(.doi(Publication.doi(ofArXiv: id))) }
        let isFile =
            written.hasPrefix("file://") || !written.contains("://") && (written.contains("/") || written.contains("."))
        var file = written.hasPrefix("file://") ? bare.removingPercentEncoding ?? bare : written
        for beginning in ["./", "../"] { while file.hasPrefix(beginning) { file.removeFirst(beginning.count) } }
        path = isFile ? file : nil
    }

    /// Whether the bracket at a text's end closes one in it: `…/wiki/Goodhart_(law)`.
    private static func isClosed(_ text: Substring) -> Bool {
        guard let last = text.last, let first: Character = [")": "(", "]": "[", "}": "{"][last] else { return false }
        return text.count { $0 == first } >= text.count { $0 == last }
    }

    private static func unique(_ texts: [String]) -> [String] {
        // NFC and NFD are other bytes. There are a dozen of them at most, mostly of different lengths.
        texts.reduce(into: []) { kept, text in
            if !kept.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { kept.append(text) }
        }
    }

    // MARK: Queries

    /// Reads a query, with or without blanks around it.
    ///
    /// A word may be an id. With blanks in it, the query may be the number of a publication behind what it is one of
    /// (`DOI: 10.1038/…`, `arxiv 1906.01820`); an id of several words, which is looked for where the query has a digit or is
    /// quoted, or where nothing else is found; or have names among its first ``mostWords`` words (`see https://…`), up to ``mostNames``.
    ///
    /// - Parameter findsNothing: Whether some of the query is in no text, so that several words may be an id.
    public init?(pasted query: String, findsNothing: Bool = false) {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = query.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return nil }
        let written = bytes[first...last]
        let isOneWord = !written.contains(where: isBlank)
        let isQuoted = written.count > 1 && written.first == UInt8(ascii: "\"") && written.last == UInt8(ascii: "\"")
        // Most queries are told by their bytes to be no name: every address has a slash, every number a digit.
        let hasName = written.contains {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "/")
        }
        guard isOneWord || isQuoted || hasName || findsNothing else { return nil }
        let text = String(query[first...last])
        guard !isOneWord else {
            if let name = PastedName(text.first == "+" ? String(text.dropFirst()) : text) {
                self = name
            } else {
                guard (2...Self.longestSpacedID).contains(written.count), text.allSatisfy(\.isLetter) else {
                    return nil
                }
                self.init(words: text)
            }
            return
        }
        if hasName {
            let words = text.split(maxSplits: Self.mostWords, whereSeparator: \.isWhitespace).prefix(Self.mostWords)
            let kind = words[0].lowercased().prefix { $0 != ":" }
            if words.count == 2, Publication.kinds.contains(String(kind)),
                words[0].count - kind.count <= 1, let publication = Publication(kind + ":" + words[1])
            {
                self.init(publication)
                return
            }
            if let names = PastedName(among: words) {
                self = names
                return
            }
        }
        let inner = written.dropFirst().dropLast()
        guard written.count <= Self.longestSpacedID, !inner.contains(UInt8(ascii: "\"")) else { return nil }
        self.init(words: isQuoted ? String(Substring(inner)) : text)
    }

    /// An id of several words has no more bytes than this.
    private static let longestSpacedID = 128
    /// Names among other words of a query that are looked for.
    private static let mostNames = 8
    /// Words of a query among which they are looked for: a paragraph, where a query may have ten pages, and is asked once more without
    /// each of its conditions when it finds nothing.
    private static let mostWords = 128

    /// A publication that was named by its number.
    private init(_ publication: Publication) {
        let kind = publication.metadataNames[0]
        self = PastedName("\(kind):\(publication.text)") ?? PastedName(words: publication.text)
    }

    /// Words that may be an id, of which nothing else is known.
    private init(words: String) {
        let (lower, upper) = (words.lowercased(), words.uppercased())
        ids = [words]
        if lower != words { ids.append(lower) }
        if upper != words, upper != lower { ids.append(upper) }
        (urls, idBeginnings, urlBeginnings, path, publications) = ([], [], [], nil, [])
        isWords = true
    }

    /// The addresses and numbers of publications among words; nil where there are none.
    private init?(among words: ArraySlice<Substring>) {
        let names = words.lazy.filter { word in
            word.first != "-" && (word.contains("://") || word.contains { $0.isNumber })
        }.map { $0.first == "+" ? $0.dropFirst() : $0 }.filter { word in
            word.contains("://") || Publication(String(word.filter { !"<>()[],;".contains($0) })) != nil
        }.prefix(Self.mostNames).compactMap { PastedName(String($0)) }
        guard var all = names.first else { return nil }
        for name in names.dropFirst() {
            all.ids += name.ids
            all.urls += name.urls
            all.idBeginnings += name.idBeginnings
            all.urlBeginnings += name.urlBeginnings
            all.publications += name.publications
        }
        all.path = nil
        self = all
    }

    // MARK: SQL

    /// The condition, over table `documents`.
    var sql: SQL {
        var parts: [SQL] = ["external_id IN \(ids)"]
        if !urls.isEmpty { parts.append("url IN \(urls)") }
        // The indexes of both answer this; U+10FFFF sorts behind everything that can follow.
        for beginning in idBeginnings {
            parts.append("(external_id >= \(beginning) AND external_id < \(beginning + "\u{10FFFF}"))")
        }
        for beginning in urlBeginnings {
            parts.append("(url >= \(beginning) AND url < \(beginning + "\u{10FFFF}"))")
        }
        if let path {
            let ending = "/" + path
            parts.append(
                """
                source IN (SELECT id FROM sources
                  WHERE (path = \(path) COLLATE NOCASE OR substr(path, -length(\(ending))) = \(ending) COLLATE NOCASE
                      OR substr(\(ending), -length(path) - 1) = '/' || path)
                    AND (SELECT count(*) FROM (SELECT 1 FROM documents WHERE source = sources.id
                      LIMIT \(Self.maximumDocuments + 1))) <= \(Self.maximumDocuments))
                """)
        }
        return "(\(parts.joined(operator: .or)))"
    }
}
