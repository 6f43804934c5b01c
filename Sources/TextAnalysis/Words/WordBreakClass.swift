/// The Word_Break property of a scalar (UAX #29, table 3), with the two classes that WB3c needs told apart.
///
/// The order is that of `WordBreakTable`.
package enum WordBreakClass: UInt8, Sendable {
    case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, format, regionalIndicator, katakana
    case hebrewLetter, aLetter, singleQuote, doubleQuote, midNumLet, midLetter, midNum, numeric, extendNumLet
    case whiteSpace, otherPictographic, aLetterPictographic

    /// AHLetter of the rules: ALetter or Hebrew_Letter.
    package var isLetter: Bool { self == .aLetter || self == .hebrewLetter || self == .aLetterPictographic }

    /// Extended_Pictographic of WB3c.
    package var isPictographic: Bool { self == .otherPictographic || self == .aLetterPictographic }

    /// What stands between words that UAX #29 joins.
    package var joinsWords: Bool {
        switch self {
        case .extendNumLet, .midLetter, .midNumLet, .midNum, .singleQuote, .doubleQuote: true
        default: false
        }
    }

    /// What WB4 attaches to the character before it.
    package var isIgnorable: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }

    /// What WB3a and WB3b break around.
    package var isLineBreak: Bool { self == .newline || self == .carriageReturn || self == .lineFeed }
}
