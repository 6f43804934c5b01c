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
    /// What stopped the reading of the input after this batch.
    let failure: (line: Int?, reason: String)?

    init(
        file: InputFile, bytes: [UInt8] = [], recordCount: Int = 0, firstLine: Int? = nil,
        contents: (any BatchContents)? = nil, failure: (line: Int?, reason: String)? = nil
    ) {
        self.file = file
        self.bytes = bytes
        self.recordCount = recordCount
        self.firstLine = firstLine
        self.contents = contents
        self.failure = failure
    }

    /// Bytes of text in it (decompressed), for progress and back-pressure.
    public var byteCount: Int { bytes.count }
}

/// Turns the bytes of a batch into events.
protocol BatchContents: Sendable {
    /// Hands on what the bytes give, in their order; what is odd about them is noted in `tally`. Safe on any thread.
    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows
}
