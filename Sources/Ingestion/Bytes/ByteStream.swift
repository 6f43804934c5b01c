/// The text bytes of one input, from front to end: decompressed when they are gzip, without byte order mark, and in
/// UTF-8 where a mark said UTF-16.
///
/// Compression is told by the first bytes, so a gzip file without `.gz`, or one on standard input, reads the same.
final class ByteStream {
    private let file: FileSource
    private var source: any ByteSource
    private var prefix: [UInt8]

    /// Bytes looked at to tell the kind of an input; file(1) and git look at as many.
    static let prefixLength = 8000

    init(_ input: InputFile) throws {
        file = try FileSource(input)
        var magic = try Self.take(2, from: file)
        source = PrefixedSource(prefix: magic[...], rest: file)
        if magic == [0x1F, 0x8B] { source = try GzipSource(source) }
        magic = try Self.take(3, from: source)
        let rest = source
        switch (magic.first, magic.dropFirst().first, magic.dropFirst(2).first) {
        case (0xEF, 0xBB, 0xBF): break
        case (0xFE, 0xFF, _):
            source = UTF16Source(PrefixedSource(prefix: magic[2...], rest: rest), isBigEndian: true)
        case (0xFF, 0xFE, _):
            source = UTF16Source(PrefixedSource(prefix: magic[2...], rest: rest), isBigEndian: false)
        default: source = PrefixedSource(prefix: magic[...], rest: rest)
        }
        prefix = try Self.take(Self.prefixLength, from: source)
        source = PrefixedSource(prefix: prefix[...], rest: source)
    }

    /// Whether the first bytes hold a NUL, which text never does.
    var isBinary: Bool { prefix.contains(0) }

    /// The first bytes, at most 8000, for telling the format.
    var beginning: [UInt8] { prefix }

    /// The hash of the raw bytes read so far; of the whole file once the stream has ended.
    var contentHash: UInt64 { file.hash.value }

    /// Reads until `buffer` is full, the stream ends or it fails; what came before a failure counts.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> (count: Int, failure: String?) {
        var filled = 0
        do {
            while filled < buffer.count {
                let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                if count == 0 { break }
                filled += count
            }
        } catch {
            return (filled, "\(error)")
        }
        return (filled, nil)
    }

    /// Reads to the end; throws when there are more than `limit` bytes.
    func readAll(atMost limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var room = 1 << 16
        while true {
            let start = bytes.count
            let chunk = room
            let part = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                count = try source.fill(UnsafeMutableRawBufferPointer(buffer))
            }
            bytes += part
            if bytes.count > limit {
                throw ReadingError(
                    "is larger than the limit of \(limit) bytes for a document read as a whole; " + ReadingLimits.wayOut
                )
            }
            if bytes.count < start + chunk { return bytes }
            room = min(bytes.count, 1 << 24)
        }
    }

    private static func take(_ count: Int, from source: any ByteSource) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, taken in
            taken = try source.fill(UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
