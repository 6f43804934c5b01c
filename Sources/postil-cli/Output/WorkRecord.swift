import Postil

/// How much of the index a query looked at, and so what was pruned.
struct WorkRecord: Sendable, Equatable {
    var blocks: Int
    var blocksInIndex: Int
    var postings: Int
    var positionChecks: Int

    init(_ statistics: EvaluationStatistics) {
        blocks = statistics.blocks
        blocksInIndex = statistics.blocksInIndex
        postings = statistics.postings
        positionChecks = statistics.positionChecks
    }

    /// `{"blocks":24,"blocks_in_index":2344,"postings":45,"position_checks":0}`.
    var json: JSONValue {
        .members([
            "blocks": .count(blocks), "blocks_in_index": .count(blocksInIndex), "postings": .count(postings),
            "position_checks": .count(positionChecks),
        ])
    }

    /// `Looked at 24 of 2,344 blocks of 64 documents (45 postings); the others were pruned`.
    var line: String {
        guard blocksInIndex > 0 else {
            return "Scored every match (\(Quantity.count(postings)) postings); nothing was pruned"
        }
        var details = "\(Quantity.count(postings)) postings"
        if positionChecks > 0 { details += ", positions of \(Quantity.count(positionChecks, "document"))" }
        let others = blocks < blocksInIndex ? "the others were pruned" : "nothing was pruned"
        return "Looked at \(Quantity.count(blocks)) of \(Quantity.count(blocksInIndex)) blocks of 64 documents "
            + "(\(details)); \(others)"
    }
}
