/// What binds words beside the marks of UAX #29, and the signs that belong to a word.
extension AnalyzedText {
    /// The bytes of the joiner behind a word, 0 when there is none.
    ///
    /// A hyphen, an underscore; a hyphen or soft hyphen at a line's end before a small letter (`optimi-` and `zation` on the
    /// next line); and "&" between up to three letters on both sides (`R&D`, `AT&T`).
    @inline(__always)
    func joinerLength(behind start: Int, _ end: Int) -> Int {
        guard end < bytes.count else { return 0 }
        let byte = bytes[end]
        if byte == UInt8(ascii: " ") { return 0 }
        if ASCIIByte.isJoiner(byte) {
            return byte == UInt8(ascii: "-") ? 1 + brokenLine(from: end + 1, behind: end) : 1
        }
        return rareJoinerLength(behind: start, end)
    }

    @inline(never)
    private func rareJoinerLength(behind start: Int, _ end: Int) -> Int {
        switch bytes[end] {
        case UInt8(ascii: "&"):
            return isShortWord(start, end) && isShortWord(end + 1, shortWordEnd(from: end + 1)) ? 1 : 0
        case 0x0A, 0x0D:
            // U+00AD SOFT HYPHEN, a part of the word before it.
            let isSoftHyphen = end - start > 2 && bytes[end - 2] == 0xC2 && bytes[end - 1] == 0xAD
            return isSoftHyphen ? brokenLine(from: end, behind: end - 2) : 0
        case 0xE2:
            // U+2010 HYPHEN and U+2011 NON-BREAKING HYPHEN.
            guard end + 2 < bytes.count, bytes[end + 1] == 0x80 else { return 0 }
            if bytes[end + 2] == 0x90 { return 3 + brokenLine(from: end + 3, behind: end) }
            return bytes[end + 2] == 0x91 ? 3 : 0
        default:
            return 0
        }
    }

    /// The bytes of a line's end and the blanks behind it, if a word that is cut there goes on behind them; else 0.
    ///
    /// It does when it is a letter that the hyphen stands behind, and a small letter that follows.
    private func brokenLine(from start: Int, behind end: Int) -> Int {
        var offset = start
        if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
        guard offset < bytes.count, bytes[offset] == 0x0A else { return 0 }
        offset += 1
        while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
        guard offset < bytes.count, bytes[offset] >= 0x80 || bytes[offset] &- 0x61 < 26 else { return 0 }
        let previous = bytes[end - 1]
        return previous >= 0x80 || ASCIIByte.isLetter(previous) ? offset - start : 0
    }

    /// Whether a line's end stands before a part of a compound: no other joiner has white space in it.
    func breaksLine(before start: Int) -> Bool { bytes[start - 1] <= 0x20 }

    /// Whether a hyphen or `&` stands before a part of a compound.
    func isHyphen(before start: Int) -> Bool {
        let byte = bytes[start - 1]
        if byte < 0x80 { return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "&") }
        return byte & 0xFE == 0x90 && start > 3 && bytes[start - 2] == 0x80 && bytes[start - 3] == 0xE2
    }

    /// Whether the text from `start` to `end` is one to three ASCII letters and no letter or digit follows.
    private func isShortWord(_ start: Int, _ end: Int) -> Bool {
        guard (1...3).contains(end - start), bytes[start..<end].allSatisfy(ASCIIByte.isLetter) else { return false }
        return separates(at: end)
    }

    private func shortWordEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, end < start + 4, ASCIIByte.isLetter(bytes[end]) { end += 1 }
        return end
    }

    /// The end of the word from `start` to `end` with the signs that belong to it; `end` when there are none.
    ///
    /// `C++` and every other word of ASCII letters and digits before two plus signs; `C#` and other single letters before a
    /// number sign that no letter or digit follows.
    @inline(__always)
    func signedEnd(_ start: Int, _ end: Int) -> Int {
        guard end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "#") else { return end }
        return rareSignedEnd(start, end)
    }

    @inline(never)
    private func rareSignedEnd(_ start: Int, _ end: Int) -> Int {
        let next = end + 1 < bytes.count ? bytes[end + 1] : 0
        if bytes[end] == UInt8(ascii: "+") {
            let isPlain =
                end - start <= TermFolder.maximumLength - 2
                && bytes[start..<end].allSatisfy(ASCIIByte.isAlphanumeric)
            return isPlain && next == UInt8(ascii: "+") ? end + 2 : end
        }
        return end - start == 1 && ASCIIByte.isLetter(bytes[start]) && next < 0x80 && !ASCIIByte.isAlphanumeric(next)
            ? end + 1 : end
    }

    /// Whether `.NET` begins at `offset`, in any case and as a word of its own.
    @inline(__always)
    func isDotNet(at offset: Int) -> Bool {
        guard bytes[offset] == UInt8(ascii: "."), offset + 3 < bytes.count,
            bytes[offset + 1] | 0x20 == UInt8(ascii: "n")
        else { return false }
        guard bytes[offset + 2] | 0x20 == UInt8(ascii: "e"), bytes[offset + 3] | 0x20 == UInt8(ascii: "t") else {
            return false
        }
        let end = offset + 4
        guard separates(at: offset - 1), separates(at: end), offset == 0 || bytes[offset - 1] != UInt8(ascii: ".")
        else {
            return false
        }
        return end >= bytes.count || !ASCIIByte.joinsLetters(bytes[end]) || separates(at: end + 1)
    }

    /// Whether a compound that ends at `end` has `.NET` there, in capitals: `ASP.NET`, and not `example.net`.
    func endsInDotNet(_ end: Int) -> Bool {
        end > 4 && bytes[end - 1] == UInt8(ascii: "T") && bytes[end - 2] == UInt8(ascii: "E")
            && bytes[end - 3] == UInt8(ascii: "N")
            && bytes[end - 4] == UInt8(ascii: ".")
    }

    /// Whether the text ends at `offset` or has an ASCII byte there that is no letter or digit.
    private func separates(at offset: Int) -> Bool {
        guard offset >= 0, offset < bytes.count else { return true }
        return bytes[offset] < 0x80 && !ASCIIByte.isAlphanumeric(bytes[offset])
    }
}
