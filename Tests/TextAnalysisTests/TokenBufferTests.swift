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

    /// Joined forms without a term or with that of the part before them go, and nothing else.
    @Test(arguments: [true, false])
    func joinedFormsStandOnce(keepsRanges: Bool) {
        for seed in UInt64(1)...50 {
            var random = SplitMix64(seed: seed)
            var buffer = TokenBuffer(keepsRanges: keepsRanges)
            var expected: [TermOccurrence] = []
            var ranges: [Range<Int>] = []
            for position in 0..<Int.random(in: 0...40, using: &random) {
                let term = TermID(rawValue: .random(in: 0...2, using: &random))
                buffer.append(term, position: UInt32(position), start: position, end: position + 1)
                expected.append(TermOccurrence(term: term, position: UInt32(position)))
                ranges.append(position..<position + 1)
                guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
                let choices = [term, TermID(rawValue: 3), TokenBuffer.noTerm]
                let joined = choices[Int.random(in: 0..<choices.count, using: &random)]
                buffer.append(joined, position: UInt32(position), start: position, end: position + 9)
                buffer.addJoinedForm(at: buffer.count - 1)
                guard joined.rawValue == 3 else { continue }
                expected.append(TermOccurrence(term: joined, position: UInt32(position)))
                ranges.append(position..<position + 9)
            }
            buffer.finishJoinedForms()
            #expect(Array(buffer.occurrences) == expected, "seed \(seed)")
            #expect(Array(buffer.ranges) == (keepsRanges ? ranges : []), "seed \(seed)")
        }
    }
}
