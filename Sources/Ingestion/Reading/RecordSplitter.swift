#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Cuts a stream of bytes into records.
protocol RecordSplitter {
    /// Appends the whole records at the beginning of `bytes` to `spans` and gives the number of bytes that are done with.
    /// The rest comes again, with more behind it, unless `isEnd`.
    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int

    /// The 1-based line that the next record starts on.
    var line: Int { get }
}

extension UnsafeRawBufferPointer {
    /// The first line feed at or after a place.
    func firstLineFeed(from start: Int) -> Int? { first(0x0A, from: start) }

    /// The first byte of a value at or after a place.
    @inline(__always)
    func first(_ byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        // Safety: memchr looks at count - start bytes from base + start.
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
