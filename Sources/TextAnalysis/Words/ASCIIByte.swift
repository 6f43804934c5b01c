/// The classes of ASCII bytes that word segmentation tells apart.
enum ASCIIByte {
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

    /// "-" and "_" join the parts of a compound.
    @inline(__always)
    static func isJoiner(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }

    /// MidLetter, MidNumLet or Single_Quote: joins letters (WB6, WB7).
    @inline(__always)
    static func joinsLetters(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }

    /// MidNum, MidNumLet or Single_Quote: joins digits (WB11, WB12).
    @inline(__always)
    static func joinsDigits(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
            || byte == UInt8(ascii: ";")
    }

    /// "#", "+" and "&" may belong to a word: `C#`, `C++`, `R&D`.
    @inline(__always)
    static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "&")
    }

    /// Whether `byte`, not a letter or digit, ends a word before it for certain when `next` follows, and neither joins it to
    /// another nor belongs to it.
    @inline(__always)
    static func separates(_ byte: UInt8, from next: UInt8) -> Bool {
        if byte >= 0x80 || isJoiner(byte) || isSign(byte) { return false }
        return next < 0x80 && !isAlphanumeric(next) || !joinsLetters(byte) && !joinsDigits(byte)
    }
}
