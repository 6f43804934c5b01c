/// The scalars that bind words together: in a compound, in an acronym, in a contraction.
package enum WordJoiner {
    /// An apostrophe, straight, typographic, of full width, or one that Unicode takes for a letter.
    @inline(__always)
    package static func isApostrophe(_ scalar: UInt32) -> Bool {
        scalar == 0x27 || scalar == 0x2019 || scalar == 0x2018 || scalar == 0xFF07 || isLetterApostrophe(scalar)
    }

    /// The modifier letters apostrophe and turned comma: `dʼArtagnan`, `Hawaiʻi`.
    @inline(__always)
    package static func isLetterApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x2BC || scalar == 0x2BB }

    /// The zero-width non-joiner behind a letter of Arabic script, where Persian writes prefixes, suffixes and compounds apart
    /// without a blank.
    package static func isPersian(_ scalar: UInt32, behind letter: UInt32) -> Bool {
        scalar == 0x200C && (0x600...0x8FF).contains(letter) && !(0x700...0x74F).contains(letter)
    }

    /// A full stop as an acronym has it: `.`, one dot leader, small and full-width full stop.
    @inline(__always)
    package static func isDot(_ scalar: UInt32) -> Bool {
        scalar == 0x2E || scalar == 0x2024 || scalar == 0xFE52 || scalar == 0xFF0E
    }

    /// The quotation mark or gershayim inside a Hebrew acronym, which is part of it.
    package static func isGershayim(_ scalar: UInt32) -> Bool { scalar == 0x22 || scalar == 0x5F4 }

    /// Whether the ASCII letters of `text` from `offset` to `end` are what follows the apostrophe of an English contraction
    /// or possessive: `don't`, `agent's`, `I'm`, `we'd`, `we're`, `we'll`, `we've`, in any case.
    package static func isContraction(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int, _ end: Int) -> Bool {
        // Safety: callers pass a range of the text; one or two bytes are looked at.
        guard end - offset == 1 || end - offset == 2, text[offset] < 0x80 else { return false }
        let first = text[offset] | 0x20
        if end - offset == 1 {
            return first == UInt8(ascii: "s") || first == UInt8(ascii: "t") || first == UInt8(ascii: "d")
                || first == UInt8(ascii: "m")
        }
        let second = text[offset + 1] | 0x20
        return first == UInt8(ascii: "r") && second == UInt8(ascii: "e")
            || first == UInt8(ascii: "v") && second == UInt8(ascii: "e")
            || first == UInt8(ascii: "l") && second == UInt8(ascii: "l")
    }

    /// Dropped when a term is made, so that the joined form of a compound is its parts written together: white space where a
    /// line ended, hyphens, underscores, and what UAX #29 allows inside a word.
    package static func isDropped(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x3A, 0x3B, 0x5F, 0xB7, 0x2010, 0x2027: true
        case 0x5F3, 0x5F4, 0x589, 0x60C, 0x60D, 0x66C, 0x7F8: true
        default: false
        }
    }
}
