/// Makes text from documents safe to show: it cannot move the cursor, set colours or reorder what surrounds it.
package enum VisibleText {
    /// What to print for `scalar`, or nil to drop it.
    ///
    /// Control characters get their pictures (ESC becomes ␛); bidirectional controls and other invisible formatting
    /// characters are dropped, but not the joiners that emoji and some scripts need.
    package static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x2028, 0x2029, 0x85: " "
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0: nil
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: nil
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: nil
        default: scalar
        }
    }

    /// Whether a text is nothing but visible ASCII, as most are.
    package static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 &- 0x20 < 0x5F } }

    /// `text` on one line.
    package static func line(_ text: String) -> String {
        if isPlain(text) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let shown = visible(scalar) { result.append(shown) }
        }
        return String(result)
    }

    /// `text` with its line breaks and tabs.
    package static func block(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\t" {
                result.append(scalar)
            } else if scalar != "\r", let shown = visible(scalar) {
                result.append(shown)
            }
        }
        return String(result)
    }
}
