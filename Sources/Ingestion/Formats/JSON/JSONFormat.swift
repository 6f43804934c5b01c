/// JSON: one value that is a record, an array of records, or an answer that holds records somewhere.
struct JSONFormat: WholeFormat {
    var name: String { "json" }
    var extensions: [String] { ["json"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }
        // RTF begins with a brace, too.
        if start.first == UInt8(ascii: "{") { return start.dropFirst().first == UInt8(ascii: "\\") ? .none : .likely }
        return start.first == UInt8(ascii: "[") ? .likely : .none
    }

    /// A bibliography when its entries look like one, JSON Lines when the first two lines are objects, each whole or cut by the end of the first bytes.
    func refined(by beginning: InputBeginning) -> any InputFormat {
        if CitationJSONFormat().recognition(of: beginning) == .certain { return CitationJSONFormat() }
        let lines = beginning.text.split(separator: 0x0A, maxSplits: 2).map { $0.drop { $0 <= 0x20 } }
            .filter { !$0.isEmpty }
        guard lines.count > 1, lines[1].first == UInt8(ascii: "{"), JSONTape.isJSON(lines[0]),
            lines[0].first == UInt8(ascii: "{")
        else { return self }
        return JSONLinesFormat()
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumJSONBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var tape = JSONTape()
        if let error = tape.failure(scanning: bytes) {
            if let spans = JSONSequence.spans(bytes, firstEnd: error) {
                let mapper = JSONLines.mapper(reader.mapping, spans, of: bytes)
                return try JSONLines(spans: spans, mapper: mapper).read(
                    bytes, of: file, by: reader, tally: tally, into: handler)
            }
            if Self.isNextLine(bytes, error.offset) {
                // JSON Lines after all, whose first line is longer than what its format was told by.
                var splitter = LineSplitter(limit: reader.limits.maximumDocumentBytes, mapping: reader.mapping)
                var spans: [RecordSpan] = []
                _ = splitter.split(bytes, isEnd: true, into: &spans)
                return try splitter.contents(spans).read(bytes, of: file, by: reader, tally: tally, into: handler)
            }
            var lines = LineCounter(bytes: bytes)
            let line = lines.line(of: error.offset)
            guard reader.mapping.records.isEmpty, tape.keepWholeElements() else {
                return try handler(.skipped(line: line, reason: error.reason))
            }
            // What came before the damage is as good as ever.
            try read(tape, in: bytes, of: file, by: reader, tally: tally, into: handler)
            return try handler(.stopped(line: line, reason: error.reason + "; nothing was read from here on"))
        }
        try read(tape, in: bytes, of: file, by: reader, tally: tally, into: handler)
    }

    private func read(
        _ tape: JSONTape, in bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader,
        tally: BatchTally, into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        tally.note(oddNumbersOf: tape, line: nil)
        try tape.nodes.withUnsafeBufferPointer { nodes in
            try readRecords(nodes, in: bytes, of: file, by: reader, tally: tally, into: handler)
        }
    }

    /// Whether an object begins at a place, as the first thing on its line and not on the input's first.
    private static func isNextLine(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "{") else { return false }
        return bytes[..<place].last { $0 != 0x20 && $0 != 0x09 } == 0x0A
    }

    private func readRecords(
        _ nodes: UnsafeBufferPointer<JSONTape.Node>, in bytes: UnsafeRawBufferPointer, of file: InputFile,
        by reader: DocumentReader, tally: BatchTally, into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var lines = LineCounter(bytes: bytes)
        var places = [Int](repeating: -1, count: reader.mapper.names.count)
        try places.withUnsafeMutableBufferPointer { places in
            var document = JSONRecord(
                bytes: bytes, nodes: nodes, names: reader.mapper.names, places: places, tally: tally)
            guard let (records, isSingle) = document.records(at: reader.mapping.records) else {
                let paths = reader.mapping.records.map(\.description).joined(separator: ", ")
                let names = DocumentReader.list(of: document.fieldNames)
                try handler(.skipped(line: nil, reason: "holds no records at \(paths); \(names)"))
                return
            }
            var fields = HTMLFields(reader.mapping)
            if let first = records.first, HTMLFields.mayBe(in: bytes, from: Int(nodes[first].start)) {
                for node in records.prefix(HTMLFields.recordsLookedAt) where nodes[node].kind == .object {
                    document.move(to: node)
                    fields.take(document)
                }
            }
            let reader = reader.with(fields.mapper)
            for (index, node) in records.enumerated() {
                let line = lines.line(of: Int(nodes[node].start))
                guard nodes[node].kind == .object else {
                    try handler(.skipped(line: line, reason: "record \(index + 1) is not a JSON object"))
                    continue
                }
                document.move(to: node)
                let context = RecordContext(file: file, line: line, row: isSingle ? nil : index + 1)
                let isWithoutPaths = isSingle && reader.mapping.records.isEmpty
                let record = document
                try reader.map(record, in: context, tally: tally) { event in
                    switch consume event {
                    case .skipped(let line, let reason):
                        try handler(.skipped(line: line, reason: reason + (isWithoutPaths ? record.hint : "")))
                    case let other: try handler(other)
                    }
                }
            }
        }
    }
}

extension DocumentFormat {
    /// One JSON value: a record, an array of records, or an answer that holds records somewhere.
    public static let json = DocumentFormat(JSONFormat())
}

extension JSONRecord {
    /// What reads the records that lie in a value that is none itself: `; with …`.
    fileprivate var hint: String {
        var (list, objects, count): (String?, Int, Int) = (nil, 0, 0)
        forEachMember(of: root) { key, value in
            count += 1
            if nodes[value].kind == .object { objects += 1 }
            if list == nil, nodes[value].kind == .array, nodes[value].next > value + 1, nodes[value + 1].kind == .object
            {
                list = string(of: key)
            }
        }
        let path = list ?? (objects == count && count > 1 ? "\"*\"" : nil)
        return path.map { "; with `records: \($0)` a profile reads what lies there" } ?? ""
    }

    /// The nodes of the records that the value holds at the first of `paths` that leads somewhere (its elements or itself
    /// where there are no paths), and whether the value is itself the record.
    fileprivate func records(at paths: [FieldPath]) -> (nodes: [Int], isSingle: Bool)? {
        var found: [Int] = []
        func take(_ node: Int) {
            if nodes[node].kind == .array {
                forEachChild(of: node) { found.append($0) }
            } else {
                found.append(node)
            }
        }
        guard !paths.isEmpty else {
            take(0)
            return (found, nodes[0].kind != .array)
        }
        for path in paths {
            var isThere = false
            forEachValue(at: path.steps[...], below: 0) { node in
                if nodes[node].kind == .null { return }
                isThere = true
                take(node)
            }
            if isThere { return (found, false) }
        }
        return nil
    }
}

/// Tells the lines of places that come in rising order. All calls together look at each byte once.
private struct LineCounter {
    let bytes: UnsafeRawBufferPointer
    private var line = 1
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The 1-based line of a place that is not before the last one asked for.
    mutating func line(of offset: Int) -> Int {
        while let lineFeed = bytes.firstLineFeed(from: place), lineFeed < offset {
            line += 1
            place = lineFeed + 1
        }
        return line
    }
}
