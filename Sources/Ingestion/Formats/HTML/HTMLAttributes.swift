/// Takes surplus attributes out of a page before it is parsed.
///
/// libxml2 compares each attribute of an element with all before it, so that an element with a million of them takes minutes.
/// With no more than `maximumCount` the comparisons are bounded for each attribute. The walk looks at each byte a bounded
/// number of times.
struct HTMLAttributes {
    /// Attributes that an element keeps. Pages made for readers have a few dozen at most.
    static let maximumCount = 256

    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    /// The parts that are left out.
    private(set) var surplus: [Range<Int>] = []

    /// Looks through a page.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        while let start = bytes.first(UInt8(ascii: "<"), from: place) {
            place = start + 1
            if starts(with: "!--") {
                skip(past: "-->")
            } else if isLetter {
                takeTag()
            }
        }
    }

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

    /// Goes behind a start tag, and behind what it holds when that is a program.
    private mutating func takeTag() {
        let start = place
        while place < bytes.count, !isEnd(bytes[place]), !isSpace(bytes[place]) { place += 1 }
        let name = bytes[start..<place].prefix(8).map { $0 | 0x20 }
        takeAttributes()
        if name == Array("script".utf8) || name == Array("style".utf8) { skip(past: "</") }
    }

    private mutating func takeAttributes() {
        var count = 0
        var cut: Int?
        while true {
            while place < bytes.count, isSpace(bytes[place]) || bytes[place] == UInt8(ascii: "/") { place += 1 }
            guard place < bytes.count, bytes[place] != UInt8(ascii: ">") else { break }
            count += 1
            if count == Self.maximumCount + 1 { cut = place }
            takeAttribute()
        }
        if let cut { surplus.append(cut..<place) }
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
