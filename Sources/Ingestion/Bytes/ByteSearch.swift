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

extension ByteSearch {
    /// The first place at or after `start` whose byte is found; `bytes.count` when none is.
    ///
    /// - Parameter found: Which of the sixteen bytes at a place are found, the first in the lowest bit: see `CByteScan`.
    @inline(__always)
    static func firstIndex(
        in bytes: UnsafeRawBufferPointer, from start: Int, where found: (_ place: UnsafeRawPointer) -> UInt32
    ) -> Int {
        var index = start
        while index < bytes.count {
            let bits = self.bits(of: bytes, at: index, found)
            if bits != 0 { return index + bits.trailingZeroBitCount }
            index += 16
        }
        return bytes.count
    }

    /// Which of the sixteen bytes from an index on are found, but for those behind the end.
    @inline(__always)
    private static func bits(
        of bytes: UnsafeRawBufferPointer, at index: Int, _ found: (_ place: UnsafeRawPointer) -> UInt32
    ) -> UInt32 {
        let rest = bytes.count - index
        guard let base = bytes.baseAddress, rest > 0 else { return 0 }
        // Safety: there are sixteen bytes at the place.
        if rest >= 16 { return found(base + index) }
        return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { room in
            room.copyBytes(from: bytes[index...])
            room[rest...].initializeMemory(as: UInt8.self, repeating: 0)
            return found(UnsafeRawPointer(room.baseAddress!)) & (1 << UInt32(rest) - 1)
        }
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
