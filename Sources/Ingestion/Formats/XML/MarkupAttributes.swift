/// Takes out of HTML or XML what would take a parser quadratic time, before it is parsed: surplus attributes, and long comments.
///
/// libxml2 compares each attribute of an element with all before it, so that an element with a million of them takes minutes.
/// With no more than `maximumCount` the comparisons are bounded for each attribute. The walk looks at each byte a bounded
/// number of times.
///
/// In XML a document type brings attributes, too: defaults that every element of a name gets, and entities that elements
/// stand in. The defaults go, since none of them is read, and so do the values of entities that are longer than any that is.
/// A comment has two hyphens in a row only by mistake; libxml2 copies what it has of the comment for each pair. Of comments for which
/// that is much, only the line ends stay.
struct MarkupAttributes {
    /// Attributes that an element keeps. Pages made for readers have a few dozen at most.
    static let maximumCount = 256
    /// Bytes of an entity's value; there is no room in it for more attributes than that.
    private static let longestEntity = 1024

    /// Bytes that may be copied for one comment: for one of a page's length a few hundred times that.
    private static let mostCopied = 1 << 20

    /// What is said of surplus ones.
    static let surplusReason = "an element has more than \(maximumCount) attributes; the others were left out"

    /// The language of the bytes, which are in ASCII where the mark-up is.
    enum Language { case html, xml }

    /// Prefixes that may be declared around an element. libxml2 looks through them all for each name that has one; an
    /// element that would declare more keeps no attributes.
    private static let maximumPrefixes = 1024

    /// How many prefixes are declared in and around each element that is open, in XML.
    private var scopes: [Int] = []

    private let language: Language
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    /// The parts that are left out.
    private(set) var surplus: [Range<Int>] = []
    /// Where the first element with surplus ones has them.
    private var surplusPlace: Int?

    /// Looks through a page or document.
    init(_ bytes: UnsafeRawBufferPointer, _ language: Language = .html) {
        self.bytes = bytes
        self.language = language
        while let start = bytes.first(UInt8(ascii: "<"), from: place) {
            place = start + 1
            if starts(with: "!--") {
                takeComment()
            } else if language == .html {
                if isLetter { takeTag() }
            } else if starts(with: "![CDATA[") {
                skip(past: "]]>")
            } else if starts(with: "?") {
                skip(past: "?>")
            } else if starts(with: "!ATTLIST") || starts(with: "!ENTITY") {
                takeDeclaration(isEntity: starts(with: "!ENTITY"))
            } else if starts(with: "/") {
                scopes.removeLast(scopes.isEmpty ? 0 : 1)
            } else if !starts(with: "!") {
                takeTag()
            }
        }
    }

    /// The 1-based line of the first element with too many.
    var surplusLine: Int? { surplusPlace.map { place in 1 + bytes[..<place].count { $0 == 0x0A } } }

    /// The page without the surplus; nil when there is none.
    var limited: [UInt8]? {
        if surplus.isEmpty { return nil }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var start = 0
        for range in surplus {
            kept += bytes[start..<range.lowerBound]
            start = range.upperBound
        }
        kept += bytes[start...]
        return kept
    }

    private var isLetter: Bool { place < bytes.count && (0x61...0x7A).contains(bytes[place] | 0x20) }

    private func starts(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard place + length <= bytes.count else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(bytes[place..<place + length]) }
    }

    /// Goes behind the next occurrence of a text, or to the end.
    private mutating func skip(past text: StaticString) {
        let first = text.withUTF8Buffer { $0[0] }
        while let found = bytes.first(first, from: place) {
            place = found
            if starts(with: text) {
                place += text.utf8CodeUnitCount
                return
            }
            place += 1
        }
        place = bytes.count
    }

    /// Goes behind a comment, which may have no end, and leaves out its text where that is costly.
    private mutating func takeComment() {
        let start = place + 3
        skip(past: "-->")
        guard language == .xml, place - start > 1024 else { return }
        let text = UnsafeRawBufferPointer(rebasing: bytes[start..<place])
        let pairs = zip(text, text.dropFirst()).count { $0 == UInt8(ascii: "-") && $1 == UInt8(ascii: "-") }
        guard pairs * text.count > Self.mostCopied else { return }
        let isClosed = text.suffix(3).elementsEqual("-->".utf8)
        let end = isClosed ? place - 3 : place
        var line = start
        while line < end {
            let next = bytes.first(0x0A, from: line).map { min($0, end) } ?? end
            if line < next { surplus.append(line..<next) }
            line = next + 1
        }
    }

    /// Goes behind a start tag, and behind what it holds when that is a program.
    private mutating func takeTag() {
        let start = place
        while place < bytes.count, !isEnd(bytes[place]), !isSpace(bytes[place]) { place += 1 }
        let name = bytes[start..<place].prefix(8).map { $0 | 0x20 }
        let first = place
        let prefixes = (scopes.last ?? 0) + takeAttributes()
        if language == .xml { return open(prefixes, attributes: first..<place) }
        if name == Array("script".utf8) || name == Array("style".utf8) { skip(past: "</") }
    }

    /// Enters an element of XML, unless it ends itself.
    private mutating func open(_ prefixes: Int, attributes: Range<Int>) {
        let endsItself = place > attributes.lowerBound && bytes[place - 1] == UInt8(ascii: "/")
        if prefixes > Self.maximumPrefixes {
            while let last = surplus.last, last.lowerBound >= attributes.lowerBound { surplus.removeLast() }
            surplus.append(attributes.lowerBound..<(endsItself ? place - 1 : place))
            surplusPlace = surplusPlace ?? attributes.lowerBound
        }
        if !endsItself { scopes.append(prefixes > Self.maximumPrefixes ? scopes.last ?? 0 : prefixes) }
    }

    /// Goes behind the attributes of an element, and gives how many of those that stay declare a prefix.
    private mutating func takeAttributes() -> Int {
        var count = 0
        var prefixes = 0
        var cut: Int?
        while true {
            while place < bytes.count, isSpace(bytes[place]) || bytes[place] == UInt8(ascii: "/") { place += 1 }
            guard place < bytes.count, bytes[place] != UInt8(ascii: ">") else { break }
            count += 1
            if count == Self.maximumCount + 1 { cut = place }
            if cut == nil, starts(with: "xmlns:") { prefixes += 1 }
            takeAttribute()
        }
        guard let cut else { return prefixes }
        // An element that ends itself goes on doing so.
        let end = place > cut && place < bytes.count && bytes[place - 1] == UInt8(ascii: "/") ? place - 1 : place
        surplus.append(cut..<end)
        surplusPlace = surplusPlace ?? cut
        return prefixes
    }

    /// Goes behind a declaration of a document type, and leaves out its text where that may be long.
    private mutating func takeDeclaration(isEntity: Bool) {
        let start = place - 1
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
            guard bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
                place += 1
                continue
            }
            let open = place
            let close = bytes.first(bytes[place], from: place + 1) ?? bytes.count
            if isEntity, close - open > Self.longestEntity { surplus.append(open + 1..<close) }
            place = min(bytes.count, close + 1)
        }
        place = min(bytes.count, place + 1)
        if !isEntity { surplus.append(start..<place) }
    }

    private mutating func takeAttribute() {
        // A name may begin with an equals sign.
        place += 1
        while place < bytes.count, !isEnd(bytes[place]), !isSpace(bytes[place]), bytes[place] != UInt8(ascii: "=") {
            place += 1
        }
        let nameEnd = place
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else {
            place = nameEnd
            return
        }
        place += 1
        skipSpace()
        guard place < bytes.count else { return }
        let quote = bytes[place]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            place = bytes.first(quote, from: place + 1).map { $0 + 1 } ?? bytes.count
        } else {
            while place < bytes.count, !isSpace(bytes[place]), bytes[place] != UInt8(ascii: ">") { place += 1 }
        }
    }

    private mutating func skipSpace() {
        while place < bytes.count, isSpace(bytes[place]) { place += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Whether a byte ends a name.
    private func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") }
}
