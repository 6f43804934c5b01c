/// Tags as Obsidian and others write them in a text: `#alignment`, `#project/alpha`.
enum MarkdownTag {
    /// Longer ones are no tags.
    private static let longest = 100

    /// The name at the beginning of what follows a `#`; nil when it is none, as in `#1` or `##`.
    static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        var length = 0
        var hasLetter = false
        let text = String(decoding: bytes.prefix(longest + 4).prefix { $0 > 0x20 }, as: UTF8.self)
        for scalar in text.unicodeScalars {
            // What stands for bytes that are no UTF-8 has another length than they.
            guard isPart(scalar), scalar != "\u{FFFD}" else { break }
            if scalar.properties.isAlphabetic || scalar.value > 0x2000 { hasLetter = true }
            length += UTF8.width(scalar)
        }
        while length > 0, isJoint(bytes[bytes.startIndex + length - 1]) { length -= 1 }
        guard hasLetter, length <= longest else { return nil }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    private static func isJoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", "-", "/": true
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark, .decimalNumber, .otherSymbol:
                true
            default: false
            }
        }
    }
}
