/// Cuts CSV and TSV at the ends of rows, and takes the header off.
///
/// After a damaged row, or one that has no end, it goes on with the line after the one the row started on, so that a
/// quote too many costs that row and not the rest of the file.
struct RowSplitter: RecordSplitter {
    let delimiter: UInt8
    /// Bytes a row may have.
    let limit: Int
    private(set) var line = 1
    /// The column names, once the first row has been seen.
    private(set) var header: RowHeader?
    private var row = 0
    private var remarks: [ReadingRemark] = []
    private var isDiscarding = false
    /// Whether there is no telling the columns, so that nothing can be read.
    private var lacksHeader = false
    private var scanner: RowScanner
    private let tally = BatchTally()
    /// How rows are mapped, until the first have been looked at.
    private var mapping: RecordMapping?
    /// What maps the rows, where columns of them are HTML.
    private var mapper: RecordMapper?

    /// Begins to cut a table whose rows are mapped so, if they are at all.
    init(delimiter: UInt8, limit: Int, mapping: RecordMapping? = nil) {
        self.delimiter = delimiter
        self.limit = limit
        self.mapping = mapping
        scanner = RowScanner(delimiter: delimiter)
    }

    mutating func split(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]) -> Int {
        let done = cut(bytes, isEnd: isEnd, into: &spans)
        if let mapping, let header, !spans.isEmpty {
            self.mapping = nil
            if HTMLFields.mayBe(in: spans, of: bytes) { mapper = mapper(mapping, header, spans, of: bytes) }
        }
        return done
    }

    private func mapper(
        _ mapping: RecordMapping, _ header: RowHeader, _ spans: [RecordSpan], of bytes: UnsafeRawBufferPointer
    ) -> RecordMapper? {
        let columns = RowColumns(header, names: RecordMapper(mapping).names)
        var fields = HTMLFields(mapping)
        var scanner = RowScanner(delimiter: delimiter)
        for span in spans.prefix(HTMLFields.recordsLookedAt) where span.problem == nil {
            let row = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            _ = scanner.scan(row, from: 0, isEnd: true)
            fields.take(RowRecord(bytes: row, cells: scanner.cells, columns: columns, tally: BatchTally()))
        }
        return fields.mapper
    }

    private mutating func cut(
        _ bytes: UnsafeRawBufferPointer, isEnd: Bool, into spans: inout [RecordSpan]
    ) -> Int {
        var start = 0
        if isDiscarding {
            guard let lineFeed = bytes.firstLineFeed(from: 0) else { return bytes.count }
            isDiscarding = false
            line += 1
            start = lineFeed + 1
        }
        while start < bytes.count, !lacksHeader {
            if spans.count == RecordSpan.maximumCount { return start }
            switch scanner.scan(bytes, from: start, isEnd: isEnd) {
            case .row(let next):
                take(bytes, start..<next, into: &spans)
                line += scanner.lineCount
                start = next
            case .malformed(let place, let reason):
                let column = place - start + 1
                start = skipLine(bytes, start, "byte \(column) of this row: \(reason)", into: &spans)
            case .incomplete(let quote):
                if isEnd, quote != nil {
                    start = skipLine(
                        bytes, start,
                        "a quote opened in this row has no end; close it, or double it if it is meant as text",
                        into: &spans)
                } else if bytes.count - start > limit {
                    start = skipLine(
                        bytes, start,
                        "this row is larger than the limit of \(limit) bytes for one document; "
                            + "a quote may be missing", into: &spans)
                } else {
                    return start
                }
            }
        }
        return bytes.count
    }

    func contents(_ spans: [RecordSpan]) -> any BatchContents {
        Rows(spans: spans, header: header ?? RowHeader(names: []), delimiter: delimiter, mapper: mapper)
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into spans: inout [RecordSpan]) {
        if scanner.cells.allSatisfy({ $0.range.isEmpty }) {
            // A line without anything in it is no row.
            guard scanner.cellCount > 1, header != nil else { return }
            row += 1
            note(ReadingRemark(.emptyRows, line: line))
            return
        }
        guard header != nil else { return takeHeader(bytes, at: range.lowerBound, into: &spans) }
        row += 1
        if range.count > limit {
            let problem =
                "this row is larger than the limit of \(limit) bytes for one document; \(ReadingLimits.wayOut)"
            spans.append(RecordSpan(range: range, line: line, row: row, problem: problem))
        } else {
            spans.append(RecordSpan(range: range, line: line, row: row))
        }
    }

    private mutating func takeHeader(_ bytes: UnsafeRawBufferPointer, at start: Int, into spans: inout [RecordSpan]) {
        // Excel's line, which names the delimiter, stands before the header.
        if line == 1, RowFormat.saidDelimiter(bytes[start...]) != nil { return }
        guard scanner.cellCount <= RowHeader.maximumColumns else {
            lacksHeader = true
            let reason =
                "the header has \(scanner.cellCount) columns, so nothing was read; the limit is \(RowHeader.maximumColumns)"
            return spans.append(RecordSpan(range: start..<start, line: line, row: 0, problem: reason))
        }
        let names = scanner.cells.map { RowRecord.text(of: $0, in: bytes, tally: tally).trimmed }
        let header = RowHeader(names: names)
        if !header.repeatedNames.isEmpty {
            note(ReadingRemark(.repeatedColumns(names: DocumentReader.shown(header.repeatedNames)), line: line))
        }
        self.header = header
    }

    private mutating func note(_ remark: ReadingRemark) { remarks.add(remark) }

    mutating func takeRemarks() -> [ReadingRemark] {
        defer { remarks = [] }
        return remarks
    }

    /// Reports the row at `start` and gives the start of the next line.
    private mutating func skipLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ problem: String, into spans: inout [RecordSpan]
    ) -> Int {
        if header == nil {
            lacksHeader = true
            let reason = "the header is damaged, so nothing was read: \(problem)"
            spans.append(RecordSpan(range: start..<start, line: line, row: 0, problem: reason))
            return bytes.count
        }
        row += 1
        spans.append(RecordSpan(range: start..<start, line: line, row: row, problem: problem))
        guard let lineFeed = bytes.firstLineFeed(from: start) else {
            isDiscarding = true
            return bytes.count
        }
        line += 1
        return lineFeed + 1
    }
}
