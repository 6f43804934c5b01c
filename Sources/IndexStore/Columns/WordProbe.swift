/// Tells of most values that they cannot have all words of a query, at a twentieth of what analysing them takes.
///
/// A word of an ASCII text is made of its letters and digits, in their order and in small letters: case goes, signs go, and
/// parts are joined. So a text of which that is not true of each wanted word does not have them all.
struct WordProbe {
    /// The wanted words as far as they are letters and digits of ASCII; none for a word that has others.
    private let needles: [[UInt8]]

    /// - Parameter words: The wanted words as they are analysed.
    init(_ words: [[UInt8]]) {
        needles = words.compactMap { word in
            word.allSatisfy { $0 < 0x80 } ? word.compactMap(Self.kept) : nil
        }.filter { !$0.isEmpty }
    }

    /// Whether a value may have all words; true when it takes an analysis to tell.
    func mayMatch(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !needles.isEmpty, !value.contains(where: { $0 >= 0x80 }) else { return true }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, value.count)) { letters in
            var count = 0
            for byte in value {
                guard let kept = Self.kept(byte) else { continue }
                // Safety: no more bytes are kept than there are.
                letters[count] = kept
                count += 1
            }
            let text = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(letters)[..<count])
            return needles.allSatisfy { Self.contains(text, $0) }
        }
    }

    private static func kept(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
        guard text.count >= needle.count else { return false }
        let first = needle[0]
        for start in 0...text.count - needle.count where text[start] == first {
            if text[start..<start + needle.count].elementsEqual(needle) { return true }
        }
        return false
    }
}
