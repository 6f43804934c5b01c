import PostilTestSupport
import Testing

@testable import TextAnalysis

struct WordTallyTests {
    /// Counting in periods, of which a document of a word may be the first or the last, against sets of documents.
    @Test(arguments: [1, 2, 3, 7, 65_535] as [UInt16])
    func countsDocumentsInPeriods(length: UInt16) {
        for seed in UInt64(0)..<20 {
            var random = SplitMix64(seed: seed)
            var tally = WordTally(initialSlots: 2, periodLength: length)
            let words = (0..<20).map { Array("word\($0)".utf8) }
            var documents = [Set<Int>](repeating: [], count: words.count)
            var numbers: [Int: TermID] = [:]
            for document in 0..<Int.random(in: 1...40, using: &random) {
                tally.beginDocument()
                for _ in 0..<Int.random(in: 0...12, using: &random) {
                    let word = Int.random(in: words.indices, using: &random)
                    let (number, isNew) = words[word].withUnsafeBufferPointer { tally.number(of: $0) }
                    if isNew { tally.setTerm(TermID(rawValue: UInt32(word)), of: number) }
                    #expect(numbers.updateValue(number, forKey: word) ?? number == number, "seed \(seed)")
                    #expect(tally.counter().count(number) == TermID(rawValue: UInt32(word)), "seed \(seed)")
                    documents[word].insert(document)
                }
                for (word, number) in numbers {
                    #expect(tally.documents(with: number) == documents[word].count, "seed \(seed), word \(word)")
                    #expect(tally.isInLast(number) == documents[word].contains(document), "seed \(seed), word \(word)")
                }
            }
        }
    }

    @Test func firstDocumentIsMarked() {
        for length in [1, 65_535] as [UInt16] {
            var tally = WordTally(initialSlots: 2, periodLength: length)
            tally.beginDocument()
            let one = Array("one".utf8).withUnsafeBufferPointer { tally.number(of: $0).number }
            _ = tally.counter().count(one)
            tally.markFirstDocument()
            let hadOne = tally.hasOneDocument
            tally.beginDocument()
            let two = Array("two".utf8).withUnsafeBufferPointer { tally.number(of: $0).number }
            _ = tally.counter().count(two)
            let (isFirst, isSecond, hasOne) = (tally.isInFirst(one), tally.isInFirst(two), tally.hasOneDocument)
            #expect(hadOne && !hasOne && isFirst && !isSecond)
        }
    }
}
