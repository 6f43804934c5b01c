/// Turning bytes into text: UTF-8, else Windows-1252, else UTF-8 with its damage replaced.
enum TextDecoding {
    /// The text of `bytes`; what is odd about them is noted in `tally`.
    ///
    /// Bytes that are not UTF-8 are taken as Windows-1252 when little in them looks like UTF-8 (well-formed sequences of two
    /// bytes or more); otherwise each damaged sequence becomes U+FFFD.
    static func text(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if let (text, undefined) = windows1252(bytes) {
            tally.windows1252 += 1
            tally.replaced += undefined
            return text
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // U+FFFD that was already there is no damage.
        let replaced = text.unicodeScalars.count { $0 == "\u{FFFD}" } - countOfReplacementCharacters(in: bytes)
        tally.replaced += max(1, replaced)
        return text
    }

    /// The text of all bytes of an input or of a part of one that may say what character set it is in; what is odd is noted in
    /// `tally`.
    ///
    /// What is UTF-8 is that, whatever it says: by chance hardly any text is. Otherwise it is in the set that it says, or that the
    /// profile says (`BatchTally.encoding`), unless much of it is nothing in that; then in the one that its bytes look like
    /// (`CharacterSetGuess`); else it is as `text(_:tally:)` has it.
    ///
    /// - Parameter declared: The name of the set, as somebody wrote it.
    static func text(_ bytes: UnsafeRawBufferPointer, declared: String?, tally: BatchTally) -> String {
        var bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeRawBufferPointer(rebasing: bytes[3...]) }
        let named = [declared, tally.encoding].compactMap { $0.map(CharacterSet.usual) }
        // Sets whose bytes are all ASCII.
        let isEscaped =
            bytes.first(0x1B, from: 0) != nil || named.contains("hz-gb-2312") || named.contains("utf-7")
        if !isEscaped, let text = String(validating: bytes, as: UTF8.self) { return text }
        for set in named {
            if let (text, damages) = self.text(bytes, in: set) {
                tally.replaced += damages
                return text
            }
        }
        if let guess = CharacterSetGuess.set(ofAll: bytes), let (text, damages) = CharacterSet.text(bytes, in: guess),
            isPlausible(damages, in: bytes)
        {
            tally.note(.guessedEncoding(guess), line: nil)
            tally.replaced += damages
            return text
        }
        return text(bytes, tally: tally)
    }

    /// The text of bytes in a set that somebody named, and how many places were damaged; nil where it cannot be in that.
    private static func text(_ bytes: UnsafeRawBufferPointer, in set: String) -> (text: String, damages: Int)? {
        // Who says these of what is not UTF-8 says nothing.
        if ["utf-8", "us-ascii"].contains(set) { return nil }
        if set == "windows-1252" { return windows1252(bytes).map { ($0.text, $0.undefined) } }
        if CharacterSet.isWide(set), !bytes.contains(0) { return nil }
        guard let (text, damages) = CharacterSet.text(bytes, in: set), isPlausible(damages, in: bytes) else {
            return nil
        }
        return (text, damages)
    }

    /// Whether a set may be the right one in which so many places of some bytes are damaged: a tenth of what is not ASCII.
    private static func isPlausible(_ damages: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        damages == 0 || damages * 10 <= bytes.count { $0 >= 0x80 }
    }

    /// Bytes that are no UTF-8 for each sequence that is: an accident makes one of two letters here and there.
    private static let strayBytesPerSequence = 4

    /// `bytes` as Windows-1252, where its five undefined bytes become U+FFFD, and how many those are; nil when they look like
    /// damaged UTF-8.
    static func windows1252(_ bytes: UnsafeRawBufferPointer) -> (text: String, undefined: Int)? {
        var (sequences, strays, index) = (0, 0, 0)
        while index < bytes.count {
            let length = bytes[index] < 0x80 ? 1 : sequenceLength(bytes, at: index)
            if length > 1 { sequences += 1 } else if length == 0 { strays += 1 }
            index += max(1, length)
        }
        if sequences * strayBytesPerSequence >= max(1, strays) { return nil }
        var scalars = String.UnicodeScalarView()
        var undefined = 0
        for byte in bytes {
            let scalar = byte < 0x80 ? Unicode.Scalar(byte) : scalar(ofWindows1252: byte)
            if scalar == nil { undefined += 1 }
            scalars.append(scalar ?? "\u{FFFD}")
        }
        return (String(scalars), undefined)
    }

    /// Whether all bytes are well-formed UTF-8 (Unicode 15, table 3-7). Eight ASCII bytes a step.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            // Safety: loads eight bytes only where index + 8 <= bytes.count.
            while index + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
            }
            while index < bytes.count, bytes[index] < 0x80 { index += 1 }
            if index == bytes.count { return true }
            let length = sequenceLength(bytes, at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }

    /// The length of the well-formed sequence that starts at `index` with a byte over 0x7F; 0 when there is none.
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        func isContinuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < bytes.count && range.contains(bytes[index + offset])
        }
        switch bytes[index] {
        case 0xC2...0xDF: return isContinuation(1) ? 2 : 0
        case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : 0
        case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : 0
        case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : 0
        case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
        case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : 0
        default: return 0
        }
    }

    private static func countOfReplacementCharacters(in bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for index in bytes.indices.dropLast(2)
        where bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBD {
            count += 1
        }
        return count
    }

    private static func scalar(ofWindows1252 byte: UInt8) -> Unicode.Scalar? {
        if byte >= 0xA0 { return Unicode.Scalar(byte) }
        let scalar = upperControls[Int(byte - 0x80)]
        return scalar == "\0" ? nil : scalar
    }

    /// 0x80 to 0x9F in Windows-1252; NUL stands for the undefined ones.
    private static let upperControls: [Unicode.Scalar] = [
        "€", "\0", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\0", "Ž", "\0",
        "\0", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\0", "ž", "Ÿ",
    ]
}
