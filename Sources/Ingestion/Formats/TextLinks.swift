/// Where a text leads: the targets of its links and pictures and the pages that it names, as they are written, each once.
///
/// One rule for all formats: places in the text itself (`#intro`), scripts, and what is written out or sent along (`data:`,
/// `cid:`) are left out, and so are the files of a package, such as a book's other chapters.
struct TextLinks: Equatable {
    /// The targets, in the order of the text.
    private(set) var targets: [String] = []
    private var known: Set<String> = []
    /// Whether what has no scheme is a file of the package that the text is a part of.
    private let isInPackage: Bool

    /// Targets that are kept of a text; a page with more is a list of links.
    private static let mostTargets = 1000
    /// Bytes of one. A longer one holds a picture or a form.
    static let longestTarget = 2000
    /// Schemes that lead nowhere else.
    private static let innerSchemes = ["data:", "javascript:", "cid:", "mid:", "about:", "blob:", "attachment:"]

    init(isInPackage: Bool = false) { self.isInPackage = isInPackage }

    /// Notes where a link leads, unless it is to a place in the text itself.
    mutating func add(_ target: some StringProtocol) {
        guard targets.count < Self.mostTargets, target.utf8.count <= Self.longestTarget else { return }
        let target = String(target).trimmed
        guard let first = target.utf8.first, first != UInt8(ascii: "#") else { return }
        let start = target.prefix(12).lowercased()
        if Self.innerSchemes.contains(where: start.hasPrefix) { return }
        if isInPackage, !Self.hasScheme(target), !target.hasPrefix("//") { return }
        if known.insert(target).inserted { targets.append(target) }
    }

    /// Notes the targets of another text.
    mutating func add(_ other: TextLinks) { for target in other.targets { add(target) } }

    /// Whether a target says how it is reached: `https:`, `mailto:`.
    static func hasScheme(_ target: some StringProtocol) -> Bool {
        let scheme = target.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard (2...20).contains(scheme.count), scheme.endIndex < target.utf8.endIndex, let first = scheme.first else {
            return false
        }
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
        return isLetter(first)
            && scheme.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
    }

    // MARK: Addresses as they stand

    /// Notes the addresses that stand in a text as they are: `https://…`.
    ///
    /// - Complexity: O(n).
    mutating func add(addressesIn text: some Sequence<UInt8>) {
        let bytes = Array(text)
        bytes.withUnsafeBytes { bytes in
            var place = 0
            while let mark = bytes.firstRange(of: Self.mark, from: place) {
                place = mark + Self.mark.count
                guard let start = Self.start(ofSchemeBefore: mark, in: bytes) else { continue }
                let end = Self.end(ofAddressFrom: place, in: bytes)
                guard end > place else { continue }
                add(Self.address(bytes[start..<end]))
                place = end
            }
        }
    }

    private static let mark = Array("://".utf8)

    /// Where `http` or `https` begins that a mark follows, unless it is the end of a word.
    private static func start(ofSchemeBefore mark: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        for scheme in ["https", "http"] {
            let start = mark - scheme.utf8.count
            guard start >= 0, bytes[start..<mark].asText.lowercased() == scheme else { continue }
            let isWord = start > 0 && (0x61...0x7A).contains(bytes[start - 1] | 0x20)
            return isWord ? nil : start
        }
        return nil
    }

    private static func end(ofAddressFrom start: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        let limit = min(bytes.count, start + longestTarget)
        var end = start
        while end < limit, bytes[end] > 0x20, !"<>\"{}|\\^`".utf8.contains(bytes[end]) { end += 1 }
        return end
    }

    /// An address without what ends the sentence or bracket that it stands in.
    private static func address(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var address = bytes[...]
        if bytes.contains(where: { $0 >= 0x80 }) {
            // What ends it in scripts that put no blank behind it.
            let text = bytes.asText.unicodeScalars.prefix {
                !"“”„«»。，、；：）】》」』\u{A0}\u{3000}".unicodeScalars.contains($0)
            }
            address = bytes.prefix(String(text).utf8.count)
        }
        // Brackets that open in it, less those that close.
        var (round, square) = (0, 0)
        for byte in address {
            switch byte {
            case UInt8(ascii: "("): round += 1
            case UInt8(ascii: ")"): round -= 1
            case UInt8(ascii: "["): square += 1
            case UInt8(ascii: "]"): square -= 1
            default: break
            }
        }
        trimming: while let last = address.last {
            switch last {
            case UInt8(ascii: ")") where round < 0: round += 1
            case UInt8(ascii: "]") where square < 0: square += 1
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                break
            default: break trimming
            }
            address.removeLast()
        }
        return address.asText
    }
}

extension Page {
    /// Makes where its text leads a field, `links`, unless it says that itself.
    mutating func add(_ links: TextLinks) {
        guard !links.targets.isEmpty, !fields.contains(where: { $0.name.lowercased() == "links" }) else { return }
        fields.append(FieldValue.Member(name: "links", value: .list(links.targets.map { .text($0) })))
    }
}
