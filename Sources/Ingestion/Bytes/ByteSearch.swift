#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Looking for the first of a few bytes.
enum ByteSearch {
    /// The first place at or after `start` that holds one of three bytes; `bytes.count` when none does.
    ///
    /// Equivalent to: `bytes[start...].firstIndex { $0 == a || $0 == b || $0 == c } ?? bytes.count`. It looks at eight
    /// bytes a step with the zero-byte trick (see `JSONScanner.scanString`).
    @inline(__always)
    static func firstIndex(
        of a: UInt8, _ b: UInt8, _ c: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int
    ) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (patternA, patternB, patternC) = (UInt64(a) &* ones, UInt64(b) &* ones, UInt64(c) &* ones)
        var index = start
        while index + 8 <= bytes.count {
            // Safety: index + 8 <= bytes.count, checked on entry.
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let (x, y, z) = (word ^ patternA, word ^ patternB, word ^ patternC)
            let found = ((x &- ones) & ~x | (y &- ones) & ~y | (z &- ones) & ~z) & 0x8080_8080_8080_8080
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, bytes[index] != a, bytes[index] != b, bytes[index] != c { index += 1 }
        return index
    }
}

extension UnsafeRawBufferPointer {
    /// The first line feed at or after a place.
    func firstLineFeed(from start: Int) -> Int? { first(0x0A, from: start) }

    /// Where a text of at least one byte begins first, at or after a place.
    func firstRange(of text: [UInt8], from start: Int) -> Int? {
        var place = start
        while let found = first(text[0], from: place), found + text.count <= count {
            if self[found..<found + text.count].elementsEqual(text) { return found }
            place = found + 1
        }
        return nil
    }

    /// The first byte of a value at or after a place.
    @inline(__always)
    func first(_ byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        // Safety: memchr looks at count - start bytes from base + start.
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
