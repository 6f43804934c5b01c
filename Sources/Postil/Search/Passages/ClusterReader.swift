/// Reads a text grapheme cluster by grapheme cluster (UAX #29), from any place on.
///
/// Equivalent to: going through the text's characters. Those that are told to be clusters by themselves at a glance, nearly all
/// in most texts, do without the standard library's tables.
struct ClusterReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let text: String
    /// Byte at which the next cluster begins.
    private(set) var place: Int
    /// The same as an index, if it is known to be between characters: to find that out of a bare offset can take a walk back.
    private var index: String.Index?

    /// Begins with the cluster that the scalar at `start` is in.
    ///
    /// - Parameters:
    ///   - bytes: The UTF-8 of `text`.
    ///   - start: A byte at which a scalar begins, or the end.
    init(bytes: UnsafeBufferPointer<UInt8>, text: String, start: Int) {
        assert(text.utf8.count == bytes.count && start >= 0 && start <= bytes.count)
        self.bytes = bytes
        self.text = text
        place = start
        guard start > 0, start < bytes.count else { return }
        let last = bytes.scalarStart(before: start)
        if ClusterReader.isAlone(bytes.scalar(at: last)), ClusterReader.isAlone(bytes.scalar(at: start)) { return }
        // The character behind the one that has the scalar, and back from there.
        let found = text.index(before: text.index(after: text.utf8.index(text.startIndex, offsetBy: start)))
        place = found.byteOffset(in: text)
        index = found
    }

    /// Moves behind the next cluster, and gives its number of scalars. There has to be one.
    mutating func next() -> Int {
        assert(place < bytes.count)
        let first = bytes.scalar(at: place)
        let end = place + UTF8.width(first)
        if first == "\r" || ClusterReader.isAlone(first) {
            if end == bytes.count || isBoundary(first, bytes.scalar(at: end)) {
                place = end
                index = nil
                return 1
            }
        }
        let known = index ?? text.utf8.index(text.startIndex, offsetBy: place)
        let behind = text.index(after: known)
        let start = place
        place = behind.byteOffset(in: text)
        index = behind
        var scalars = 0
        for byte in start..<place where bytes[byte] & 0xC0 != 0x80 { scalars += 1 }
        return scalars
    }

    private func isBoundary(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        first == "\r" ? second != "\n" : second == "\r" || ClusterReader.isAlone(second)
    }

    /// Whether no rule joins the scalar with another such one: its property Grapheme_Cluster_Break is Other or, of syllables of
    /// Hangul, LV or LVT. (A carriage return joins with a line feed.)
    static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0D: false
        case 0...0x7F: true
        // Latin, Greek, Cyrillic, without the soft hyphen and combining marks.
        case 0xA0...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x52F: true
        // Punctuation, without joiners and marks of direction.
        case 0x2010...0x2027, 0x2030...0x205E: true
        // Punctuation of Chinese and Japanese, kana without their marks of voice, ideographs, syllables of Hangul.
        case 0x3000...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
        case 0xFF01...0xFF9D: true
        default: false
        }
    }
}

extension String.Index {
    /// How many bytes of UTF-8 stand before it.
    fileprivate func byteOffset(in text: String) -> Int {
        text.utf8.distance(from: text.startIndex, to: self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The scalar that begins at a byte of valid UTF-8.
    func scalar(at place: Int) -> Unicode.Scalar {
        let first = self[place]
        if first < 0x80 { return Unicode.Scalar(first) }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        // Safety: the text is valid, so that a scalar's bytes are all there.
        assert(first >= 0xC2 && place + width <= count)
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for byte in self[place + 1..<place + width] { value = value << 6 | UInt32(byte & 0x3F) }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// Where the scalar begins that ends before a byte of valid UTF-8.
    func scalarStart(before place: Int) -> Int {
        var start = place - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// Bytes of the white space (property White_Space) that begins at a byte; 0 if none does.
    func blankWidth(at place: Int) -> Int {
        let first = self[place]
        if first < 0x80 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : 0 }
        guard first == 0xC2 || (0xE1...0xE3).contains(first) else { return 0 }
        let scalar = scalar(at: place)
        return scalar.properties.isWhitespace ? UTF8.width(scalar) : 0
    }
}
