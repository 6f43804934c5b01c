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
        var offset = 0
        while offset < bytes.count {
            var word: UInt64 = 0
            // Safety: at most the bytes.count - offset bytes that are left are copied.
            let length = min(8, bytes.count - offset)
            withUnsafeMutableBytes(of: &word) { target in
                target.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[offset..<offset + length]))
            }
            hash = Self.hash(hash, word, key: key)
            offset += 8
        }
        return hash
    }
}
