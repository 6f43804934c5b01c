import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct WordFilterTests {
    @Test func exampleOfTheFormat() {
        #expect(WordFilter([Array("al".utf8), Array("bo".utf8)]).bytes == [0x04, 0x8D, 0x9A, 0x27])
        let filter = ([0x04, 0x8D, 0x9A, 0x27] as [UInt8]).withUnsafeBytes { WordFilter($0) }
        #expect(filter?.mayContain(WordFilter.hash("al".utf8)) == true)
        #expect(filter?.mayContain(WordFilter.hash("bo".utf8)) == true)
        #expect(filter?.mayContain(WordFilter.hash("lee".utf8)) == false)
    }

    @Test func otherBytesAreNone() {
        for bytes in [[], [4], [3, 1], [0, 1, 2]] as [[UInt8]] {
            #expect(bytes.withUnsafeBytes { WordFilter($0) } == nil)
        }
    }

    /// No word is denied, and about one in 120 others is not.
    @Test(arguments: [UInt64(1), 2, 3]) func deniesNoWordAndNearlyAllOthers(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func word() -> String {
            String(
                (0..<Int.random(in: 1...12, using: &random)).map { _ in
                    "abcdefghijé李".randomElement(using: &random) ?? "a"
                })
        }
        let words = Set((0..<Int.random(in: 1...3000, using: &random)).map { _ in word() })
        let filter = WordFilter(Set(words.map { Array($0.utf8) }))
        for word in words { #expect(filter.mayContain(WordFilter.hash(word.utf8)), "seed: \(seed), \(word)") }
        let others = Set((0..<20_000).map { _ in word() }).subtracting(words)
        let taken = others.count { filter.mayContain(WordFilter.hash($0.utf8)) }
        #expect(Double(taken) < 0.03 * Double(others.count), "seed: \(seed), \(taken) of \(others.count)")
    }
}
