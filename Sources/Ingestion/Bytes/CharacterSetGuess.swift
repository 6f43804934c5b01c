import CUchardet

/// What character set bytes are in that nobody names: by the letters of languages in Latin script (`LatinAlphabets`), by what
/// only UTF-16 has, else by uchardet, Mozilla's statistics of letters.
///
/// Only what it can tell for sure is taken from uchardet. For a few letters of a Western language many sets fit alike; such bytes
/// are left to `TextDecoding`, which takes them for Windows-1252.
enum CharacterSetGuess {
    /// The set of a whole text, told by the stretch from its first letter beyond ASCII on: before that stands much mark-up, or a
    /// foreign language.
    static func set(ofAll bytes: UnsafeRawBufferPointer) -> String? {
        guard let first = bytes.firstIndex(where: { $0 >= 0x80 || $0 == 0x1B }) else { return nil }
        let stretch = bytes[first...].prefix(2 * ByteStream.prefixLength)
        return set(of: Array(stretch)).flatMap { CharacterSet.isKnown($0) ? $0 : nil }
    }

    /// The set of the first bytes of a text; nil for UTF-8, for ASCII, and when it is not clear.
    static func set(of bytes: [UInt8]) -> String? {
        let (isStateful, isWhole) = bytes.withUnsafeBytes { ($0.first(0x1B, from: 0) != nil, TextDecoding.isUTF8($0)) }
        if isWhole, !isStateful { return nil }
        let high = bytes.count { $0 >= 0x80 }
        guard isStateful || !isDamagedUTF8(bytes, high: high) else { return nil }
        let isOfOtherScript = !isStateful && hasWholeWords(bytes)
        if !isStateful {
            if let isBigEndian = isEastAsianUTF16(bytes) { return isBigEndian ? "utf-16be" : "utf-16le" }
            switch isOfOtherScript ? nil : LatinAlphabets.guess(bytes) {
            case .western: return nil
            case .set(let name): return name
            case nil: break
            }
        }
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        // Safety: uchardet reads bytes.count bytes, and keeps none of them.
        bytes.withUnsafeBytes { bytes in
            _ = uchardet_handle_data(detector, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        uchardet_data_end(detector)
        let name = String(cString: uchardet_get_charset(detector)).lowercased()
        let least = leastLetters(for: name)
        guard high >= least || isOfOtherScript && high >= leastLettersOfWords && hasUsualCase(bytes, in: name) else {
            return nil
        }
        if let own = ownSets[name], bytes.contains(where: { (0x80...0x9F).contains($0) }) { return own }
        // Ukrainian has letters where Russian has the corners of boxes.
        let hasUkrainian = bytes.contains { [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD].contains($0) }
        return name == "koi8-r" && hasUkrainian ? "koi8-u" : name
    }

    /// Windows' sets for those of ISO that have controls, which no text has, where the others have quotation marks and letters.
    private static let ownSets = [
        "iso-8859-2": "windows-1250", "iso-8859-7": "windows-1253", "iso-8859-8": "windows-1255",
        "iso-8859-9": "windows-1254", "iso-8859-4": "windows-1257", "iso-8859-13": "windows-1257",
    ]

    /// Letters of words that are whole in another script; in a word or two many sets fit alike.
    private static let leastLettersOfWords = 8

    /// Whether most letters beyond ASCII stand in words of three and more of nothing else, as in Cyrillic or Greek and in no
    /// language of Latin script.
    private static func hasWholeWords(_ bytes: [UInt8]) -> Bool {
        var (letters, whole, run, isMixed) = (0, 0, 0, false)
        for byte in bytes + [0x20] {
            let isASCII = (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
            if byte >= 0xC0 {
                run += 1
            } else if isASCII {
                isMixed = true
            } else {
                letters += run
                if run > 2, !isMixed { whole += run }
                (run, isMixed) = (0, false)
            }
        }
        return whole * 2 > letters
    }

    /// Whether bytes are text in a set in which no capital follows a small letter. Sets of one script differ by which are capitals.
    private static func hasUsualCase(_ bytes: [UInt8], in name: String) -> Bool {
        guard isOfOneScript(name),
            let (text, damages) = bytes.withUnsafeBytes({ CharacterSet.text($0, in: name) }), damages == 0
        else { return false }
        var isLower = false
        for scalar in text.unicodeScalars {
            if isLower, scalar.properties.isUppercase { return false }
            isLower = scalar.properties.isLowercase
        }
        return true
    }

    /// Whether a set is of a script whose letters fill the words.
    private static func isOfOneScript(_ name: String) -> Bool { leastLetters(for: name) == 20 }

    /// Whether bytes are UTF-8 that is damaged or cut: most of what is not ASCII makes whole sequences.
    private static func isDamagedUTF8(_ bytes: [UInt8], high: Int) -> Bool {
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

    /// Which UTF-16 bytes without a NUL are, if they are Japanese or Chinese in it: nearly all are characters of those, and their
    /// own punctuation or syllables are among them, which no other bytes make.
    private static func isEastAsianUTF16(_ bytes: [UInt8]) -> Bool? {
        guard bytes.count >= 8, bytes.count % 2 == 0 else { return nil }
        for isBigEndian in [true, false] {
            var (known, telling) = (0, 0)
            for place in stride(from: 0, to: bytes.count, by: 2) {
                switch bytes[isBigEndian ? place : place + 1] {
                case 0x30, 0xFF: (known, telling) = (known + 1, telling + 1)
                case 0x4E...0x9F: known += 1
                default: break
                }
            }
            let units = bytes.count / 2
            if known * 20 >= units * 19, telling * 25 >= units { return isBigEndian }
        }
        return nil
    }

    /// Whether bytes are UTF-16 without a mark, and which: an even number of them, of which those on one side come from few
    /// pages of Unicode, with blanks or line ends of two bytes between words, and no damage.
    static func utf16(_ bytes: [UInt8]) -> (isBigEndian: Bool, Void)? {
        guard bytes.count >= 8, bytes.count % 2 == 0 || bytes.count == ByteStream.prefixLength else { return nil }
        let candidates = [true, false].filter { looksLikeUTF16(bytes, isBigEndian: $0) }
        return candidates.count == 1 ? (candidates[0], ()) : nil
    }

    /// Pages of Unicode that a text in one language keeps to, beside blanks and punctuation: a few for alphabets, a hundred for
    /// Chinese characters.
    private static func looksLikeUTF16(_ bytes: [UInt8], isBigEndian: Bool) -> Bool {
        var (blanks, zeros, letters, place) = (0, 0, 0, 0)
        var isLead = false
        while place + 1 < bytes.count {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            let unit = isBigEndian ? first << 8 | second : second << 8 | first
            place += 2
            let isTrail = (0xDC00...0xDFFF).contains(unit)
            if isLead != isTrail { return false }
            isLead = (0xD800...0xDBFF).contains(unit)
            switch unit {
            case 0x20, 0x0A, 0x0D, 0x09, 0x3000, 0x3001, 0x3002, 0x060C, 0x0964: blanks += 1
            case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF, 0xE000..<0xF900: return false
            default:
                guard isLead || isTrail || Unicode.Scalar(UInt32(unit))?.properties.generalCategory != .unassigned
                else {
                    return false
                }
                if unit < 0x100 { zeros += 1 }
                letters += 1
            }
        }
        // Pairs of ASCII letters are Chinese characters, too, but then no blank is among them. A table of small numbers has
        // none either.
        return letters > 0
            && (blanks * 40 >= letters || blanks > 0 && zeros * 10 >= letters * 6 || zeros * 10 >= letters * 9)
    }
}
