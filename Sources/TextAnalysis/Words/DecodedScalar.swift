/// One scalar of a text in UTF-8, or one ill-formed byte in its place.
package struct DecodedScalar {
    /// The scalar's value; U+FFFD for an ill-formed byte.
    package let value: UInt32
    /// The bytes it takes, 1 to 4; 1 for an ill-formed byte.
    package let length: Int

    /// Whether this stands for an ill-formed byte and not for a U+FFFD in the text.
    package var isIllFormed: Bool { value == 0xFFFD && length == 1 }

    private init(_ value: UInt32, length: Int) {
        self.value = value
        self.length = length
    }

    /// Decodes the scalar of `text` that begins at `offset`.
    ///
    /// Ill-formed are, byte by byte, all that table 3-7 of the Unicode Standard excludes: stray and missing
    /// continuation bytes, overlong forms, surrogates, what lies above U+10FFFF.
    @inline(__always)
    package init(in text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        assert(offset >= 0 && offset < text.count, "offset \(offset) of \(text.count)")
        // Safety: offset < text.count, and every further byte is read only after a comparison with the bytes left.
        let first = text[offset]
        if first < 0x80 {
            self.init(UInt32(first), length: 1)
            return
        }
        self = Self.multibyte(text, offset, first)
    }

    private static func multibyte(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int, _ first: UInt8) -> DecodedScalar {
        let illFormed = DecodedScalar(0xFFFD, length: 1)
        let left = text.count - offset
        guard left >= 2, first >= 0xC2, first <= 0xF4 else { return illFormed }
        let second = text[offset + 1]
        guard second & 0xC0 == 0x80 else { return illFormed }
        if first < 0xE0 {
            return DecodedScalar(UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F), length: 2)
        }
        guard left >= 3, text[offset + 2] & 0xC0 == 0x80 else { return illFormed }
        let third = UInt32(text[offset + 2] & 0x3F)
        if first < 0xF0 {
            let value = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | third
            let isScalar = value >= 0x800 && !(0xD800...0xDFFF).contains(value)
            return isScalar ? DecodedScalar(value, length: 3) : illFormed
        }
        guard left >= 4, text[offset + 3] & 0xC0 == 0x80 else { return illFormed }
        let fourth = UInt32(text[offset + 3] & 0x3F)
        let value = UInt32(first & 0x07) << 18 | UInt32(second & 0x3F) << 12 | third << 6 | fourth
        let isScalar = (0x10000...0x10FFFF).contains(value)
        return isScalar ? DecodedScalar(value, length: 4) : illFormed
    }
}
