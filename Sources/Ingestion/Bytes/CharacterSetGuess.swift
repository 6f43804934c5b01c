import CUchardet

/// What character set bytes are in that nobody names: by uchardet, Mozilla's statistics of letters.
///
/// Only what it can tell for sure is taken from it. For a few letters of a Western language many sets fit alike; such bytes are
/// left to `TextDecoding`, which takes them for Windows-1252.
enum CharacterSetGuess {
    /// The set of the first bytes of a text; nil for UTF-8, for ASCII, and when it is not clear.
    static func set(of bytes: [UInt8]) -> String? {
        let high = bytes.count { $0 >= 0x80 }
        let isStateful = bytes.contains(0x1B)
        guard isStateful || high > 0 && !isUTF8(bytes, high: high) else { return nil }
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        // Safety: uchardet reads bytes.count bytes, and keeps none of them.
        bytes.withUnsafeBytes { bytes in
            _ = uchardet_handle_data(detector, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        uchardet_data_end(detector)
        let name = String(cString: uchardet_get_charset(detector)).lowercased()
        guard high >= leastLetters(for: name) else { return nil }
        return name
    }

    /// Whether bytes are UTF-8, perhaps damaged or cut: most of what is not ASCII makes whole sequences.
    private static func isUTF8(_ bytes: [UInt8], high: Int) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let damages = text.unicodeScalars.count { $0 == "\u{FFFD}" }
        return damages * 5 <= high
    }

    /// Letters beyond ASCII that a text must have for a set to be believed; `.max` for sets that are not.
    private static func leastLetters(for name: String) -> Int {
        switch name {
        case "", "ascii", "utf-8", "windows-1252", "iso-8859-1", "iso-8859-15": return .max
        case let name where name.hasPrefix("iso-2022"): return 0
        // Each character is two bytes or more, or letters of another script fill the words.
        case "shift_jis", "euc-jp", "euc-kr", "uhc", "gb18030", "big5", "euc-tw", "hz-gb-2312": return 8
        case "koi8-r", "windows-1251", "iso-8859-5", "ibm866", "ibm855", "mac-cyrillic", "windows-1253", "iso-8859-7",
            "windows-1255", "iso-8859-8", "windows-1256", "iso-8859-6", "tis-620", "iso-8859-11":
            return 20
        // Polish, Czech, Hungarian, Turkish, Baltic: a letter here and there.
        default: return 30
        }
    }

    /// Whether bytes with NULs are UTF-16 without a mark: one byte of two is 0, and the others are text.
    static func utf16(_ bytes: [UInt8]) -> (isBigEndian: Bool, Void)? {
        guard bytes.count >= 8 else { return nil }
        var zeros = (0, 0)
        for (index, byte) in bytes.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.0 += 1 } else { zeros.1 += 1 }
        }
        let (most, least) = (max(zeros.0, zeros.1), min(zeros.0, zeros.1))
        // Text in Latin letters has a zero in nearly each unit; a table of small numbers has bytes that no text has.
        guard most * 10 >= bytes.count / 2 * 6, least == 0 else { return nil }
        let isBigEndian = zeros.0 > zeros.1
        let letters = stride(from: isBigEndian ? 1 : 0, to: bytes.count, by: 2).map { bytes[$0] }
        guard letters.allSatisfy({ $0 >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }) else { return nil }
        return (isBigEndian, ())
    }
}
