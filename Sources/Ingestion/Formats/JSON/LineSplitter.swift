/// Cuts JSONL at line feeds. Blank lines are passed over but counted.
struct LineSplitter: RecordSplitter {
    /// Bytes a line may have.
    let limit: Int
    private(set) var line = 1
    private var isDiscarding = false
    /// How records are mapped, until the first have been looked at.
    private var mapping: RecordMapping?
    /// What maps the records, where fields of them are HTML.
    private var mapper: RecordMapper?

    init(limit: Int, mapping: RecordMapping) {
        self.limit = limit
        self.mapping = mapping
    }

    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int {
        let done = cut(bytes, isEnd: isEnd, into: &spans)
        if !spans.isEmpty, let mapping = mapping.take(), HTMLFields.mayBe(in: spans, of: bytes) {
            mapper = JSONLines.mapper(mapping, spans, of: bytes)
        }
        return done
    }

    private mutating func cut(
        _ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]
    ) -> Int {
        var start = 0
        while start < bytes.count {
            if spans.count == RecordSpan.maximumCount { return start }
            let lineFeed = bytes.firstLineFeed(from: start)
            if lineFeed == nil, !isEnd {
                guard bytes.count - start > limit else { return start }
                if !isDiscarding { spans.append(tooLong(at: start)) }
                isDiscarding = true
                return bytes.count
            }
            let end = lineFeed ?? bytes.count
            if isDiscarding {
                isDiscarding = false
            } else if end - start > limit {
                spans.append(tooLong(at: start))
            } else if bytes[start..<end].contains(where: { $0 > 0x20 }) {
                spans.append(RecordSpan(range: start..<end, line: line, row: line))
            }
            line += 1
            start = end + 1
        }
        return bytes.count
    }

    func contents(_ spans: [RecordSpan]) -> any BatchContents { JSONLines(spans: spans, mapper: mapper) }

    private func tooLong(at start: Int) -> RecordSpan {
        RecordSpan(
            range: start..<start, line: line, row: line,
            problem: "this line is larger than the limit of \(limit) bytes for one document; \(ReadingLimits.wayOut)")
    }
}
