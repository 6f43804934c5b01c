import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct TokenBufferTests {
    @Test(arguments: [true, false])
    func equalsAnArray(keepsRanges: Bool) {
        for seed in UInt64(1)...5 {
            var random = SplitMix64(seed: seed)
            var buffer = TokenBuffer(keepsRanges: keepsRanges)
            var occurrences: [TermOccurrence] = []
            var ranges: [Range<Int>] = []
            for step in 0..<2_000 {
                let term = TermID(rawValue: .random(in: 0...9, using: &random))
                let index = occurrences.isEmpty ? 0 : Int.random(in: occurrences.indices, using: &random)
                switch Int.random(in: 0...9, using: &random) {
                case 0 where !occurrences.isEmpty:
                    buffer.remove(at: index)
                    occurrences.remove(at: index)
                    ranges.remove(at: index)
                case 1 where !occurrences.isEmpty:
                    buffer.replace(at: index, term: term, start: step, end: step + 1)
                    occurrences[index].term = term
                    ranges[index] = step..<step + 1
                default:
                    buffer.append(term, position: UInt32(step), start: step, end: step + 2)
                    occurrences.append(TermOccurrence(term: term, position: UInt32(step)))
                    ranges.append(step..<step + 2)
                }
            }
            #expect(Array(buffer.occurrences) == occurrences, "seed \(seed)")
            #expect(Array(buffer.ranges) == (keepsRanges ? ranges : []), "seed \(seed)")
            buffer.removeAll()
            #expect(buffer.occurrences.isEmpty && buffer.ranges.isEmpty)
        }
    }
}
