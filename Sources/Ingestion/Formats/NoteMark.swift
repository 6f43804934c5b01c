import CLibxml2

/// Numbers and signs that refer to a note, which would become a part of the word before them.
enum NoteMark {
    /// Whether the text of a link within a document is one, or leads back from a note: `12`, `[3]`, `†`, `↩`.
    static func isOne(_ text: String) -> Bool {
        guard text.unicodeScalars.count <= longest else { return false }
        let isSign = text.unicodeScalars.contains { "↩↑^*†‡§[(".unicodeScalars.contains($0) }
        return isSign && !text.contains(where: \.isLetter) || isNumber(text)
    }

    /// Whether it is a number of up to three digits.
    static func isNumber(_ text: some StringProtocol) -> Bool {
        (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Characters of one.
    private static let longest = 5
    /// Letters of a word that a raised number is no exponent of: `m2` and `x2` are words, `share2` is none.
    private static let leastLetters = 3

    /// Whether a raised text behind others is a number that is no part of the word before it: that of a note, or the exponent of a
    /// number.
    static func parts(_ raised: String, from bytes: [UInt8]) -> Bool {
        guard
            raised.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "*") }
            ),
            let last = bytes.last
        else { return false }
        if (0x30...0x39).contains(last) { return true }
        return bytes.suffix(leastLetters).count(where: isLetter) == leastLetters
    }

    /// Whether a byte is a letter of ASCII, or a part of another character.
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }
}

extension XMLNode {
    private static let links: Set = ["a", "xref", "ref", "link", "footnoteref"]

    /// The text of an element that holds nothing else, be it in elements within it that are no links; nil for any other, of whatever size.
    var onlyText: String? {
        // Safety: libxml2 set these pointers, and the tree is not changed.
        var node = pointer
        for _ in 0..<4 {
            guard let child = node.pointee.children, child.pointee.next == nil else { return nil }
            if child.pointee.type == XML_TEXT_NODE { return child.pointee.content.map { String(cString: $0).trimmed } }
            if TreeWalk.element(child).map(Self.links.contains) ?? false { return nil }
            node = child
        }
        return nil
    }
}

extension SpacedText {
    /// Asks for a blank before a raised element that would become a part of the word before it.
    mutating func part(raised element: XMLNode) {
        if let text = element.onlyText, NoteMark.parts(text, from: bytes) { part(by: .space) }
    }
}
