/// How large inputs may be; what is larger is skipped and named.
public struct ReadingLimits: Sendable, Hashable {
    /// Bytes on disk of one file; nil for no limit, since record streams are never held whole.
    public var maximumFileBytes: Int?
    /// Bytes of one document or record: a line of JSONL, a row of CSV, a text, a Markdown file, a page.
    public var maximumDocumentBytes: Int
    /// Bytes of one JSON document, which is held whole however many records it has.
    public var maximumJSONBytes: Int
    /// Bytes of the batches that a record stream is cut into. A batch is one thread's work.
    public var batchBytes: Int

    /// Bytes of one book or office document, packed and unpacked: most of it may be pictures, which are not unpacked.
    var maximumContainerBytes: Int { maximumDocumentBytes > Int.max / 4 ? .max : maximumDocumentBytes * 4 }

    /// What to do about an input that is too large.
    package static let wayOut = "cut it, or raise the limit"

    /// The defaults: no limit on files, 64 MiB a document, 1 GiB a JSON document, batches of 1 MiB.
    public init(
        maximumFileBytes: Int? = nil, maximumDocumentBytes: Int = 64 << 20, maximumJSONBytes: Int = 1 << 30,
        batchBytes: Int = 1 << 20
    ) {
        self.maximumFileBytes = maximumFileBytes
        self.maximumDocumentBytes = maximumDocumentBytes
        self.maximumJSONBytes = maximumJSONBytes
        self.batchBytes = batchBytes
    }
}
