/// Hashes of short byte strings by folded 64 x 64 -> 128 bit multiplication.
///
/// Keyed with numbers drawn when the process starts, so that no text can be written to make terms collide.
package enum ByteHash {
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
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { hash(bytes, key: keys) }

    /// The hash of any bytes, keyed with `key`: with a fixed one the same in every process on machines of one byte order.
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>, key: (UInt64, UInt64)) -> UInt64 {
        var hash = key.1 &+ UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = Self.hash(hash, word(bytes, at: offset), key: key)
            offset += 8
        }
        return offset == bytes.count ? hash : Self.hash(hash, tail(of: bytes), key: key)
    }

    /// The bytes of a string of 1 to 12 bytes, padded with zeros, as ``ShortTokenTable`` has them.
    @inline(__always)
    static func shortKey(of bytes: UnsafeBufferPointer<UInt8>) -> (low: UInt64, high: UInt32) {
        let count = bytes.count
        precondition(count > 0 && count <= ShortTokenTable.maximumLength, "\(count) bytes of 12")
        // Safety: every load lies between 0 and count, by the comparison before it.
        let start = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        func four(at offset: Int) -> UInt64 {
            UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
        if count >= 8 {
            // The last four bytes, without those that the first eight have.
            let rest = four(at: count - 4) &>> UInt64(8 * (12 - count))
            let low = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
            return (low, count == 8 ? 0 : UInt32(truncatingIfNeeded: rest))
        }
        if count >= 4 { return (four(at: 0) | (four(at: count - 4) &>> UInt64(8 * (8 - count))) &<< 32, 0) }
        var low = UInt64(bytes[0])
        if count > 1 { low |= UInt64(bytes[1]) << 8 }
        if count > 2 { low |= UInt64(bytes[2]) << 16 }
        return (low, 0)
    }

    /// The first eight bytes of a string that has one at least, and the eight behind them; zeros behind its end.
    static func firstWords(of bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        let count = bytes.count
        if count <= ShortTokenTable.maximumLength {
            let (low, high) = shortKey(of: bytes)
            return (low, UInt64(high))
        }
        if count >= 16 { return (UInt64(littleEndian: word(bytes, at: 0)), UInt64(littleEndian: word(bytes, at: 8))) }
        // The last eight bytes, without those that the first eight have.
        let rest = UInt64(littleEndian: word(bytes, at: count - 8)) &>> UInt64(8 * (16 - count))
        return (UInt64(littleEndian: word(bytes, at: 0)), rest)
    }

    /// Whether two strings are the same, eight bytes at a time.
    static func areEqual(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = first.count
        guard count == second.count else { return false }
        var offset = 0
        while offset + 8 <= count {
            if word(first, at: offset) != word(second, at: offset) { return false }
            offset += 8
        }
        return offset == count || tail(of: first) == tail(of: second)
    }

    /// Eight bytes from `offset` on.
    @inline(__always)
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
        // Safety: the callers have compared offset + 8 with the count.
        assert(offset + 8 <= bytes.count)
        return UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped).loadUnaligned(
            fromByteOffset: offset, as: UInt64.self)
    }

    /// A word that holds the last bytes, up to eight of them, some perhaps twice, so that there is no loop over them.
    @inline(__always)
    private static func tail(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = bytes.count
        // Safety: every load lies between 0 and count, by the comparison before it.
        let start = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        if count >= 8 { return word(bytes, at: count - 8) }
        if count >= 4 {
            let low = start.loadUnaligned(as: UInt32.self)
            let high = start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) << 32
        }
        guard count > 0 else { return 0 }
        let (first, middle, last) = (bytes[0], bytes[count / 2], bytes[count - 1])
        return UInt64(first) | UInt64(middle) << 8 | UInt64(last) << 16
    }
}
