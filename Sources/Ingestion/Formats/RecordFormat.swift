/// A format whose inputs are records one after the other, read in parts whatever their size.
///
/// One thread cuts the stream into batches of whole records, which costs one call for each mebibyte; any thread reads a
/// batch, by code that is compiled for the format.
protocol RecordFormat: InputFormat {
    /// What cuts an input into records.
    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter
}

/// Cuts a stream of bytes into records.
protocol RecordSplitter {
    /// Appends the whole records at the beginning of `bytes` to `spans` and gives the number of bytes that are done with.
    /// The rest comes again, with more behind it, unless `isEnd`. It may stop early, but not without any record.
    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int

    /// The 1-based line that the next record starts on.
    var line: Int { get }

    /// What reads the records at `spans`.
    func contents(_ spans: [RecordSpan]) -> any BatchContents

    /// What was odd since the last call.
    mutating func takeRemarks() -> [ReadingRemark]
}

extension RecordSplitter {
    mutating func takeRemarks() -> [ReadingRemark] { [] }
}

/// The place of one record in a batch, or of what could not be one.
struct RecordSpan: Sendable, Hashable {
    var range: Range<Int>
    /// The 1-based line it starts on.
    var line: Int
    /// Its number in its source, from 1.
    var row: Int
    /// Why it is skipped, when it is.
    var problem: String?

    /// Records of one batch: a mebibyte of the shortest takes no more memory than one of the usual ones.
    static let maximumCount = 1 << 15
}

extension RecordFormat {
    func batches(of input: OpenInput) -> any InputBatchSource {
        RecordStream(input, splitter: splitter(input.mapping, input.limits))
    }
}

/// A stream of records, cut into batches of about `ReadingLimits.batchBytes`.
///
/// Memory: one batch, or the longest record if that is longer.
private final class RecordStream: InputBatchSource {
    private let input: OpenInput
    private var splitter: any RecordSplitter
    private var carry: [UInt8] = []
    private var isEnd = false

    init(_ input: OpenInput, splitter: any RecordSplitter) {
        self.input = input
        self.splitter = splitter
    }

    func next() -> InputBatch? {
        if isEnd, carry.isEmpty { return nil }
        var chunk = isEnd ? 0 : input.limits.batchBytes
        while true {
            let kept = carry
            var failure: String?
            let bytes = [UInt8](unsafeUninitializedCapacity: kept.count + chunk) { buffer, count in
                // Safety: the buffer has room for the bytes kept and one chunk; `count` is what was written.
                let buffer = UnsafeMutableRawBufferPointer(buffer)
                assert(buffer.count >= kept.count + chunk)
                buffer.copyBytes(from: kept)
                let room = UnsafeMutableRawBufferPointer(rebasing: buffer[kept.count..<kept.count + chunk])
                let filled = input.stream.fill(room)
                count = kept.count + filled.count
                failure = filled.failure
                isEnd = isEnd || filled.count < chunk
            }
            var spans: [RecordSpan] = []
            let done = bytes.withUnsafeBytes { bytes in
                splitter.split(bytes, isEnd: isEnd && failure == nil, into: &spans)
            }
            carry = failure == nil ? Array(bytes[done...]) : []
            if spans.isEmpty, !isEnd {
                // Twice as much, so that a long record is looked at a bounded number of times.
                chunk = max(chunk, carry.count)
                continue
            }
            let remarks = splitter.takeRemarks()
            if spans.isEmpty, failure == nil, remarks.isEmpty { return nil }
            let problem = failure.map {
                (line: Int?.some(splitter.line), reason: "\($0); nothing was read from here on")
            }
            return InputBatch(
                file: input.file, bytes: bytes, recordCount: spans.count, firstLine: spans.first?.line,
                contents: splitter.contents(spans), encoding: input.encoding, remarks: remarks, failure: problem)
        }
    }
}
