/// Text that is gathered from a tree of elements, with the spaces and line ends that they mean.
///
/// Runs of white space are one space; what elements ask for between two words is put there once, the widest of it.
struct SpacedText {
    /// What must stand between two words that elements part.
    enum Gap: Int { case none, space, line, paragraph }

    private(set) var bytes: [UInt8] = []
    private var gap = Gap.none

    /// What parts pages: passages can be cited by the page they stand on.
    static let pageEnd: UInt8 = 0x0C

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Asks for a gap before the next word.
    mutating func part(by wider: Gap) {
        if wider.rawValue > gap.rawValue { gap = wider }
    }

    /// Appends a text of libxml2's, white space as it is where `isKept`.
    mutating func append(_ text: UnsafePointer<UInt8>, isKept: Bool = false) {
        // Safety: the text ends with a NUL.
        var place = text
        while place.pointee != 0 {
            append(byte: place.pointee, isKept: isKept)
            place += 1
        }
    }

    /// Appends a text.
    mutating func append(_ text: some StringProtocol, isKept: Bool = false) {
        for byte in text.utf8 { append(byte: byte, isKept: isKept) }
    }

    /// Ends a page, also one without text, so that the next has its number.
    mutating func endPage() {
        gap = .none
        bytes.append(Self.pageEnd)
    }

    private mutating func append(byte: UInt8, isKept: Bool) {
        if byte <= 0x20, !isKept {
            part(by: .space)
            return
        }
        closeGap()
        bytes.append(byte)
    }

    private mutating func closeGap() {
        defer { gap = .none }
        if bytes.isEmpty || bytes.last == Self.pageEnd { return }
        switch gap {
        case .none: break
        case .space: if bytes.last.map({ $0 > 0x20 }) ?? false { bytes.append(0x20) }
        case .line: bytes.append(0x0A)
        case .paragraph: bytes += [0x0A, 0x0A]
        }
    }
}
