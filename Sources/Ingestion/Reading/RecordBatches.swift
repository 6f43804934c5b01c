/// One input, read from front to end in batches; made by `DocumentReader.batches(of:)`.
///
/// Reading is sequential and for one thread; what it gives can be turned into documents on any. Batches are about
/// `ReadingLimits.batchBytes` long and hold whole records; a text, Markdown, HTML or JSON file is one batch.
/// Memory: one batch, or the longest record if that is longer.
public final class RecordBatches: Sequence, IteratorProtocol {
    /// The input.
    public let file: InputFile
    private let limits: ReadingLimits
    private let mapping: RecordMapping
    private var stream: ByteStream?
    private var format = DocumentFormat.text
    private var splitter: any RecordSplitter
    private var carry: [UInt8] = []
    private var isEnd = false
    private var pendingFailure: String?

    init(_ file: InputFile, mapping: RecordMapping, limits: ReadingLimits) {
        self.file = file
        self.limits = limits
        self.mapping = mapping
        splitter = LineSplitter(limit: limits.maximumDocumentBytes)
        do {
            if let maximum = limits.maximumFileBytes, file.size > maximum {
                throw ReadingError("is \(file.size) bytes large; the limit is \(maximum)")
            }
            let stream = try ByteStream(file)
            if stream.isBinary { throw ReadingError("looks binary (it holds a NUL byte)") }
            format = mapping.format ?? file.format ?? Self.format(beginning: stream.beginning)
            if let delimiter { splitter = RowSplitter(delimiter: delimiter, limit: limits.maximumDocumentBytes) }
            self.stream = stream
        } catch {
            pendingFailure = "\(error)"
        }
    }

    /// XXH64 of the input's bytes as they are on disk; complete once `next()` has given nil. nil when it was not opened.
    public var contentHash: UInt64? { stream?.contentHash }

    /// The next batch, or nil at the end. Problems with the input are in the batches.
    public func next() -> RecordBatch? {
        if let failure = pendingFailure {
            pendingFailure = nil
            isEnd = true
            return RecordBatch(file: file, bytes: [], spans: [], shape: .none, failure: (nil, failure))
        }
        guard !isEnd, let stream else { return nil }
        return format.isRecordStream ? nextRecords(from: stream) : whole(from: stream)
    }

    private var delimiter: UInt8? {
        switch format {
        case .csv: mapping.delimiter ?? UInt8(ascii: ",")
        case .tsv: mapping.delimiter ?? UInt8(ascii: "\t")
        default: nil
        }
    }

    private func whole(from stream: ByteStream) -> RecordBatch {
        isEnd = true
        do {
            let limit = format == .json ? limits.maximumJSONBytes : limits.maximumDocumentBytes
            let bytes = try stream.readAll(atMost: limit)
            let span = RecordSpan(range: 0..<bytes.count, line: 1, row: 1)
            return RecordBatch(file: file, bytes: bytes, spans: [span], shape: .whole(format), failure: nil)
        } catch {
            return RecordBatch(file: file, bytes: [], spans: [], shape: .none, failure: (nil, "\(error)"))
        }
    }

    private func nextRecords(from stream: ByteStream) -> RecordBatch? {
        var chunk = limits.batchBytes
        while true {
            let kept = carry
            var failure: String?
            let bytes = [UInt8](unsafeUninitializedCapacity: kept.count + chunk) { buffer, count in
                let buffer = UnsafeMutableRawBufferPointer(buffer)
                buffer.copyBytes(from: kept)
                let room = UnsafeMutableRawBufferPointer(rebasing: buffer[kept.count...])
                let filled = stream.fill(room)
                count = kept.count + filled.count
                failure = filled.failure
                isEnd = filled.count < chunk
            }
            var spans: [RecordSpan] = []
            let done = bytes.withUnsafeBytes { bytes in
                splitter.split(bytes, isEnd: isEnd && failure == nil, into: &spans)
            }
            carry = Array(bytes[done...])
            if spans.isEmpty, !isEnd {
                // Twice as much, so that a long record is looked at a bounded number of times.
                chunk = Swift.max(chunk, carry.count)
                continue
            }
            if spans.isEmpty, failure == nil { return nil }
            let problem = failure.map {
                (line: Int?.some(splitter.line), reason: "\($0); nothing was read from here on")
            }
            return RecordBatch(file: file, bytes: bytes, spans: spans, shape: shape, failure: problem)
        }
    }

    private var shape: RecordBatch.Shape {
        guard let delimiter else { return .lines }
        guard let header = (splitter as? RowSplitter)?.header else { return .none }
        return .rows(header, delimiter: delimiter)
    }

    /// The format of an input whose name does not tell it.
    static func format(beginning bytes: [UInt8]) -> DocumentFormat {
        let text = bytes.drop { $0 <= 0x20 }
        if text.first == UInt8(ascii: "{") {
            // A whole object on the first line, with something behind it, is JSONL.
            let line = text.prefix { $0 != 0x0A }
            var tape = JSONTape()
            let isWhole = line.withUnsafeBytes { line in
                do throws(JSONError) {
                    try tape.scan(line)
                    return true
                } catch { return false }
            }
            let isCut = line.count == text.count && bytes.count >= ByteStream.prefixLength
            return isWhole || isCut ? .jsonLines : .json
        }
        if text.first == UInt8(ascii: "[") { return .json }
        let start = String(decoding: text.prefix(14), as: UTF8.self).lowercased()
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html") ? .html : .text
    }
}
