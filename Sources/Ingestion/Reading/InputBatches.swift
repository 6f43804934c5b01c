/// One input, read from front to end in batches; made by `DocumentReader.batches(of:)`.
///
/// Reading is sequential and for one thread; what it gives can be turned into documents on any. Its format decides how it is
/// cut: a text, Markdown, HTML or JSON file is one batch, a stream of records one for each mebibyte or so.
public final class InputBatches: Sequence, IteratorProtocol {
    /// The input.
    public let file: InputFile
    private var stream: ByteStream?
    private var source: (any InputBatchSource)?
    private var pendingFailure: String?

    /// Opens an input and decides its format. What goes wrong becomes its only batch.
    init(_ file: InputFile, mapping: RecordMapping, limits: ReadingLimits) {
        self.file = file
        do {
            if let maximum = limits.maximumFileBytes, file.size > maximum {
                throw ReadingError("is \(file.size) bytes large; the limit is \(maximum)")
            }
            let stream = try ByteStream(file)
            self.stream = stream
            source = try Self.source(file, stream: stream, mapping: mapping, limits: limits, depth: 0)
        } catch {
            pendingFailure = "\(error)"
        }
    }

    /// Decides the format of a stream, and begins to read it.
    ///
    /// - Parameter depth: How many archives it lies in.
    static func source(
        _ file: InputFile, stream: ByteStream, mapping: RecordMapping, limits: ReadingLimits, depth: Int
    ) throws -> any InputBatchSource {
        let beginning = try stream.beginning()
        // A profile's format is that of the files in an archive, not of the archive.
        let isArchive = file.format?.format is ArchiveFormat
        guard
            let format = DocumentFormat.of(
                isArchive ? file.format : mapping.format ?? file.format, beginning: beginning)
        else { throw ReadingError("looks binary (it holds a NUL byte), and its format is none that is known here") }
        var guess: String?
        if format.isText {
            if beginning.isBinary { throw ReadingError("looks binary (it holds a NUL byte)") }
            guess = try stream.decode(from: mapping.encoding, guesses: !format.declaresEncoding)
        }
        let source = format.batches(
            of: OpenInput(file: file, stream: stream, mapping: mapping, limits: limits, depth: depth))
        return guess.map { GuessedInput(source, encoding: $0) } ?? source
    }

    /// XXH64 of the input's bytes as they are on disk; complete once `next()` has given nil. nil when it was not opened.
    public var contentHash: UInt64? { stream?.contentHash }

    /// The next batch, or nil at the end. Problems with the input are in the batches.
    public func next() -> InputBatch? {
        if let failure = pendingFailure.take() { return InputBatch(file: file, failure: (nil, failure)) }
        return source?.next()
    }
}

/// An input whose character set was guessed, which its first batch says.
private final class GuessedInput: InputBatchSource {
    private let inner: any InputBatchSource
    private var remark: ReadingRemark?

    init(_ inner: some InputBatchSource, encoding: String) {
        self.inner = inner
        remark = ReadingRemark(.guessedEncoding(encoding), line: nil)
    }

    func next() -> InputBatch? {
        guard let batch = inner.next() else { return nil }
        guard let remark = remark.take() else { return batch }
        return InputBatch(
            file: batch.file, bytes: batch.bytes, recordCount: batch.recordCount, firstLine: batch.firstLine,
            contents: batch.contents, remarks: [remark] + batch.remarks, failure: batch.failure)
    }
}
