import FTS5Format
import GRDB
import Ranking

/// The block-max evaluation on FTS5's segments and their score grids.
final class BlockMaxEvaluator: PartialEvaluator {
    let statistics: CollectionStatistics
    var whole: CollectionStatistics?
    private let connection: IndexConnection
    private let blocks: SegmentBlocks
    private let evaluation: BlockMaxEvaluation

    /// Opens the evaluation; nil when the score tables are not of the index's present state, because somebody else has
    /// written to it. Then only FTS5 itself can answer.
    ///
    /// - Throws: `FTS5FormatError.unsupported` when FTS5's records are of an unknown version or layout: then, too.
    static func open(_ connection: IndexConnection) throws -> BlockMaxEvaluator? {
        try connection.access { db in
            guard let blocks = try SegmentBlocks.open(db, connection: connection) else { return nil }
            let averages = try FTS5TableReader(db.handle).averages(columns: 2)
            let statistics = CollectionStatistics(
                documentCount: averages.rowCount, totalLength: averages.tokenCounts.reduce(0, +))
            return BlockMaxEvaluator(connection, blocks, statistics)
        }
    }

    private init(_ connection: IndexConnection, _ blocks: SegmentBlocks, _ statistics: CollectionStatistics) {
        self.connection = connection
        self.blocks = blocks
        self.statistics = statistics
        evaluation = BlockMaxEvaluation(source: blocks)
    }

    func documentFrequency(of term: [UInt8]) throws -> Int {
        // Going through the connection costs more than all else about a known term.
        if let known = blocks.knownDocumentFrequency(of: term) { return known }
        return try connection.access { _ in try blocks.documentFrequency(of: term) }
    }

    func evaluate(_ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    {
        let formula = BM25(parameters.terms, averageLength: (whole ?? statistics).averageLength)
        return try connection.access { _ in
            try evaluation.evaluate(plan, formula: formula, limit: limit, countsExactly: countsExactly)
        }
    }

    func matches(of plan: EvaluationPlan, parameters: RankingParameters) throws -> DocumentBitmap {
        let formula = BM25(parameters.terms, averageLength: (whole ?? statistics).averageLength)
        return try connection.access { _ in try evaluation.matches(of: plan, formula: formula) }
    }
}
