#if canImport(_FoundationICU)
    import _FoundationICU
#endif

/// The words of a text in Thai, Lao, Khmer or Burmese, which have no blanks between words, by the dictionaries of the ICU that
/// Foundation brings along.
///
/// Queries alone are taken apart so. An index has pairs of characters, and a word of a query is the phrase of its pairs: what an
/// index holds does not depend on the dictionary of the machine that made it, and names that no dictionary has are found.
enum DictionaryWords {
    /// Whether there is a dictionary; where there is none, each pair of characters counts by itself.
    static var areKnown: Bool {
        #if canImport(_FoundationICU)
            true
        #else
            false
        #endif
    }

    /// Whether a scalar is of a script whose words a dictionary knows.
    static func hasDictionary(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true
        default: false
        }
    }

    /// Whether a term is a part of such words.
    static func havePart(_ term: [UInt8]) -> Bool {
        String(decoding: term, as: UTF8.self).unicodeScalars.first.map(hasDictionary) ?? false
    }

    /// Where each word of the text lies, in UTF-8, blanks and punctuation among them; empty where no dictionary is needed.
    ///
    /// - Complexity: O(n), and some hundred microseconds the first time.
    static func ranges(in text: String) -> [Range<Int>] {
        guard text.unicodeScalars.contains(where: hasDictionary) else { return [] }
        var ranges: [Range<Int>] = []
        var (start, units, bytes) = (0, 0, 0)
        var scalars = text.unicodeScalars.makeIterator()
        for boundary in boundaries(Array(text.utf16)) {
            while units < boundary, let scalar = scalars.next() {
                units += UTF16.width(scalar)
                bytes += UTF8.width(scalar)
            }
            if bytes > start { ranges.append(start..<bytes) }
            start = bytes
        }
        return ranges
    }

    /// Where words end, in UTF-16; empty without a dictionary.
    private static func boundaries(_ text: [UInt16]) -> [Int] {
        #if canImport(_FoundationICU)
            text.withUnsafeBufferPointer { text in
                var status = U_ZERO_ERROR
                // Safety: the iterator reads `text` until it is closed, which is in here. A query is shorter than 2^31.
                guard
                    let words = swift_ubrk_open(
                        UBRK_WORD, "", text.baseAddress, Int32(clamping: text.count), &status)
                else { return [] }
                defer { swift_ubrk_close(words) }
                var boundaries: [Int] = []
                while case let next = swift_ubrk_next(words), next >= 0 { boundaries.append(Int(next)) }
                return boundaries
            }
        #else
            []
        #endif
    }
}
