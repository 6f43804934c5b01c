import GRDB
import Ranking

/// How far an optimization has come.
public struct OptimizationProgress: Sendable, Hashable, CustomStringConvertible {
    /// Segments the inverted index consists of now.
    public let segments: Int

    /// For a progress line.
    public var description: String { segments == 1 ? "1 segment" : "\(segments) segments" }
}

extension IndexFile {
    /// Merges the inverted index into one segment and brings the score tables up to date, in one transaction.
    ///
    /// - Parameter progress: Is told after each step.
    public func optimize(
        ranking: RankingParameters = RankingParameters(), progress: (OptimizationProgress) -> Void = { _ in }
    ) throws {
        try requireWritable()
        let connection = try IndexConnection(path: path, mode: .readWrite)
        try connection.access { db in
            try db.execute(sql: "BEGIN IMMEDIATE; INSERT INTO documents_fts(documents_fts) VALUES ('optimize')")
            progress(OptimizationProgress(segments: 1))
            try ScoreGridUpdate(db, path: path, parameters: ranking).run(chunks: nil)
            try db.execute(sql: "COMMIT")
            _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }
}
