import CByteScan

/// Sixteen bytes of a text as two little-endian words, padded with zeros behind the text's end.
///
/// Byte i of the text is byte i % 8 of its word, counted from the least significant.
struct PaddedWords {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The sixteen bytes from `bytes` on, all of which must be readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>) {
        // Safety: as the caller says.
        let bytes = UnsafeRawPointer(bytes)
        low = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// The bytes of `text` from `offset` on.
    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        assert(offset >= 0 && offset <= text.count, "offset \(offset) of \(text.count)")
        if offset + 16 <= text.count {
            // Safety: 16 bytes follow offset, compared just now.
            self.init(text.baseAddress.unsafelyUnwrapped + offset)
        } else {
            self = Self.tail(of: text, at: offset)
        }
    }

    @inline(never)
    private static func tail(of text: UnsafeBufferPointer<UInt8>, at offset: Int) -> PaddedWords {
        let left = text.count - offset
        if text.count >= 16 && left > 0 {
            // Safety: the last 16 bytes of the text; those before `offset` are moved out.
            let last = PaddedWords(text.baseAddress.unsafelyUnwrapped + text.count - 16)
            let moved = UInt64(8 * (16 - left))
            return PaddedWords(
                low: left > 8 ? last.low &>> moved | last.high &<< (64 - moved) : last.high &>> (moved - 64),
                high: left > 8 ? last.high &>> moved : 0)
        }
        var words: (UInt64, UInt64) = (0, 0)
        for index in offset..<text.count {
            let place = index - offset
            let byte = UInt64(text[index]) << UInt64(8 * (place % 8))
            if place < 8 { words.0 |= byte } else { words.1 |= byte }
        }
        return PaddedWords(low: words.0, high: words.1)
    }

    /// The first `length` bytes, 1 to 12, the rest zeros: eight and four of them.
    ///
    /// Without a branch, since lengths of words are not to be foreseen.
    @inline(__always)
    func shortPrefix(_ length: Int) -> (low: UInt64, high: UInt32) {
        assert((1...12).contains(length), "\(length) bytes of 12")
        let lowMask = UInt64(littleEndian: postil_first_bytes(length))
        let highMask = UInt64(littleEndian: postil_first_bytes(length &- 8))
        return (low & lowMask, UInt32(truncatingIfNeeded: high & highMask))
    }

    /// How many of the sixteen bytes from `bytes` on are ASCII letters or digits before one that is not.
    ///
    /// Equivalent to: ``leadingAlphanumerics``.
    @inline(__always)
    static func leadingAlphanumerics(_ bytes: UnsafePointer<UInt8>) -> Int {
        (~postil_alphanumerics(bytes) | 1 << 16).trailingZeroBitCount
    }

    /// How many of the first bytes are ASCII letters or digits, 0 to 16.
    ///
    /// Equivalent to: counting bytes one by one until one is neither.
    @inline(__always)
    var leadingAlphanumerics: Int {
        let others = ~Self.alphanumerics(low) & Self.highBits
        if others != 0 { return others.trailingZeroBitCount / 8 }
        let further = ~Self.alphanumerics(high) & Self.highBits
        return further == 0 ? 16 : 8 + further.trailingZeroBitCount / 8
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of each byte that is an ASCII letter or digit.
    ///
    /// Range tests on eight bytes at once (Lamport 1975): bytes are below 0x80, so that adding 0x80 - first raises the
    /// high bit from `first` on and never carries into the next byte.
    @inline(__always)
    private static func alphanumerics(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let ascii = word & ~highBits
        let lower = ascii | 0x20 &* ones
        let letters = (lower &+ (0x80 - 0x61) &* ones) & ~(lower &+ (0x80 - 0x7B) &* ones)
        let digits = (ascii &+ (0x80 - 0x30) &* ones) & ~(ascii &+ (0x80 - 0x3A) &* ones)
        return (letters | digits) & ~word & highBits
    }
}
