import FTS5Format
import Foundation
import GRDB
import Postings
import Ranking

/// Brings the score tables up to date with FTS5's segments, inside the transaction that changed them.
///
/// Segments that FTS5 has merged away lose their grids, new ones get them, from FTS5's pages alone. All of it is derived:
/// an index whose tables are empty, or are of another state of FTS5's structure record, is answered without them.
struct ScoreGridUpdate {
    private let db: Database
    private let path: String
    private let records: FTS5TableReader
    private let parameters: RankingParameters

    /// Postings a term needs in a segment, as a share of the segment's blocks (one for so many) and at least, to have a grid.
    /// Rarer terms are as fast to decode from FTS5's pages, where they take a page or two, and their grids would cost more
    /// bytes a posting than they save.
    static let blocksPerPosting = 2
    static let fewestPostings = 64

    /// The name in `score_state` of the structure record that the grids are of. A version of Postil whose formula has other
    /// bounds looks for another name, finds none, and answers without grids until it has made its own.
    static let stateName = "grids \(formula)"
    private static let formerStateName = "structure"
    /// Rises when the formula changes, and with it what bounds hold.
    private static let formula = 3

    init(_ db: Database, path: String, parameters: RankingParameters) throws {
        self.db = db
        self.path = path
        self.parameters = parameters
        records = try FTS5TableReader(try db.handle)
    }

    /// How the score tables stand to the present state of FTS5's index.
    func state() throws -> ScoreGridState {
        if let feature = try records.unsupportedFeature() { return .unsupported(feature) }
        let recorded = try Data.fetchOne(
            db, sql: "SELECT value FROM score_state WHERE name = ?", arguments: [Self.stateName])
        return try recorded.map { [UInt8]($0) } == records.structureBytes() ? .current : .outdated
    }

    /// Whether there has never been a document, so that there is nothing the tables could be behind.
    func isNew() throws -> Bool {
        try Row.fetchOne(
            db,
            sql: """
                SELECT 1 FROM documents UNION ALL SELECT 1 FROM score_documents UNION ALL SELECT 1 FROM score_segments LIMIT 1
                """) == nil
    }

    /// Makes the tables current, or says in them that they are of no state where FTS5's format is unknown.
    ///
    /// - Parameter chunks: Numbers of the chunks of documents that were changed; nil for all.
    /// - Returns: How they stand now.
    /// - Throws: `FTS5FormatError` when FTS5's records are damaged.
    @discardableResult
    func run(chunks: Set<Int64>?) throws -> ScoreGridState {
        // FTS5 holds new postings back until the end of the transaction, or until somebody looks.
        _ = try Row.fetchOne(db, sql: "SELECT 1 FROM documents_vocabulary LIMIT 1")
        if let feature = try records.unsupportedFeature() {
            try db.execute(sql: "DELETE FROM score_state WHERE name IN (?, 'columns')", arguments: [Self.stateName])
            indexLog.warning("\(path): \(ScoreGridState.unsupported(feature))")
            return .unsupported(feature)
        }
        try updateChunks(chunks)
        let structure = try records.structure()
        let formula = try formula()
        if chunks == nil {
            try db.execute(sql: "DELETE FROM score_segments; DELETE FROM score_terms; DELETE FROM score_grids")
        }
        var known: [Int: [UInt8]] = [:]
        let rows = try SQLiteStatement("SELECT segment, fingerprint FROM score_segments", on: db.handle)
        while try rows.step() { known[Int(rows.integer(0))] = [UInt8](rows.bytes(1)) }
        for segment in structure.segmentsNewestFirst {
            let fingerprint = try fingerprint(of: segment)
            let isKnown = known[segment.id.rawValue] == fingerprint
            if isKnown {
                known[segment.id.rawValue] = nil
            } else {
                try forget(segment.id.rawValue)
                known[segment.id.rawValue] = nil
                try add(segment, fingerprint: fingerprint, formula: formula)
            }
        }
        for gone in known.keys { try forget(gone) }
        // A run that changes nothing writes nothing.
        if try state() == .current { return .current }
        try db.execute(
            sql: """
                DELETE FROM score_state WHERE name = ?;
                INSERT OR REPLACE INTO score_state(name, value) VALUES (?, ?)
                """,
            arguments: [Self.formerStateName, Self.stateName, Data(try records.structureBytes())])
        return .current
    }

    private func forget(_ segment: Int) throws {
        try db.execute(sql: "DELETE FROM score_segments WHERE segment = ?", arguments: [segment])
        try GridRowWriter.remove(segment: segment, db)
    }

    /// Tells a segment from another one that FTS5 gives the same id later: its pages, and the content of the first and last.
    private func fingerprint(of segment: FTS5Structure.Segment) throws -> [UInt8] {
        // Not FNV's own first number, with which grids of a former formula are marked.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(Self.formula)
        let buffer = FTS5DataBuffer()
        for page in [segment.firstPage, segment.lastPage] {
            guard try records.read(.leaf(segment.id, page: page), into: buffer) else { continue }
            for byte in buffer.bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        return [UInt64(segment.firstPage), UInt64(segment.lastPage), hash].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        }
    }

    // MARK: Segments

    private func add(_ segment: FTS5Structure.Segment, fingerprint: [UInt8], formula: BM25) throws {
        let range = try documents(of: segment)
        if let range {
            let lengths = try ScoreDocuments(db, path: path)
            try addGrids(segment, range, lengths, formula)
        }
        try addSegment(segment, fingerprint: fingerprint, documents: range, formula: formula)
    }

    private func addSegment(
        _ segment: FTS5Structure.Segment, fingerprint: [UInt8], documents range: ClosedRange<Int64>?, formula: BM25
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO score_segments(segment, fingerprint, first_document, last_document,
                  title_weight, body_weight, norm_base, norm_slope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                segment.id.rawValue, Data(fingerprint), range?.lowerBound, range?.upperBound,
                Double(formula.titleWeight), Double(formula.bodyWeight), Double(formula.normBase),
                Double(formula.normSlope),
            ])
    }

    /// The formula under which bounds are made now.
    func formula() throws -> BM25 {
        let averages = try records.averages(columns: 2)
        let statistics = CollectionStatistics(
            documentCount: averages.rowCount, totalLength: averages.tokenCounts.reduce(0, +))
        return BM25(parameters.terms, averageLength: statistics.averageLength)
    }

    /// Postings from which on a term has a grid in a segment.
    static func fewestPostings(in blocks: BlockSegment) -> Int {
        max(fewestPostings, blocks.blockCount / blocksPerPosting)
    }

    /// Takes the finished grids of a segment that was just written, in the order of their terms.
    func add(
        _ segment: FTS5Structure.Segment, _ blocks: BlockSegment,
        grids: [(term: UnsafeBufferPointer<UInt8>, grid: [UInt8])]
    ) throws {
        try forget(segment.id.rawValue)
        var rows = try GridRowWriter(db, segment: segment.id.rawValue)
        for (term, grid) in grids { try rows.append(UnsafeRawBufferPointer(term), grid) }
        try rows.finish()
        try addSegment(
            segment, fingerprint: try fingerprint(of: segment), documents: blocks.documents,
            formula: blocks.boundFormula)
    }

    /// The first and last document with a posting in the segment; nil when it has delete markers only.
    private func documents(of segment: FTS5Structure.Segment) throws -> ClosedRange<Int64>? {
        let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        let batch = PostingBatch(columns: 2)
        var range: ClosedRange<Int64>?
        while try cursor.nextTerm() {
            while try cursor.doclist.decode(into: batch) > 0 {
                for index in 0..<batch.count
                where batch.frequencies[index] + batch.frequencies[batch.capacity + index] > 0 {
                    let document = batch.rowIDs[index]
                    range = min(range?.lowerBound ?? document, document)...max(range?.upperBound ?? document, document)
                }
            }
        }
        guard let range, range.lowerBound >= 0 else { return nil }
        return range
    }

    private func addGrids(
        _ segment: FTS5Structure.Segment, _ range: ClosedRange<Int64>, _ lengths: ScoreDocuments, _ formula: BM25
    ) throws {
        let blocks = BlockSegment(documents: range, boundFormula: formula)
        let fewest = ScoreGridUpdate.fewestPostings(in: blocks)
        var rows = try GridRowWriter(db, segment: segment.id.rawValue)
        let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        let batch = PostingBatch(columns: 2)
        var builder = TermGridBuilder(blocks, lengths: lengths)
        while try cursor.nextTerm() {
            guard cursor.term.first == FTS5Key.mainIndex else { continue }
            while try cursor.doclist.decode(into: batch) > 0 { try builder.append(batch) }
            guard builder.count >= fewest else {
                builder.discard()
                continue
            }
            let grid = builder.finish()
            try cursor.term.withUnsafeBytes { try rows.append(UnsafeRawBufferPointer(rebasing: $0.dropFirst()), grid) }
        }
        try rows.finish()
    }

    // MARK: Documents

    /// Stores the rows of the chunks that `lengths` has whole, and gives their numbers.
    func addChunks(of lengths: RunLengths) throws -> Set<Int64> {
        let insert = try insertionOfChunks()
        var added: Set<Int64> = []
        try lengths.forEachWholeChunk { chunk, bytes in
            try Self.put(bytes, of: chunk, by: insert)
            added.insert(chunk)
        }
        return added
    }

    private func insertionOfChunks() throws -> SQLiteStatement {
        try SQLiteStatement(
            "INSERT OR REPLACE INTO score_documents(chunk, lengths) VALUES (?1, ?2)", on: try db.handle)
    }

    private static func put(_ bytes: [UInt8], of chunk: Int64, by insert: SQLiteStatement) throws {
        insert.bind(chunk, at: 1)
        bytes.withUnsafeBytes { insert.bind($0, at: 2) }
        try insert.run()
    }

    private func updateChunks(_ chunks: Set<Int64>?) throws {
        let rows = try DocumentChunks(db, path: path)
        let all: [Int64]
        if let chunks {
            all = chunks.sorted()
        } else {
            try db.execute(sql: "DELETE FROM score_documents")
            all = try rows.last().map { Array(0...$0) } ?? []
        }
        let insert = try insertionOfChunks()
        for chunk in all {
            guard let bytes = try rows.bytes(of: chunk) else {
                try db.execute(sql: "DELETE FROM score_documents WHERE chunk = ?", arguments: [chunk])
                continue
            }
            try Self.put(bytes, of: chunk, by: insert)
        }
    }
}
