import Documents

/// Reads inputs into documents.
///
/// One reader serves any number of threads; each input is read by itself.
/// ```swift
/// let reader = DocumentReader(mapping: .usual)
/// for file in InputWalker().inputs(at: ["reviews/"]).files {
///     try reader.read(file) { event in
///         if case .document(let document) = event { print(document.externalID, document.title) }
///     }
/// }
/// ```
/// A large JSONL or CSV file can be shared out: take its batches one after the other on one thread, and turn each into
/// events on whichever is free.
public struct DocumentReader: Sendable {
    /// How records become documents.
    public let mapping: RecordMapping
    /// How large inputs may be.
    public let limits: ReadingLimits
    private(set) var mapper: RecordMapper
    /// How many messages lie around what is read.
    var depth = 0

    /// A reader for a profile.
    public init(mapping: RecordMapping, limits: ReadingLimits = ReadingLimits()) {
        self.mapping = mapping
        self.limits = limits
        mapper = RecordMapper(mapping)
    }

    /// Reads one input and hands on what it finds, in the input's order. Throws only what `handler` throws: whatever is
    /// wrong with the input is an event.
    public func read(_ file: InputFile, into handler: (consuming ReadEvent) throws -> Void) rethrows {
        let batches = batches(of: file)
        while let batch = batches.next() { try readEvents(of: batch, into: handler) }
    }

    /// The same reader with another mapper, for an input whose records are known better.
    func with(_ mapper: RecordMapper?) -> DocumentReader {
        guard let mapper else { return self }
        var reader = self
        reader.mapper = mapper
        return reader
    }

    /// The parts of one input, to be taken in order.
    public func batches(of file: InputFile) -> InputBatches {
        InputBatches(file, mapping: mapping, limits: limits)
    }

    /// Turns one batch into events, in the input's order. Safe on any thread.
    public func readEvents(of batch: InputBatch, into handler: (consuming ReadEvent) throws -> Void) rethrows {
        let tally = BatchTally(encoding: batch.encoding)
        if let contents = batch.contents {
            try batch.bytes.withUnsafeBytes { bytes in
                try contents.read(bytes, of: batch.file, by: self, tally: tally, into: handler)
            }
        }
        for remark in batch.remarks + tally.remarks + remarks(tally, firstLine: batch.firstLine) {
            try handler(.warning(remark))
        }
        if let failure = batch.failure { try handler(.stopped(line: failure.line, reason: failure.reason)) }
    }

    /// Maps one record; a record without documents is reported when the mapping expected some.
    func map(
        _ record: some Record, in context: RecordContext, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let count = try mapper.forEachDocument(of: record, in: context, tally: tally) { try handler(.document($0)) }
        tally.records += 1
        tally.documents += count
        guard count == 0, mapper.expectsDocument else { return }
        let names = record.fieldNames
        var reason = "has neither title nor text"
        if !names.isEmpty {
            reason += " under this profile; \(Self.list(of: names))"
            if names.count == 1, names[0].utf8.prefix(Self.longestLook).contains(UInt8(ascii: ";")) {
                reason += "; if ; stands between them, a profile with `delimiter: \";\"` says so"
            }
        }
        try handler(.skipped(line: context.row == nil ? nil : context.line, reason: reason))
    }

    /// Bytes of a name, which each record can have again, that are looked through.
    private static let longestLook = 4096

    /// `its fields are id, text and 3 more`; names may be as long as cells, where a table has no header.
    static func list(of names: [String]) -> String {
        "its fields are " + shown(names)
    }

    /// The first dozen of some names.
    static func shown(_ names: [String]) -> String {
        let shown = names.prefix(12).map { $0.dropFirst(40).isEmpty ? $0 : $0.prefix(40) + "…" }.joined(separator: ", ")
        return shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }

    private func remarks(_ tally: BatchTally, firstLine: Int?) -> [ReadingRemark] {
        var remarks: [ReadingRemark] = []
        if tally.replaced > 0 {
            remarks.append(ReadingRemark(.replacedSequences, count: tally.replaced, line: firstLine))
        }
        if tally.windows1252 > 0 {
            remarks.append(ReadingRemark(.windows1252Texts, count: tally.windows1252, line: firstLine))
        }
        // Where a record without a document is skipped, the skips say as much.
        if tally.documents == 0, tally.records > 0, !mapper.expectsDocument {
            remarks.append(ReadingRemark(.recordsWithoutDocument, count: tally.records, line: firstLine))
        }
        return remarks
    }
}
