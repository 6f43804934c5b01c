/// Rows of cells with a header row that names the columns, quoted as RFC 4180 says.
struct RowFormat: RecordFormat {
    let name: String
    let extensions: [String]
    /// What stands between cells when the profile does not say.
    let delimiter: UInt8

    static let csv = RowFormat(name: "csv", extensions: ["csv"], delimiter: UInt8(ascii: ","))
    static let tsv = RowFormat(name: "tsv", extensions: ["tsv", "tab"], delimiter: UInt8(ascii: "\t"))

    /// CSV as many programs write it where the comma stands in numbers: with semicolons or tabs between cells.
    func refined(by beginning: InputBeginning) -> any InputFormat {
        if let said = Self.saidDelimiter(beginning.text) {
            return RowFormat(name: name, extensions: extensions, delimiter: said)
        }
        guard delimiter == UInt8(ascii: ","), cellCount(beginning, delimiter) == nil else { return self }
        let others = [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
        let counts = others.map { (delimiter: $0, cells: cellCount(beginning, $0) ?? 0) }
        guard let best = counts.max(by: { $0.cells < $1.cells }), best.cells > 1 else { return self }
        return RowFormat(name: name, extensions: extensions, delimiter: best.delimiter)
    }

    /// What the first line says, if it is Excel's `sep=;`.
    static func saidDelimiter(_ text: some Collection<UInt8>) -> UInt8? {
        let line = Array(text.prefix(8))
        guard line.count > 5, line.starts(with: "sep=".utf8), line[5] == 0x0A || line[5] == 0x0D,
            line[4] < 0x80, line[4] != UInt8(ascii: "\""), line[4] != 0x0A, line[4] != 0x0D
        else { return nil }
        return line[4]
    }

    /// The cells that all of the first rows have if `delimiter` parts them; nil when they differ, or have one each.
    private func cellCount(_ beginning: InputBeginning, _ delimiter: UInt8) -> Int? {
        beginning.text.withUnsafeBytes { bytes in
            var scanner = RowScanner(delimiter: delimiter)
            var start = 0
            var cells: Int?
            for _ in 0..<Self.rowsLookedAt {
                guard start < bytes.count,
                    case .row(let next) = scanner.scan(bytes, from: start, isEnd: !beginning.isCut)
                else { break }
                if scanner.cellCount == 1, scanner.cells[0].range.isEmpty {
                    start = next
                    continue
                }
                guard scanner.cellCount > 1, scanner.cellCount == cells ?? scanner.cellCount else { return nil }
                cells = scanner.cellCount
                start = next
            }
            return cells
        }
    }

    /// Rows by which a delimiter is told: texts with commas in them differ sooner.
    private static let rowsLookedAt = 10

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        RowSplitter(
            delimiter: mapping.delimiter ?? delimiter, limit: limits.maximumDocumentBytes, mapping: mapping)
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
    /// What maps the rows; nil for what maps all inputs.
    let mapper: RecordMapper?

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let reader = reader.with(mapper)
        var scanner = RowScanner(delimiter: delimiter)
        let columns = RowColumns(header, names: reader.mapper.names)
        for span in spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            let row = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            _ = scanner.scan(row, from: 0, isEnd: true)
            if scanner.cellCount != header.names.count { tally.note(.raggedRows, line: span.line) }
            let record = RowRecord(bytes: row, cells: scanner.cells, columns: columns, tally: tally)
            let context = RecordContext(file: file, line: span.line, row: span.row)
            try reader.map(record, in: context, tally: tally, into: handler)
        }
    }
}
