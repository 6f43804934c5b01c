/// Finds the paragraphs of a text: lines that follow each other, between lines of white space alone and ends of pages.
///
/// A byte at a time: a page of passages takes a dozen documents apart, among them whole books.
///
/// Equivalent to: `ReferenceParagraphs`, which asks each `Character` whether it is a line's end.
enum ParagraphRanges {
    /// Where they stand, in order.
    ///
    /// - Complexity: O(bytes).
    static func all(of text: String) -> [Range<String.Index>] {
        var copy = text
        let places = copy.withUTF8 { bytes in
            Self.places(in: bytes) { line in
                String(decoding: bytes[line], as: UTF8.self).allSatisfy(\.isWhitespace)
            }
        }
        let utf8 = text.utf8
        return places.map {
            utf8.index(utf8.startIndex, offsetBy: $0.lowerBound)..<utf8.index(utf8.startIndex, offsetBy: $0.upperBound)
        }
    }

    private static func places(
        in bytes: UnsafeBufferPointer<UInt8>, isBlank: (Range<Int>) -> Bool
    ) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var begun: Int?
        var end = 0
        func finish() {
            if let begun { places.append(begun..<end) }
            begun = nil
        }
        var start = 0
        while true {
            if start > 0, bytes[start - 1] == UInt8(ascii: "\u{0C}") { finish() }
            let line = start..<lineEnd(from: start, in: bytes)
            // Nearly every line begins with a letter or a sign.
            if let first = line.first, 0x21..<0x7F ~= bytes[first] {
                (begun, end) = (begun ?? line.lowerBound, line.upperBound)
            } else if line.isEmpty || isBlank(line) {
                finish()
            } else {
                (begun, end) = (begun ?? line.lowerBound, line.upperBound)
            }
            guard line.upperBound < bytes.count else { break }
            start = line.upperBound + newlineLength(at: line.upperBound, in: bytes)
        }
        finish()
        return places
    }

    private static func lineEnd(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var place = start
        while place < bytes.count, newlineLength(at: place, in: bytes) == 0 { place += 1 }
        return place
    }

    /// The bytes of the line's end that stands somewhere, as `Character.isNewline` has them; 0 for none. U+0085, U+2028 and U+2029 are
    /// line ends, too, and CR LF is one.
    @inline(__always)
    private static func newlineLength(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        switch bytes[place] {
        case 0x0A, 0x0B, 0x0C: 1
        case 0x0D: place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
        case 0xC2: place + 1 < bytes.count && bytes[place + 1] == 0x85 ? 2 : 0
        case 0xE2:
            place + 2 < bytes.count && bytes[place + 1] == 0x80 && bytes[place + 2] & 0xFE == 0xA8 ? 3 : 0
        default: 0
        }
    }
}
