/// Rows of cells with a header row that names the columns, quoted as RFC 4180 says.
struct RowFormat: RecordFormat {
    let name: String
    let extensions: [String]
    /// What stands between cells when the profile does not say.
    let delimiter: UInt8

    static let csv = RowFormat(name: "csv", extensions: ["csv"], delimiter: UInt8(ascii: ","))
    static let tsv = RowFormat(name: "tsv", extensions: ["tsv", "tab"], delimiter: UInt8(ascii: "\t"))

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        RowSplitter(delimiter: mapping.delimiter ?? delimiter, limit: limits.maximumDocumentBytes)
    }
}

extension DocumentFormat {
    /// Comma-separated values with a header row (RFC 4180).
    public static let csv = DocumentFormat(RowFormat.csv)
    /// Tab-separated values with a header row, quoted like CSV.
    public static let tsv = DocumentFormat(RowFormat.tsv)
}

/// The rows of a batch.
struct Rows: BatchContents {
    let spans: [RecordSpan]
    let header: RowHeader
    let delimiter: UInt8

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var scanner = RowScanner(delimiter: delimiter)
        let columns = RowColumns(header, names: reader.mapper.names)
        for span in spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            let row = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            _ = scanner.scan(row, from: 0, isEnd: true)
            if scanner.cells.count != header.names.count {
                if tally.raggedRows == 0 { tally.firstRaggedLine = span.line }
                tally.raggedRows += 1
            }
            let record = RowRecord(bytes: row, cells: scanner.cells, columns: columns, tally: tally)
            let context = RecordContext(file: file, line: span.line, row: span.row)
            try reader.map(record, in: context, tally: tally, into: handler)
        }
    }
}
