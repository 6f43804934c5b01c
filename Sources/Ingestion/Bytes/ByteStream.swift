/// The bytes of one input from front to end, decompressed when they are gzip, xz, bzip2 or zstd, and as text when that is asked
/// for.
///
/// Compression is told by the first bytes, so a gzip file without `.gz`, or one on standard input, reads the same.
final class ByteStream {
    private let file: any HashedSource
    /// The first bytes as they are, and what follows them.
    private let prefix: [UInt8]
    private let rest: any ByteSource
    /// All of it, from where reading has come to.
    private var source: any ByteSource
    /// Whether nothing of it was read, and it is taken as it is.
    private var isUntouched = true
    private let encoding: TextEncoding
    /// What may come out of the input.
    let budget: UnpackingBudget

    /// Bytes looked at to tell the kind of an input; file(1) and git look at as many.
    static let prefixLength = 8000

    /// What a byte order mark says.
    private enum TextEncoding {
        case unmarked, utf8, utf16(isBigEndian: Bool), unmarkedUTF16(isBigEndian: Bool), utf32(
            isBigEndian: Bool, isMarked: Bool)

        init(_ bytes: [UInt8]) {
            if bytes.starts(with: Self.mark) {
                self = .utf8
            } else if let isBigEndian = Self.utf32(bytes) {
                let marks: [[UInt8]] = [[0, 0, 0xFE, 0xFF], [0xFF, 0xFE, 0, 0]]
                self = .utf32(isBigEndian: isBigEndian, isMarked: marks.contains { bytes.starts(with: $0) })
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                self = .utf16(isBigEndian: true)
            } else {
                let hasZero = bytes.withUnsafeBytes { $0.first(0, from: 0) != nil }
                let guess = hasZero ? CharacterSetGuess.utf16(bytes) : nil
                self =
                    bytes.starts(with: [0xFF, 0xFE])
                    ? .utf16(isBigEndian: false)
                    : guess.map { .unmarkedUTF16(isBigEndian: $0.isBigEndian) } ?? .unmarked
            }
        }

        private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

        /// Whether bytes are UTF-32, and which: of four one is always zero, and of most characters another.
        private static func utf32(_ bytes: [UInt8]) -> Bool? {
            guard bytes.count >= 8, bytes[0] == 0 && bytes[1] == 0 || bytes[2] == 0 && bytes[3] == 0 else { return nil }
            for isBigEndian in [true, false] {
                let isSo = stride(from: 0, to: bytes.count - 3, by: 4).allSatisfy { place in
                    let unit = bytes[place..<place + 4]
                    let (plane, zero) =
                        isBigEndian ? (unit[place + 1], unit[place]) : (unit[place + 2], unit[place + 3])
                    let low = isBigEndian ? (unit[place + 2], unit[place + 3]) : (unit[place + 1], unit[place])
                    let isControl = plane == 0 && low.0 == 0 && low.1 < 0x20 && ![0x09, 0x0A, 0x0D].contains(low.1)
                    return zero == 0 && plane <= 0x10 && !isControl && !(plane == 0 && (0xD8...0xDF).contains(low.0))
                }
                if isSo { return isBigEndian }
            }
            return nil
        }

        /// Bytes of the mark.
        var markLength: Int {
            switch self {
            case .unmarked, .unmarkedUTF16, .utf32(_, isMarked: false): 0
            case .utf32(_, isMarked: true): 4
            case .utf8: 3
            case .utf16: 2
            }
        }

        /// Whether the bytes say what they are.
        var isMeant: Bool { if case .unmarked = self { false } else { true } }

        /// The text of `bytes`, which begin with the mark.
        func text(_ bytes: ArraySlice<UInt8>, followedBy rest: any ByteSource) throws -> any ByteSource {
            var content = bytes.dropFirst(markLength)
            // An editor may have put one before another.
            if case .utf8 = self {
                while content.starts(with: Self.mark) { content = content.dropFirst(Self.mark.count) }
            }
            let marked = PrefixedSource(prefix: content, rest: rest)
            switch self {
            case .unmarked, .utf8: return marked
            case .utf32(let isBigEndian, _):
                return try ConvertedSource(marked, from: isBigEndian ? "utf-32be" : "utf-32le")
            case .utf16(let isBigEndian), .unmarkedUTF16(let isBigEndian):
                return UTF16Source(marked, isBigEndian: isBigEndian)
            }
        }
    }

    convenience init(_ input: InputFile) throws {
        try self.init(try FileSource(input), budget: UnpackingBudget(inputBytes: Int(input.size)))
    }

    /// The bytes of a file in an archive; what it unpacks to counts in the archive's budget.
    init(_ source: any HashedSource, budget: UnpackingBudget) throws {
        file = source
        self.budget = budget
        let start = try Self.take(Self.prefixLength, from: file)
        if start.starts(with: [0x1F, 0x8B]) {
            rest = try GzipSource(PrefixedSource(prefix: start[...], rest: file))
            prefix = try Self.take(Self.prefixLength, from: rest)
        } else if UnpackedSource.isCompressed(start) {
            rest = try UnpackedSource(PrefixedSource(prefix: start[...], rest: file), budget: budget)
            prefix = try Self.take(Self.prefixLength, from: rest)
        } else {
            rest = file
            prefix = start
        }
        encoding = TextEncoding(prefix)
        self.source = PrefixedSource(prefix: prefix[...], rest: rest)
    }

    /// Whether there are none.
    var isEmpty: Bool { prefix.isEmpty }

    /// Whether the bytes are those on disk.
    var isPlain: Bool { rest === file }

    /// The first bytes, for telling the format.
    func beginning() throws -> InputBeginning {
        var text = prefix
        if encoding.isMeant {
            text = try Self.take(Self.prefixLength, from: try encoding.text(prefix[...], followedBy: EmptySource()))
        }
        return InputBeginning(bytes: prefix, text: text, isCut: prefix.count == Self.prefixLength)
    }

    /// Makes text of the bytes from here on: in UTF-8, and without a byte order mark. To be called before anything is read.
    ///
    /// - Parameters:
    ///   - set: The character set that the profile says, for what has no mark.
    ///   - guesses: Whether the set of other bytes is to be guessed.
    /// - Returns: The set that was guessed.
    func decode(from set: String?, guesses: Bool) throws -> String? {
        if encoding.isMeant {
            isUntouched = false
            source = try encoding.text(prefix[...], followedBy: rest)
            if case .unmarkedUTF16(let isBigEndian) = encoding { return isBigEndian ? "utf-16be" : "utf-16le" }
            return nil
        }
        if let set {
            isUntouched = false
            source = try ConvertedSource(PrefixedSource(prefix: prefix[...], rest: rest), from: set)
        } else if guesses, let guess = CharacterSetGuess.set(of: prefix), CharacterSet.isKnown(guess) {
            isUntouched = false
            source = try ConvertedSource(PrefixedSource(prefix: prefix[...], rest: rest), from: guess)
            return guess
        }
        return nil
    }

    /// The hash of the raw bytes read so far; of the whole file once the stream has ended.
    var contentHash: UInt64 { file.hash.value }

    /// Reads what is left of the raw bytes, for the hash.
    func drain() throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { room.deallocate() }
        while try file.read(into: room) > 0 {}
    }

    /// The bytes from here on.
    var remaining: any ByteSource {
        isUntouched = false
        return source
    }

    /// Reads until `buffer` is full, the stream ends or it fails; what came before a failure counts.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> (count: Int, failure: String?) {
        var filled = 0
        isUntouched = false
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
        // Most files end with their first bytes.
        let isWhole = prefix.count < Self.prefixLength
        if isWhole, isUntouched, prefix.count <= limit { return prefix }
        isUntouched = false
        var room = isWhole ? Self.prefixLength : 1 << 16
        var bytes: [UInt8] = []
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
