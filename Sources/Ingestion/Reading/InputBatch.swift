/// A part of one input that can be turned into documents on its own, on any thread.
public struct InputBatch: Sendable {
    /// The input it is a part of.
    public let file: InputFile
    /// Records in it; a document of its own counts as one.
    public let recordCount: Int
    let bytes: [UInt8]
    /// The 1-based line of its first record.
    let firstLine: Int?
    /// How the bytes are read; nil when there is nothing to read.
    let contents: (any BatchContents)?
    /// The character set that the profile says of texts in it that name none themselves.
    let encoding: String?
    /// What was odd about the input as it was cut.
    let remarks: [ReadingRemark]
    /// What stopped the reading of the input after this batch.
    let failure: (line: Int?, reason: String)?

    init(
        file: InputFile, bytes: [UInt8] = [], recordCount: Int = 0, firstLine: Int? = nil,
        contents: (any BatchContents)? = nil, encoding: String? = nil, remarks: [ReadingRemark] = [],
        failure: (line: Int?, reason: String)? = nil
    ) {
        self.file = file
        self.bytes = bytes
        self.recordCount = recordCount
        self.firstLine = firstLine
        self.contents = contents
        self.encoding = encoding
        self.remarks = remarks
        self.failure = failure
    }

    /// Bytes of text in it (decompressed), for progress and back-pressure.
    public var byteCount: Int { bytes.count }

    /// Whether its file is known for a text by its name, and not for something that has to be unpacked or converted.
    package var isText: Bool { file.format?.format.isText ?? false }
}

/// Turns the bytes of a batch into events.
protocol BatchContents: Sendable {
    /// Hands on what the bytes give, in their order; what is odd about them is noted in `tally`. Safe on any thread.
    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows
}

/// What was odd about one batch, and what its profile says of texts that leave it open.
final class BatchTally {
    /// The character set of texts that name none themselves; nil for what their bytes look like.
    let encoding: String?
    /// Damaged UTF-8 sequences replaced by U+FFFD.
    var replaced = 0
    /// Texts taken as Windows-1252.
    var windows1252 = 0
    /// Records that were read, and the documents they gave.
    var records = 0
    var documents = 0
    /// What else there was, one of each kind.
    private(set) var remarks: [ReadingRemark] = []

    init(encoding: String? = nil) { self.encoding = encoding }

    /// Counts something odd about the record at a line.
    func note(_ kind: ReadingRemark.Kind, line: Int?) { remarks.add(ReadingRemark(kind, line: line)) }
}
