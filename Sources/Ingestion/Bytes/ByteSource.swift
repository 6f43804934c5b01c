/// A run of bytes that is read from front to end.
protocol ByteSource: AnyObject {
    /// Reads at least one byte into `buffer`, which has room; 0 at the end. Throws a `ReadingError`.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteSource {
    /// Reads until the buffer is full or the source ends.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}

/// Another source with some bytes, already taken from it, put back in front.
final class PrefixedSource: ByteSource {
    private var prefix: ArraySlice<UInt8>
    private let rest: any ByteSource

    init(prefix: ArraySlice<UInt8>, rest: any ByteSource) {
        self.prefix = prefix
        self.rest = rest
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if prefix.isEmpty { return try rest.read(into: buffer) }
        let count = min(prefix.count, buffer.count)
        buffer.copyBytes(from: prefix.prefix(count))
        prefix = prefix.dropFirst(count)
        return count
    }
}

/// Bytes in memory.
final class BytesSource: HashedSource {
    private let bytes: [UInt8]
    private var place = 0
    /// Nobody compares it: what the bytes came in has its own.
    let hash = ContentHash()

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(bytes.count - place, buffer.count)
        buffer.copyBytes(from: bytes[place..<place + count])
        place += count
        return count
    }
}

/// Nothing to read.
final class EmptySource: ByteSource {
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
}

/// Why an input cannot be read, without its path: the caller knows which it was reading.
struct ReadingError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
