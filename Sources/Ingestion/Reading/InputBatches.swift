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
            // What a shell makes of a command that failed. Nothing is read, so that nothing is taken for gone.
            if file.isStandardInput, stream.isEmpty { throw ReadingError("is empty; what it gave before stays") }
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
        if file.format == nil, mapping.format == nil, beginning.bytes.starts(with: Array("{\\rtf".utf8)) {
            throw ReadingError(
                "is RTF, which a command reads: `extensions: { rtf: { command: \"unrtf --text {}\" } }` in a profile has it run"
            )
        }
        guard
            let format = DocumentFormat.of(
                isArchive ? file.format : mapping.format ?? file.format, beginning: beginning)
        else { throw ReadingError("looks binary (it holds a NUL byte), and its format is none that is known here") }
        var guess: String?
        let isDecoded = format.isText && !format.declaresEncoding
        if format.isText {
            if beginning.isBinary { throw ReadingError("looks binary (it holds a NUL byte)") }
            guess = try stream.decode(from: isDecoded ? mapping.encoding : nil, guesses: isDecoded)
        }
        let source = format.batches(
            of: OpenInput(
                file: file, stream: stream, mapping: mapping, limits: limits, depth: depth,
                encoding: isDecoded ? nil : mapping.encoding))
        var remarks = guess.map { [ReadingRemark(.guessedEncoding($0), line: nil)] } ?? []
        if !isArchive, let named = file.format, let wanted = mapping.format, named != wanted,
            named.name != format.name, !stream.isEmpty
        {
            remarks.append(ReadingRemark(.otherFormat(read: format.name, named: named.name), line: nil))
        }
        return remarks.isEmpty ? source : RemarkedInput(source, remarks, of: file)
    }

    /// XXH64 of the input's bytes as they are on disk; complete once `next()` has given nil. nil when it was not opened.
    public var contentHash: UInt64? { stream?.contentHash }

    /// The next batch, or nil at the end. Problems with the input are in the batches.
    public func next() -> InputBatch? {
        if let failure = pendingFailure.take() { return InputBatch(file: file, failure: (nil, failure)) }
        return source?.next()
    }
}

/// An input about which its first batch says something, or one without content if it has none.
private final class RemarkedInput: InputBatchSource {
    private let inner: any InputBatchSource
    private let file: InputFile
    private var remarks: [ReadingRemark]

    init(_ inner: some InputBatchSource, _ remarks: [ReadingRemark], of file: InputFile) {
        self.inner = inner
        self.file = file
        self.remarks = remarks
    }

    func next() -> InputBatch? {
        guard !remarks.isEmpty else { return inner.next() }
        let remarks = remarks
        self.remarks = []
        guard let batch = inner.next() else { return InputBatch(file: file, remarks: remarks) }
        return InputBatch(
            file: batch.file, bytes: batch.bytes, recordCount: batch.recordCount, firstLine: batch.firstLine,
            contents: batch.contents, encoding: batch.encoding, remarks: remarks + batch.remarks,
            failure: batch.failure)
    }
}
