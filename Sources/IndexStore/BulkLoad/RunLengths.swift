import FTS5Format
import Postings

/// How long the documents of several runs are, in the order of their ids.
struct RunLengths {
    /// The first and last document.
    let documents: ClosedRange<Int64>
    /// Tokens in title and body of each document from the first on, 0 for one that is in none of the runs.
    let tokens: [UInt32]
    /// Tokens in its title; the greatest number for one that is in none of the runs.
    private let titles: [UInt32]

    /// Brings the lengths of `runs`, which are not empty, in order.
    init(_ runs: [RunInverter]) {
        let first = runs.compactMap { $0.lengths.first?.id }.min() ?? 0
        let last = runs.compactMap { $0.lengths.last?.id }.max() ?? first
        var titles = [UInt32](repeating: .max, count: Int(last - first) + 1)
        var tokens = [UInt32](repeating: 0, count: titles.count)
        for run in runs {
            for length in run.lengths {
                titles[Int(length.id - first)] = length.title
                tokens[Int(length.id - first)] = length.title + length.body
            }
        }
        documents = first...last
        self.titles = titles
        self.tokens = tokens
    }

    /// Counts the documents and their tokens.
    func add(to averages: inout FTS5Averages) {
        for (title, total) in zip(titles, tokens) where title != .max {
            averages.rowCount += 1
            averages.tokenCounts[0] += Int(total - title)
            averages.tokenCounts[1] += Int(title)
        }
    }

    /// The lengths of each document from the first on, as the ranking has them.
    var packed: [DocumentLengths] {
        zip(titles, tokens).map { $0 == .max ? .none : DocumentLengths(title: $0, body: $1 - $0) }
    }

    /// Hands out the chunks of which each document is in one of the runs, with their rows in `score_documents`.
    ///
    /// Equivalent to: ``DocumentChunks/bytes(of:)`` once the lengths are stored.
    func forEachWholeChunk(_ body: (_ chunk: Int64, _ bytes: [UInt8]) throws -> Void) rethrows {
        let length = Int64(DocumentChunkFormat.length)
        for chunk in documents.lowerBound / length...documents.upperBound / length {
            let ids = DocumentChunks.ids(of: chunk)
            guard documents.contains(ids.lowerBound), documents.contains(ids.upperBound) else { continue }
            let first = documents.lowerBound
            let indexes = Int(ids.lowerBound - first)...Int(ids.upperBound - first)
            if titles[indexes].contains(.max) { continue }
            var writer = DocumentChunkWriter()
            for (place, index) in indexes.enumerated() {
                writer.append(place: place, titleLength: titles[index], bodyLength: tokens[index] - titles[index])
            }
            try body(chunk, writer.finish())
        }
    }

    /// Stores the length of each document.
    func store(in tables: FTS5TableWriter) throws {
        var bytes: [UInt8] = []
        var rows: [(id: Int64, record: Range<Int>)] = []
        func put() throws {
            try bytes.withUnsafeBytes { try tables.putLengths(rows, in: $0) }
            bytes.removeAll(keepingCapacity: true)
            rows.removeAll(keepingCapacity: true)
        }
        for index in titles.indices where titles[index] != .max {
            let start = bytes.count
            FTS5DocSize.encode(Int(tokens[index] - titles[index]), Int(titles[index]), into: &bytes)
            rows.append((documents.lowerBound + Int64(index), start..<bytes.count))
            if rows.count == FTS5TableWriter.lengthsAtOnce { try put() }
        }
        try put()
    }
}
