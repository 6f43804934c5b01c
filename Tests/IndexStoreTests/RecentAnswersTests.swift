import PostilTestSupport
import Postings
import Ranking
import Testing

@testable import IndexStore

struct RecentAnswersTests {
    /// Whatever is kept is what was given, sparse sets and dense ones, and takes no more than the limit.
    @Test(arguments: UInt64(0)..<8)
    func giveBackWhatTheyWereGiven(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let limit = Int.random(in: 4_000...40_000, using: &random)
        var answers = RecentAnswers(limit: limit)
        var given: [DocumentFilter: DocumentBitmap] = [:]
        var known = 0
        for step in 0..<2_000 {
            let filter = DocumentFilter.id("\(Int.random(in: 0..<60, using: &random))")
            if let found = answers.documents(where: filter) {
                #expect(ids(found) == ids(given[filter] ?? DocumentBitmap()), "seed \(seed), step \(step)")
                known += 1
                continue
            }
            let documents = set(below: 12_000, &random)
            given[filter] = documents
            answers.keep(documents, where: filter)
            #expect(answers.bytes <= limit, "seed \(seed), step \(step)")
        }
        #expect(known > 100, "seed \(seed)")
    }

    /// What is asked for between many others stays; what nobody asks for again goes.
    @Test func keepWhatIsAskedForAgain() {
        var answers = RecentAnswers(limit: 20 * (RecentAnswers.overhead + 16))
        let one = set([5])
        answers.keep(one, where: .id("often"))
        answers.keep(one, where: .id("once"))
        for number in 0..<100 {
            answers.keep(one, where: .id("\(number)"))
            if number % 5 == 0 { #expect(answers.documents(where: .id("often")) != nil, "\(number)") }
        }
        #expect(answers.documents(where: .id("once")) == nil)
        #expect(answers.documents(where: .id("99")) == one)
    }

    /// A set that is larger than all room is there for the query that asked for it.
    @Test func keepOneThatIsLargerThanAllRoom() {
        var answers = RecentAnswers(limit: 100)
        let large = set(0..<64_000)
        answers.keep(large, where: .id("large"))
        #expect(answers.documents(where: .id("large")) == large)
        answers.keep(large, where: .id("another"))
        answers.keep(large, where: .id("third"))
        #expect(answers.documents(where: .id("large")) == nil)
    }

    /// No document at all is an answer, too.
    @Test func keepThatThereIsNone() {
        var answers = RecentAnswers()
        answers.keep(DocumentBitmap(capacity: 10_000), where: .id("none"))
        #expect(answers.documents(where: .id("none"))?.isEmpty == true)
        #expect(answers.bytes == RecentAnswers.overhead)
    }

    private func set(below count: Int64, _ random: inout SplitMix64) -> DocumentBitmap {
        let size = [0, 1, 3, 40, 4_000][Int.random(in: 0..<5, using: &random)]
        return set((0..<size).map { _ in Int64.random(in: 0..<count, using: &random) })
    }

    private func set(_ ids: some Sequence<Int64>) -> DocumentBitmap {
        ids.reduce(into: DocumentBitmap()) { $0.insert($1) }
    }

    private func ids(_ documents: DocumentBitmap) -> [Int64] {
        var ids: [Int64] = []
        documents.forEach { id in
            ids.append(id)
            return true
        }
        return ids
    }
}
