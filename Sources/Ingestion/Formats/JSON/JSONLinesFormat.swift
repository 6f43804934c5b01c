/// JSON Lines: one JSON value a line.
struct JSONLinesFormat: RecordFormat {
    var name: String { "jsonl" }
    var extensions: [String] { ["jsonl", "ndjson"] }

    /// A whole object on the first line is JSON Lines, and so is one that the first bytes do not hold.
    func recognition(of beginning: InputBeginning) -> Recognition {
        let text = beginning.text.drop { $0 <= 0x20 }
        guard text.first == UInt8(ascii: "{") else { return .none }
        let line = text.prefix { $0 != 0x0A }
        let isCutShort = line.count == text.count && beginning.isCut
        return isCutShort || JSONTape.isJSON(line) ? .likely : .none
    }

    func splitter(_ mapping: RecordMapping, _ limits: ReadingLimits) -> any RecordSplitter {
        LineSplitter(limit: limits.maximumDocumentBytes, mapping: mapping)
    }
}

extension DocumentFormat {
    /// One JSON value a line.
    public static let jsonLines = DocumentFormat(JSONLinesFormat())
}

/// The lines of a batch.
struct JSONLines: BatchContents {
    let spans: [RecordSpan]
    /// What maps the lines; nil for what maps all inputs.
    let mapper: RecordMapper?

    /// What maps lines of which these are the first, where fields of them are HTML.
    static func mapper(_ mapping: RecordMapping, _ spans: [RecordSpan], of bytes: UnsafeRawBufferPointer)
        -> RecordMapper?
    {
        let names = RecordMapper(mapping).names
        var fields = HTMLFields(mapping)
        var tape = JSONTape()
        var places = [Int](repeating: -1, count: names.count)
        for span in spans.prefix(HTMLFields.recordsLookedAt) where span.problem == nil {
            let line = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            guard tape.failure(scanning: line) == nil, tape.nodes[0].kind == .object else { continue }
            tape.nodes.withUnsafeBufferPointer { nodes in
                places.withUnsafeMutableBufferPointer { places in
                    fields.take(
                        JSONRecord(bytes: line, nodes: nodes, names: names, places: places, tally: BatchTally()))
                }
            }
        }
        return fields.mapper
    }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let reader = reader.with(mapper)
        var tape = JSONTape()
        var context = RecordContext(file: file)
        var places = [Int](repeating: -1, count: reader.mapper.names.count)
        for span in spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            let line = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            if let error = tape.failure(scanning: line) {
                try handler(.skipped(line: span.line, reason: "column \(error.offset + 1): \(error.reason)"))
                continue
            }
            tally.note(oddNumbersOf: tape, line: span.line)
            guard tape.nodes[0].kind == .object else {
                try handler(.skipped(line: span.line, reason: "is not a JSON object"))
                continue
            }
            context.line = span.line
            context.row = span.row
            try tape.nodes.withUnsafeBufferPointer { nodes in
                try places.withUnsafeMutableBufferPointer { places in
                    let record = JSONRecord(
                        bytes: line, nodes: nodes, names: reader.mapper.names, places: places, tally: tally)
                    try reader.map(record, in: context, tally: tally, into: handler)
                }
            }
        }
    }
}
