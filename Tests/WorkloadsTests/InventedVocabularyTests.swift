import Testing

@testable import Workloads

@Suite struct InventedVocabularyTests {
    @Test func wordsAreDistinct() {
        let vocabulary = InventedVocabulary(count: 120_000)
        #expect(Set((0..<120_000).map(vocabulary.word)).count == 120_000)
    }

    @Test func neighboursShareARoot() {
        let vocabulary = InventedVocabulary(count: 400)
        let first = vocabulary.functionWordCount
        #expect(vocabulary.word(0) == "the")
        #expect((first..<(first + 3)).map(vocabulary.word) == ["baban", "babans", "babanation"])
    }

    @Test func wordsAreLowerCaseASCII() {
        let vocabulary = InventedVocabulary(count: 20_000)
        for rank in 0..<vocabulary.count {
            #expect(vocabulary.withWord(rank) { $0.allSatisfy { (97...122).contains($0) } && !$0.isEmpty })
        }
    }

    @Test func functionWordsAreDistinct() {
        #expect(Set(FunctionWords.all).count == FunctionWords.all.count)
    }
}
