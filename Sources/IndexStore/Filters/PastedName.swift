import Foundation
import GRDB

/// A text that may name a document: an id, a URL, an arXiv id, a DOI, a file's name or path.
public struct PastedName: Sendable, Hashable {
    /// Ids that the document may have.
    public let ids: [String]
    /// URLs that it may have; none unless the text looks like one.
    public let urls: [String]
    /// What ids go on behind with the number of a version.
    let idBeginnings: [String]
    /// What URLs go on behind with the number of a version (`v2`) or with what tracks readers (`?utm_source=feed`).
    let urlBeginnings: [String]
    /// The end of its file's path; nil unless the text looks like a file.
    public internal(set) var path: String?
    /// What publications are called by, if the text says it: a DOI, or an arXiv id without its version.
    package let publication: Publication?

    /// The number of a publication.
    package enum Publication: Sendable, Hashable {
        case arXiv(String)
        case doi(String)

        /// The number as texts have it.
        package var text: String {
            switch self {
            case .arXiv(let id): id
            case .doi(let doi): doi
            }
        }

        /// Names of metadata under which bibliographies have it.
        package var metadataNames: [String] {
            switch self {
            case .arXiv: ["arxiv", "arxiv_id", "eprint"]
            case .doi: ["doi"]
            }
        }
    }

    /// Files with more documents than this are collections, which a file's name does not stand for.
    static let maximumDocuments = 16

    /// Reads a text; nil for one with blanks in it, or for a plain word.
    public init?(_ text: String) {
        var text = text[...]
        while let first = text.first, "<([“\"".contains(first) { text.removeFirst() }
        while let last = text.last, ">)]”\",;".contains(last) { text.removeLast() }
        let whole = String(text)
        // The end of the sentence that it was copied from.
        while let last = text.last, ".:!?".contains(last) { text.removeLast() }
        // A word of letters alone names nothing; no longer text is an address.
        guard (2...2048).contains(text.utf8.count), !text.contains(where: \.isWhitespace),
            text.contains(where: { !$0.isLetter }), text.contains(where: { $0.isLetter || $0.isNumber })
        else { return nil }
        let written = String(text)
        let bare = Self.withoutTracking(Self.withoutScheme(written))
        // People write an id in any case; the index of ids tells cases apart.
        var ids = [whole, written, written.lowercased(), written.uppercased()]
        var places: [String] = []
        var (idBeginnings, urlBeginnings): ([String], [String]) = ([], [])
        publication = Self.publication(bare)
        switch publication {
        case .arXiv(let id):
            ids += [id, "arXiv:\(id)", "arxiv:\(id)"]
            places += ["arxiv.org/abs/\(id)", "arxiv.org/pdf/\(id)", "arxiv.org/pdf/\(id).pdf"]
            if let version = Self.version(bare) {
                ids += [id + version, "arXiv:\(id)\(version)", "arxiv:\(id)\(version)"]
                places += ["arxiv.org/abs/\(id)\(version)", "arxiv.org/pdf/\(id)\(version)"]
            }
            idBeginnings = [id, "arXiv:\(id)", "arxiv:\(id)"].map { $0 + "v" }
            urlBeginnings = ["arxiv.org/abs/\(id)v", "arxiv.org/pdf/\(id)v"].flatMap(Self.withSchemes)
        case .doi(let doi):
            // Publishers write them in any case.
            for doi in Self.unique([doi, doi.lowercased(), doi.uppercased()]) {
                ids += [doi, "doi:\(doi)"]
                places += ["doi.org/\(doi)", "dx.doi.org/\(doi)"]
            }
        case nil:
            if written.contains("/") || written.contains(".") {
                // A place on the page is of no account, in what is pasted or in what is stored.
                let page = bare.firstIndex(of: "#").map { Self.withoutSlash(bare[..<$0]) } ?? bare
                places = Self.unique(
                    [bare, page, bare.removingPercentEncoding ?? bare].flatMap { place in
                        [place, place.addingPercentEncoding(withAllowedCharacters: Self.urlCharacters) ?? place]
                    })
                let goingOn = ["?utm_", "/?utm_"] + (page.contains("/") ? ["#", "/#"] : [])
                urlBeginnings = [page, page.removingPercentEncoding ?? page].flatMap { place in
                    goingOn.map { place + $0 }
                }.flatMap(Self.withSchemes)
            }
        }
        self.ids = Self.unique(ids)
        (self.idBeginnings, self.urlBeginnings) = (idBeginnings, urlBeginnings)
        var urls = places.flatMap { [$0, $0 + "/"] }.flatMap(Self.withSchemes)
        if case .doi = publication { urls += ids }
        self.urls = Self.unique(urls)
        let isFile =
            written.hasPrefix("file://") || !written.contains("://") && (written.contains("/") || written.contains("."))
        var file = written.hasPrefix("file://") ? bare.removingPercentEncoding ?? bare : written
        for beginning in ["./", "../"] { while file.hasPrefix(beginning) { file.removeFirst(beginning.count) } }
        path = isFile ? file : nil
    }

    private static func withoutSlash(_ address: Substring) -> String {
        var rest = address
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }

    /// What an address without a scheme may be stored as.
    private static func withSchemes(_ place: String) -> [String] {
        ["https://", "http://", "https://www.", "http://www.", ""].map { $0 + place }
    }

    /// What stands as it is in a URL; percent signs are escapes already.
    private static let urlCharacters = CharacterSet.urlQueryAllowed.union(CharacterSet(charactersIn: "#%"))

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<[UInt8]> = []
        // NFC and NFD are other bytes.
        return texts.filter { seen.insert(Array($0.utf8)).inserted }
    }

    /// Reads a query, with or without blanks around it. Most are told by their bytes to be no name.
    ///
    /// With blanks in it, it may be the number of a publication behind what it is one of (`DOI: 10.1038/…`, `arxiv 1906.01820`),
    /// or an id of several words, which is looked for where the query has a digit or is quoted.
    public init?(pasted query: String) {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = query.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return nil }
        let written = bytes[first...last]
        guard written.contains(where: { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) && !isBlank($0) })
        else { return nil }
        let text = String(query[first...last])
        guard written.contains(where: isBlank) else {
            self.init(text)
            return
        }
        let isQuoted = written.count > 1 && written.first == UInt8(ascii: "\"") && written.last == UInt8(ascii: "\"")
        let hasDigit = written.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard written.count <= Self.longestSpacedID, isQuoted || hasDigit else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        let kind = words[0].lowercased()
        if words.count == 2, ["doi", "doi:", "arxiv", "arxiv:"].contains(kind),
            let publication = Self.publication(kind.prefix { $0 != ":" } + ":" + words[1])
        {
            self.init(publication)
            return
        }
        guard !text.dropFirst().dropLast().contains("\"") else { return nil }
        let id = isQuoted ? String(text.dropFirst().dropLast()) : text
        self.init(id: id)
    }

    /// An id of several words has no more bytes than this.
    private static let longestSpacedID = 128

    /// A publication that was named by its number.
    private init(_ publication: Publication) {
        self =
            switch publication {
            case .arXiv(let id): PastedName("arXiv:" + id) ?? PastedName(id: id)
            case .doi(let doi): PastedName("doi:" + doi) ?? PastedName(id: doi)
            }
    }

    /// An id that nothing else is known of.
    private init(id: String) {
        ids = Self.unique([id, id.lowercased()])
        (urls, idBeginnings, urlBeginnings, path, publication) = ([], [], [], nil, nil)
    }

    /// The address without scheme, `www.` and the slash at its end, the host in small letters.
    private static func withoutScheme(_ text: String) -> String {
        var rest = text[...]
        var isURL = false
        if let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...]
            isURL = true
        }
        if rest.prefix(4).lowercased() == "www." {
            rest = rest.dropFirst(4)
            isURL = true
        }
        while rest.last == "/" { rest.removeLast() }
        guard isURL else { return String(rest) }
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return host.lowercased() + rest[host.endIndex...]
    }

    /// The names of parameters that say where a reader came from, apart from those that begin with `utm_`.
    private static let trackingParameters: Set<Substring> = ["fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref"]

    /// An address without parameters that only track readers.
    private static func withoutTracking(_ address: String) -> String {
        guard let mark = address.firstIndex(of: "?") else { return address }
        let fragment = address[mark...].firstIndex(of: "#") ?? address.endIndex
        let parameters = address[address.index(after: mark)..<fragment].split(separator: "&").filter {
            let name = $0.prefix { $0 != "=" }
            return !name.hasPrefix("utm_") && !trackingParameters.contains(name)
        }
        var rest = String(address[..<mark])
        while parameters.isEmpty, rest.last == "/" { rest.removeLast() }
        return rest + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")) + address[fragment...]
    }

    /// The publication whose number, or whose address at arxiv.org or doi.org, a text is.
    package static func publication(_ text: String) -> Publication? {
        // Every one of these has a point or a slash, which hardly any word has.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) else { return nil }
        let bare = withoutScheme(text)
        if let id = arXivID(bare.lowercased()) { return .arXiv(id) }
        return doi(bare).map { .doi($0) }
    }

    /// The number of a text that says what it is the number of: an address, or one behind `arXiv:` or `doi:`.
    package static func addressedPublication(_ text: String) -> Publication? {
        guard text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "/")), !text.hasPrefix("10.")
        else { return nil }
        return publication(text)
    }

    /// The id, without its version, of `arxiv:1906.01820v2`, `arxiv.org/abs/1906.01820?context=cs`, `1906.01820` or
    /// `arxiv:hep-th/9901001`, the text in small letters.
    private static func arXivID(_ text: String) -> String? {
        var id = text[...]
        var isNamed = false
        for beginning in ["arxiv:", "arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/"] where id.hasPrefix(beginning)
        {
            id = id.dropFirst(beginning.count).prefix { $0 != "?" && $0 != "#" }
            isNamed = true
        }
        if id.hasSuffix(".pdf") { id = id.dropLast(4) }
        id = id.prefix(id.count - (version(String(id))?.count ?? 0))
        func areDigits(_ text: Substring) -> Bool { text.allSatisfy { $0.isASCII && $0.isNumber } }
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].count == 4, (4...5).contains(parts[1].count), parts.allSatisfy(areDigits) {
            return String(id)
        }
        // Until 2007: hep-th/9901001, math.AG/0601001.
        let halves = id.split(separator: "/", omittingEmptySubsequences: false)
        let archive = halves[0].prefix { $0 != "." }
        guard isNamed || archives.contains(String(archive)), halves.count == 2, halves[1].count == 7,
            areDigits(halves[1]),
            halves[0].first?.isLetter ?? false, halves[0].allSatisfy({ $0.isLetter || $0 == "-" || $0 == "." })
        else { return nil }
        return String(id)
    }

    /// Subjects under which arXiv numbered papers until 2007.
    private static let archives: Set<String> = [
        "astro-ph", "cond-mat", "cs", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "nlin",
        "nucl-ex",
        "nucl-th", "physics", "q-bio", "quant-ph",
    ]

    /// The version at the end of an arXiv id or of an address with one.
    private static func version(_ id: String) -> String? {
        let id = id.hasSuffix(".pdf") ? String(id.dropLast(4)) : id
        guard let v = id.lastIndex(of: "v"), v != id.startIndex, id[id.index(before: v)].isNumber else { return nil }
        let number = id[id.index(after: v)...]
        return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber } ? String(id[v...]) : nil
    }

    /// The DOI of `doi:10.1038/s41586-020`, `doi.org/10.1038/s41586-020` or the DOI alone.
    private static func doi(_ text: String) -> String? {
        var doi = text[...]
        for beginning in ["doi:", "doi.org/", "dx.doi.org/"]
        where doi.prefix(beginning.count).lowercased() == beginning {
            doi = doi.dropFirst(beginning.count)
        }
        while doi.first == " " { doi = doi.dropFirst() }
        guard doi.hasPrefix("10."), let slash = doi.firstIndex(of: "/"), doi.index(after: slash) < doi.endIndex,
            doi[..<slash].dropFirst(3).allSatisfy({ $0.isNumber || $0 == "." })
        else { return nil }
        return doi.removingPercentEncoding ?? String(doi)
    }

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
