/// A part of one input that can be turned into documents on its own, on any thread.
public struct RecordBatch: Sendable {
    /// How the bytes are to be read.
    enum Shape: Sendable {
        case lines
        case rows(RowHeader, delimiter: UInt8)
        case whole(DocumentFormat)
        /// Nothing to read, only problems.
        case none
    }

    /// The input it is a part of.
    public let file: InputFile
    let bytes: [UInt8]
    let spans: [RecordSpan]
    let shape: Shape
    /// What stopped the reading of the input after this batch.
    let failure: (line: Int?, reason: String)?

    /// Bytes of text in it (decompressed), for progress and back-pressure.
    public var byteCount: Int { bytes.count }
    /// Records in it; a document of its own counts as one.
    public var recordCount: Int { spans.count }
}
