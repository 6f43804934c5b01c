import Foundation

/// The number that a publication is known by.
package enum Publication: Sendable, Hashable {
    /// An arXiv id without its version: `1906.01820`, `hep-th/9901001`.
    case arXiv(String)
    /// A digital object identifier: `10.1038/s41586-020`.
    case doi(String)
    /// An international standard book number, without hyphens.
    case isbn(String)
    /// A number of PubMed.
    case pubMed(String)

    /// The number as texts have it.
    package var text: String {
        switch self {
        case .arXiv(let text), .doi(let text), .isbn(let text), .pubMed(let text): text
        }
    }

    /// Names of metadata under which bibliographies have it.
    package var metadataNames: [String] {
        switch self {
        case .arXiv: ["arxiv", "arxiv_id", "eprint"]
        case .doi: ["doi"]
        case .isbn: ["isbn"]
        case .pubMed: ["pmid", "pubmed"]
        }
    }

    /// What stands before a number that says what it is the number of.
    static let kinds: Set<String> = ["arxiv", "doi", "isbn", "pmid", "pubmed"]

    /// The publication whose number a text is, or whose address at arXiv, at doi.org or at a publisher whose addresses have the DOI.
    package init?(_ text: String) {
        guard Self.mayBeOne(text) else { return nil }
        self.init(reading: text)
    }

    /// The same without a look at the bytes first.
    init?(reading text: String) {
        let bare = WebAddress.bare(text)
        if let id = Self.arXivID(bare.lowercased()) {
            self = .arXiv(id)
        } else if let doi = Self.doi(bare) {
            self = .doi(doi)
        } else if let number = Self.number(bare, behind: ["isbn:"]), let isbn = Self.isbn(number) {
            self = .isbn(isbn)
        } else if let number = Self.number(bare, behind: ["pmid:", "pubmed:", "pubmed.ncbi.nlm.nih.gov/"]),
            (1...9).contains(number.utf8.count), number.allSatisfy({ $0.isASCII && $0.isNumber })
        {
            self = .pubMed(number)
        } else {
            return nil
        }
    }

    /// Whether a text has what each of these has, told by its bytes: hardly any word of a query and no filter has it.
    private static func mayBeOne(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func areDigits(_ part: ArraySlice<UInt8>) -> Bool {
            part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        // No letter but those of ASCII becomes one of a kind's letters when it is made small.
        func ends(_ part: ArraySlice<UInt8>, with kind: String) -> Bool {
            part.suffix(kind.utf8.count).elementsEqual(kind.utf8) { $0 | 0x20 == $1 }
        }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            // An address, a DOI with its slash, an id of arXiv until 2007.
            case UInt8(ascii: "/"), UInt8(ascii: "%"): return true
            // Later ids of arXiv: 1906.01820.
            case UInt8(ascii: "."):
                if index >= 4, bytes.count >= index + 5,
                    areDigits(bytes[(index - 4)..<index]), areDigits(bytes[(index + 1)...(index + 4)])
                {
                    return true
                }
            case UInt8(ascii: ":"):
                if kinds.contains(where: { ends(bytes[..<index], with: $0) }) { return true }
            default: break
            }
        }
        return false
    }

    /// The number of a text that says what it is the number of: an address, or one behind `arXiv:` or `doi:`.
    package init?(addressed text: String) {
        guard text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "/")), !text.hasPrefix("10.")
        else { return nil }
        self.init(text)
    }

    // MARK: arXiv

    /// The id, without its version, of `arxiv:1906.01820v2`, `arxiv.org/abs/1906.01820?context=cs`, `1906.01820` or
    /// `arxiv:hep-th/9901001`, the text in small letters.
    private static func arXivID(_ text: String) -> String? {
        var id = text[...]
        var isNamed = false
        // arXiv has a DOI for each paper, made of its id: 10.48550/arXiv.1906.01820.
        if let mark = arXivDOIs.lazy.compactMap({ id.firstRange(of: $0) }).first,
            mark.lowerBound == id.startIndex || "/:".contains(id[id.index(before: mark.lowerBound)])
        {
            id = id[mark.upperBound...]
            isNamed = true
        } else if id.hasPrefix("arxiv:") {
            id = id.dropFirst(6)
            isNamed = true
        } else if let slash = id.firstIndex(of: "/"), arXivMirrors.contains(where: id[..<slash].hasSuffix) {
            for folder in ["/abs/", "/pdf/", "/html/", "/papers/", "/arxiv/"] where id[slash...].hasPrefix(folder) {
                id = id[slash...].dropFirst(folder.count).prefix { $0 != "?" && $0 != "#" }
                isNamed = true
                break
            }
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

    /// How arXiv's DOIs begin, as they are and as addresses have them.
    private static let arXivDOIs = ["10.48550/arxiv.", "10.48550%2farxiv."]

    /// The DOI that arXiv gives to a paper.
    static func doi(ofArXiv id: String) -> String { "10.48550/arXiv." + id }

    /// Ends of hosts at which the papers of arXiv are read, under their ids.
    private static let arXivMirrors = [
        "arxiv.org", "ar5iv.org", "alphaxiv.org", "arxiv-vanity.com", "scirate.com", "huggingface.co",
    ]

    /// Subjects under which arXiv numbered papers until 2007.
    private static let archives: Set<String> = [
        "astro-ph", "cond-mat", "cs", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "nlin",
        "nucl-ex",
        "nucl-th", "physics", "q-bio", "quant-ph",
    ]

    /// The version at the end of an arXiv id or of an address with one.
    static func version(_ id: String) -> String? {
        let id = id.hasSuffix(".pdf") ? String(id.dropLast(4)) : id
        guard let v = id.lastIndex(of: "v"), v != id.startIndex, id[id.index(before: v)].isNumber else { return nil }
        let number = id[id.index(after: v)...]
        return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber } ? String(id[v...]) : nil
    }

    // MARK: DOI

    /// The DOI of `doi:10.1038/s41586-020`, `doi.org/10.1038/s41586-020`, `dl.acm.org/doi/10.1145/3442188` or the DOI alone.
    private static func doi(_ text: String) -> String? {
        let text = text.removingPercentEncoding ?? text
        guard let start = startOfDOI(text) else { return nil }
        var doi = text[start...]
        guard let slash = doi.firstIndex(of: "/"), doi.index(after: slash) < doi.endIndex else { return nil }
        // What a publisher's address has behind the DOI; a DOI of doi.org has whatever it has.
        let host = text.prefix { $0 != "/" }
        if start > text.startIndex, host.contains("."), !host.hasSuffix("doi.org") {
            doi = doi.prefix { $0 != "?" && $0 != "#" && $0 != "&" }
            for ending in ["/full", "/abstract", "/pdf", "/html", "/meta", ".pdf"] where doi.hasSuffix(ending) {
                doi = doi.dropLast(ending.count)
            }
        }
        return String(doi)
    }

    /// Where `10.` and the digits of a registrant begin, at the beginning of a text or of a part of an address.
    private static func startOfDOI(_ text: String) -> String.Index? {
        var rest = text[...]
        while let found = rest.firstRange(of: "10.") {
            let isStart =
                found.lowerBound == text.startIndex || "/:= ".contains(text[text.index(before: found.lowerBound)])
            let registrant = text[found.upperBound...].prefix { $0.isASCII && $0.isNumber || $0 == "." }
            if isStart, (4...16).contains(registrant.count), text[registrant.endIndex...].first == "/" {
                return found.lowerBound
            }
            rest = rest[found.upperBound...]
        }
        return nil
    }

    // MARK: Books, PubMed

    private static func number(_ text: String, behind beginnings: [String]) -> String? {
        for beginning in beginnings where text.prefix(beginning.count).lowercased() == beginning {
            return text.dropFirst(beginning.count).trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    /// The ten or thirteen digits of an ISBN, if the last one checks the others (ISO 2108).
    private static func isbn(_ text: String) -> String? {
        let digits = text.filter { $0 != "-" && $0 != " " }.uppercased()
        var values: [Int] = []
        for (place, digit) in digits.enumerated() {
            if let value = digit.wholeNumberValue, digit.isASCII {
                values.append(value)
            } else if digit == "X", place == 9 {
                values.append(10)
            } else {
                return nil
            }
        }
        switch values.count {
        case 10: return values.enumerated().reduce(0) { $0 + (10 - $1.offset) * $1.element } % 11 == 0 ? digits : nil
        case 13:
            return values.enumerated().reduce(0) { $0 + ($1.offset % 2 * 2 + 1) * $1.element } % 10 == 0 ? digits : nil
        default: return nil
        }
    }
}
