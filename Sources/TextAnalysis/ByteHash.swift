/// Hashes of short byte strings by folded 64 x 64 -> 128 bit multiplication.
///
/// Keyed with numbers drawn when the process starts, so that no text can be written to make terms collide.
enum ByteHash {
    private static let keys: (UInt64, UInt64) = (.random(in: .min ... .max), .random(in: .min ... .max))

    /// The two keys, for callers that hash in a loop.
    static var key: (UInt64, UInt64) { keys }

    /// The hash of two words.
    @inline(__always)
    static func hash(_ low: UInt64, _ high: UInt64, key: (UInt64, UInt64)) -> UInt64 {
        let product = (low ^ key.0).multipliedFullWidth(by: high ^ key.1)
        return product.high ^ product.low
    }

    /// The hash of any bytes.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let key = keys
        var hash = key.1 &+ UInt64(bytes.count)
        for offset in stride(from: 0, to: bytes.count, by: 8) {
            hash = Self.hash(hash, word(bytes, at: offset), key: key)
        }
        return hash
    }

    /// Whether two strings are the same, eight bytes at a time.
    static func areEqual(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        guard first.count == second.count else { return false }
        for offset in stride(from: 0, to: first.count, by: 8)
        where word(first, at: offset) != word(second, at: offset) {
            return false
        }
        return true
    }

    /// Up to eight bytes from `offset` on, padded with zeros.
    @inline(__always)
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        // Safety: the unaligned load checks offset + 8 <= bytes.count just before; the loop stays below the count.
        if offset + 8 <= bytes.count { return raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        var word: UInt64 = 0
        for index in offset..<bytes.count { word = word << 8 | UInt64(bytes[index]) }
        return word
    }
}
