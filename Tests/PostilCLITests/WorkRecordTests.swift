import Postil
import Testing

@testable import postil_cli

struct WorkRecordTests {
    private func record(blocks: Int, of total: Int, postings: Int, checks: Int = 0) -> WorkRecord {
        var statistics = EvaluationStatistics()
        statistics.blocks = blocks
        statistics.blocksInIndex = total
        statistics.postings = postings
        statistics.positionChecks = checks
        return WorkRecord(statistics)
    }

    @Test func saysWhatWasPruned() {
        #expect(
            record(blocks: 24, of: 2_344, postings: 45).line
                == "Looked at 24 of 2,344 blocks of 64 documents (45 postings); the others were pruned")
        #expect(
            record(blocks: 3, of: 3, postings: 9, checks: 1).line
                == "Looked at 3 of 3 blocks of 64 documents (9 postings, positions of 1 document); nothing was pruned")
        #expect(record(blocks: 0, of: 0, postings: 9).line == "Scored every match (9 postings); nothing was pruned")
    }

    @Test func json() {
        #expect(
            record(blocks: 24, of: 2_344, postings: 45).json.text
                == #"{"blocks":24,"blocks_in_index":2344,"postings":45,"position_checks":0}"#)
    }
}
