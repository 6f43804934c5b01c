import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct TermTableTests {
    private func table(slots: Int) -> TermTable {
        TermTable(
            folder: TermFolder(stemmer: nil, stripsBeforeStemming: true), initialSlots: slots, commonSlots: 16 * slots)
    }

    /// Tokens of every length around the border between the two tables of the cache.
    private func tokens(seed: UInt64) -> [[UInt8]] {
        var random = SplitMix64(seed: seed)
        return (0..<3_000).map { _ in
            let length = Int.random(in: 1...20, using: &random)
            return (0..<length).map { _ in UInt8.random(in: 0x41...0x44, using: &random) }
        }
    }

    @Test(arguments: [2, 1024])
    func equalsADictionary(slots: Int) {
        for seed in UInt64(1)...5 {
            var table = table(slots: slots)
            var ids: [[UInt8]: TermID] = [:]
            for token in tokens(seed: seed) {
                let term = token.map { $0 | 0x20 }
                let id = token.withUnsafeBufferPointer { table.term(ofNumber: table.number(of: $0)) }
                #expect(Array(table.vocabulary.bytes(of: id)) == term, "seed \(seed)")
                let known = ids.updateValue(id, forKey: term)
                #expect(known == nil || known == id, "seed \(seed)")
            }
            #expect(table.vocabulary.count == ids.count, "seed \(seed)")
            table.removeAll()
            #expect(table.vocabulary.count == 0)
        }
    }

    /// Terms looked up with others, whether in one of the tables, new, or new and soon there again.
    @Test(arguments: [2, 1024])
    func lookingUpLaterIsLookingUpAtOnce(slots: Int) {
        for seed in UInt64(1)...5 {
            var table = table(slots: slots)
            var other = self.table(slots: slots)
            var buffer = TokenBuffer()
            let tokens = tokens(seed: seed)
            for (index, token) in tokens.enumerated() {
                token.withUnsafeBufferPointer { bytes in
                    if bytes.count <= RawTokenCache.shortLength {
                        let key = PaddedWords(bytes, at: 0).shortPrefix(bytes.count)
                        table.lookUp(low: key.low, high: key.high, for: index, in: &buffer)
                    } else {
                        table.lookUp(bytes, for: index, in: &buffer)
                    }
                    buffer.append(TokenBuffer.noTerm, position: UInt32(index), start: 0, end: 0)
                    if bytes.count > RawTokenCache.shortLength || index % 7 == 0 { table.resolve(&buffer) }
                }
            }
            table.resolve(&buffer)
            for (token, occurrence) in zip(tokens, buffer.occurrences) {
                let expected = token.withUnsafeBufferPointer { other.term(ofNumber: other.number(of: $0)) }
                let found = Array(table.vocabulary.bytes(of: table.term(ofNumber: occurrence.term)))
                #expect(found == Array(other.vocabulary.bytes(of: expected)), "seed \(seed)")
            }
        }
    }

    @Test func idsAreDenseInOrderOfAppearance() {
        var table = table(slots: 2)
        let ids = ["one", "two", "ONE", "three", "a-rather-long-compound", "TWO"].map { word in
            Array(word.utf8).withUnsafeBufferPointer { table.term(ofNumber: table.number(of: $0)).rawValue }
        }
        #expect(ids == [0, 1, 0, 2, 3, 1])
    }
}
