import FTS5Format
import GRDB
import Ranking

/// How far an optimization has come.
public struct OptimizationProgress: Sendable, Hashable, CustomStringConvertible {
    /// Segments the inverted index consists of now.
    public let segments: Int
    /// Terms that have been merged so far.
    public let terms: Int

    /// For a progress line.
    public var description: String {
        let count = segments == 1 ? "1 segment" : "\(segments) segments"
        return terms == 0 ? count : "\(count), \(terms) terms merged"
    }
}

extension IndexFile {
    /// Merges the inverted index into one segment, brings the score tables up to date, merges the list of words into one layer and, where texts are compressed,
    /// compresses those anew that are worth it (``TextRepacking``), in one transaction.
    ///
    /// - Parameter progress: Is told every few thousand terms, and at the end.
    /// - Complexity: Reads and writes all postings once, and reads them once more for the score grids.
    public func optimize(
        patience: Patience = .short, progress: (OptimizationProgress) -> Void = { _ in }
    ) throws {
        try requireWritable()
        try beginWriting(patience: patience).access { db in
            let state = try ScoreGridUpdate(db, path: path, parameters: settings.ranking).state()
            if try !mergeAll(db, progress) {
                try db.execute(sql: "INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
            }
            if settings.compression == .zstd { try TextRepacking(db, path: path).run() }
            progress(OptimizationProgress(segments: 1, terms: 0))
            let grids = try ScoreGridUpdate(db, path: path, parameters: settings.ranking)
            if try grids.run(chunks: nil) == .current { try ColumnTable(db, path: path).update(chunks: nil) }
            if try state == .outdated || !WordListReader.exists(db) {
                // Another program has written documents, or an earlier version, and nobody has counted their words.
                try WordListWriter(db).replace(with: WordCounter.words(of: db, analyzer: settings.analyzer))
            } else {
                try WordListWriter(db).mergeAll()
            }
            try db.execute(sql: "COMMIT")
            _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Merges by copying pages' postings; false when only FTS5 itself can, because its format is unknown or it has left a
    /// merge half done.
    private func mergeAll(_ db: Database, _ progress: (OptimizationProgress) -> Void) throws -> Bool {
        do {
            return try SegmentLoad(db).mergeAll(progress)
        } catch FTS5FormatError.unsupported {
            return false
        }
    }
}
