import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct TextAnalyzerDifferentialTests {
    @Test(arguments: ["english", "none", "french", "porter"], [RandomText.Alphabet.ascii, .mixed, .everything])
    func fastPathEqualsReference(name: String, alphabet: RandomText.Alphabet) throws {
        let specification = try AnalyzerSpecification(name)
        let reference = ReferenceAnalyzer(specification)
        // One analyzer that remembers everything, one whose tables start tiny and are emptied all the time.
        let analyzers = [
            try TextAnalyzer(specification),
            try TextAnalyzer(specification, maximumVocabularyBytes: 0, initialSlots: 2, commonSlots: 8),
        ]
        for seed in UInt64(1)...12 {
            var random = SplitMix64(seed: seed)
            for round in 0..<40 {
                let text = RandomText.bytes(
                    length: round % 4 == 0 ? 120 : 30, alphabet: alphabet, using: &random)
                for purpose in [AnalysisPurpose.document, .query, .prefix] {
                    let expected = reference.tokens(of: text, for: purpose)
                    for analyzer in analyzers {
                        #expect(
                            analyzer.tokens(of: text, for: purpose) == expected,
                            "seed \(seed), \(purpose): \(String(decoding: text, as: UTF8.self).debugDescription)")
                    }
                }
            }
        }
    }

    /// More marks than fit into a term, so that a character's term equals that of the bigram it begins.
    private static let marks = String(repeating: "゙", count: 100)

    /// A chunk of tokens ends only where nothing in it can change; these texts never offer such a place, or hardly.
    @Test(arguments: ["a-", "ab-cd-efghijklm ", "1-2-", "深度", "🙂", "a-b\u{2010}é_", "x y-", "学\(Self.marks)"])
    func chunksDoNotShow(piece: String) throws {
        let text =
            Array(String(repeating: piece, count: piece.utf8.count > 100 ? 50 : 5_000).utf8) + Array("end-word".utf8)
        let expected = ReferenceAnalyzer(.english).tokens(of: text)
        #expect(try TextAnalyzer(.english).tokens(of: text) == expected)
    }

    @Test func batchEqualsTokenByToken() throws {
        let analyzer = try TextAnalyzer(.english)
        let batch = try TextAnalyzer(.english, maximumVocabularyBytes: 0, initialSlots: 2, commonSlots: 8)
        var buffer = TokenBuffer(keepsRanges: true)
        for seed in UInt64(1)...20 {
            var random = SplitMix64(seed: seed)
            let text = RandomText.bytes(length: 6_000, alphabet: .everything, using: &random)
            text.withUnsafeBufferPointer { batch.analyze($0, into: &buffer) }
            var found: [ReferenceAnalyzer.Token] = []
            for (occurrence, range) in zip(buffer.occurrences, buffer.ranges) {
                let position = Int(occurrence.position)
                let term = Array(batch.bytes(of: occurrence.term))
                found.append(
                    .init(term, range, position: position, isColocated: position == found.last?.position))
            }
            #expect(found == analyzer.tokens(of: text), "seed \(seed)")
            #expect(Set(buffer.occurrences).count == buffer.count, "seed \(seed): a term stands twice at a position")
            #expect(buffer.positionCount == found.count { !$0.isColocated }, "seed \(seed)")
            #expect(batch.illFormedByteCount == analyzer.illFormedByteCount, "seed \(seed)")
            if seed % 5 == 0 { batch.removeAllTerms() }
        }
    }
}

extension Analyzer {
    /// All tokens of `text`.
    func tokens(of text: [UInt8], for purpose: AnalysisPurpose = .document) -> [ReferenceAnalyzer.Token] {
        text.withUnsafeBufferPointer { bytes in
            var found: [ReferenceAnalyzer.Token] = []
            analyze(bytes, for: purpose) { token in
                found.append(
                    .init(
                        Array(token.term), token.start..<token.end, position: token.position,
                        isColocated: token.isColocated))
            }
            return found
        }
    }
}
