import CUTF8Proc

/// How many columns of a terminal text takes.
package enum DisplayWidth {
    /// Columns of one scalar: 0 for combining marks, 2 for East Asian wide ones and emoji (UAX #11, through utf8proc).
    package static func of(_ scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? 1 : Int(utf8proc_charwidth(utf8proc_int32_t(scalar.value)))
    }

    /// Columns of one user-perceived character: those of its widest scalar, so that joined emoji count once.
    package static func of(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            // U+FE0F asks for the picture of a character that also has a narrow, textual form.
            widest = max(widest, scalar == "\u{FE0F}" ? 2 : of(scalar))
        }
        return widest
    }

    /// Columns of a text without line breaks.
    package static func of(_ text: some StringProtocol) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
    }
}
