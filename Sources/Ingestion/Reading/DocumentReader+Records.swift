extension DocumentReader {
    /// Reads the lines of JSONL.
    func readLines(
        _ bytes: UnsafeRawBufferPointer, of batch: RecordBatch, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var tape = JSONTape()
        var context = RecordContext(file: batch.file)
        var places = [Int](repeating: -1, count: mapper.names.count)
        for span in batch.spans {
            if let problem = span.problem {
                try handler(.skipped(line: span.line, reason: problem))
                continue
            }
            let line = UnsafeRawBufferPointer(rebasing: bytes[span.range])
            if let error = tape.scanFailure(line) {
                try handler(.skipped(line: span.line, reason: "column \(error.offset + 1): \(error.reason)"))
                continue
            }
            guard tape.nodes[0].kind == .object else {
                try handler(.skipped(line: span.line, reason: "is not a JSON object"))
                continue
            }
            context.line = span.line
            context.row = span.row
            try tape.nodes.withUnsafeBufferPointer { nodes in
                try places.withUnsafeMutableBufferPointer { places in
                    let record = JSONRecord(
                        bytes: line, nodes: nodes, names: mapper.names, places: places, tally: tally)
                    try map(record, in: context, tally: tally, into: handler)
                }
            }
        }
    }

    /// Reads the rows of CSV or TSV.
    func readRows(
        _ bytes: UnsafeRawBufferPointer, of batch: RecordBatch, header: RowHeader, delimiter: UInt8,
        tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var scanner = RowScanner(delimiter: delimiter)
        let columns = RowColumns(header, names: mapper.names)
        for span in batch.spans {
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
            let context = RecordContext(file: batch.file, line: span.line, row: span.row)
            try map(record, in: context, tally: tally, into: handler)
        }
    }

    /// Reads a JSON document: one record, an array of them, or those at the mapping's paths.
    func readJSON(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var tape = JSONTape()
        var lines = LineCounter(bytes: bytes)
        if let error = tape.scanFailure(bytes) {
            try handler(.skipped(line: lines.line(of: error.offset), reason: error.reason))
            return
        }
        try tape.nodes.withUnsafeBufferPointer { nodes in
            var places = [Int](repeating: -1, count: mapper.names.count)
            try places.withUnsafeMutableBufferPointer { places in
                var document = JSONRecord(
                    bytes: bytes, nodes: nodes, names: mapper.names, places: places, tally: tally)
                guard let (records, isSingle) = records(of: document) else {
                    let paths = mapping.records.map(\.description).joined(separator: ", ")
                    let names = Self.list(of: document.fieldNames)
                    try handler(.skipped(line: nil, reason: "holds no records at \(paths); \(names)"))
                    return
                }
                for (index, node) in records.enumerated() {
                    let line = lines.line(of: Int(nodes[node].start))
                    guard nodes[node].kind == .object else {
                        try handler(.skipped(line: line, reason: "record \(index + 1) is not a JSON object"))
                        continue
                    }
                    document.move(to: node)
                    let context = RecordContext(file: file, line: line, row: isSingle ? nil : index + 1)
                    try map(document, in: context, tally: tally, into: handler)
                }
            }
        }
    }

    /// The nodes of a document's records, and whether the document is itself the record.
    private func records(of document: JSONRecord) -> (nodes: [Int], isSingle: Bool)? {
        var nodes: [Int] = []
        func take(_ node: Int) {
            if document.nodes[node].kind == .array {
                document.forEachChild(of: node) { nodes.append($0) }
            } else {
                nodes.append(node)
            }
        }
        guard !mapping.records.isEmpty else {
            take(0)
            return (nodes, document.nodes[0].kind != .array)
        }
        for path in mapping.records {
            var isThere = false
            document.forEachValue(at: path.steps[...], below: 0) { node in
                if document.nodes[node].kind == .null { return }
                isThere = true
                take(node)
            }
            if isThere { return (nodes, false) }
        }
        return nil
    }
}

extension JSONTape {
    /// Scans, and gives the error instead of throwing it.
    fileprivate mutating func scanFailure(_ bytes: UnsafeRawBufferPointer) -> JSONError? {
        do throws(JSONError) {
            try scan(bytes)
            return nil
        } catch {
            return error
        }
    }
}
