import CZlib

/// The decompressed bytes of a gzip file (RFC 1952), which may have several members.
final class GzipSource: ByteSource {
    private let compressed: any ByteSource
    private var stream = z_stream()
    private let input: UnsafeMutableRawBufferPointer
    private var isEnd = false

    /// Bytes that came in and went out.
    private var consumed = 0
    private var produced = 0

    /// Bytes that may go out for each one that comes in. Text that is worth reading gives 3 to 30, logs perhaps 100; zlib
    /// reaches 1,032 with nothing but repetition.
    static let maximumRatio = 250
    /// Bytes that may go out whatever came in.
    static let freeBytes = 256 << 20
    private let freeBytes: Int

    /// Bytes read from disk at a time.
    private static let inputCapacity = 1 << 16

    /// Reads gzip data.
    ///
    /// - Parameter freeBytes: Bytes that come of any data; behind them the ratio counts.
    init(_ compressed: any ByteSource, freeBytes: Int = GzipSource.freeBytes) throws {
        self.compressed = compressed
        self.freeBytes = freeBytes
        input = .allocate(byteCount: Self.inputCapacity, alignment: 16)
        guard postil_inflate_init(&stream) == Z_OK else {
            input.deallocate()
            throw ReadingError("cannot be decompressed: zlib refused to start")
        }
    }

    deinit {
        inflateEnd(&stream)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        assert(!buffer.isEmpty)
        let room = min(buffer.count, Int(UInt32.max))
        // Safety: zlib writes at most avail_out = room bytes, and reads at most the avail_in bytes that were put in `input`.
        stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(room)
        while stream.avail_out == UInt32(room) {
            if stream.avail_in == 0 {
                let count = try compressed.read(into: input)
                if count == 0 {
                    if isEnd { return 0 }
                    throw ReadingError("the gzip data ends too early; fetch the file again")
                }
                stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_in = UInt32(count)
                consumed += count
            }
            if isEnd {
                // Another member follows; zero bytes are padding, as gzip(1) takes them.
                if stream.next_in.pointee == 0 {
                    stream.next_in += 1
                    stream.avail_in -= 1
                    continue
                }
                guard inflateReset(&stream) == Z_OK else { throw ReadingError("cannot be decompressed") }
                isEnd = false
            }
            switch inflate(&stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: continue
            case Z_STREAM_END: isEnd = true
            default:
                let reason = stream.msg.map { String(cString: $0) } ?? "unknown error"
                throw ReadingError("the gzip data is damaged (\(reason)); fetch the file again")
            }
        }
        let count = room - Int(stream.avail_out)
        produced += count
        if produced > freeBytes, produced / Self.maximumRatio > consumed {
            throw ReadingError(
                "the gzip data decompresses to more than \(Self.maximumRatio) times its size; decompress it to have it read"
            )
        }
        return count
    }
}
