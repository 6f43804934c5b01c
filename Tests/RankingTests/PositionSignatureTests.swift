import PostilTestSupport
import Postings
import Testing

@testable import Ranking

@Suite struct PositionSignatureTests {
    @Test func documentedExampleHolds() {
        let neural = PositionSignature(of: [3, 64])
        #expect(neural.word == 1 << 3 | 1 << 61)
        #expect(neural.starts(turn: 0) & PositionSignature(of: [30]).starts(turn: 1) == 0)
        let networks = PositionSignature(of: [4, 30])
        #expect(neural.starts(turn: 0) & networks.starts(turn: 1) == 1 << 3)
        #expect(networks.shared == 0)
    }

    @Test func titlesAreShiftedAndRepeatedPositionsAreTold() {
        let title = TermPostings.titleFlag
        #expect(PositionSignature(of: [title | 2]) == PositionSignature(of: [32]))
        #expect(PositionSignature(of: [2, title | 2]).shared == 0)
        #expect(PositionSignature(of: (0..<7).map { $0 * 61 }).shared == PositionSignature.many)
        #expect(PositionSignature(of: (0..<100).map { $0 * 61 }).shared == PositionSignature.many)
        #expect(PositionSignature(of: [5, 5]).shared == PositionSignature.repeated)
        #expect(PositionSignature(of: [5, 66, 66, 67]).shared == PositionSignature.repeated)
        #expect(PositionSignature(of: [UInt32(Int32.max)]).word.nonzeroBitCount == 1)
    }

    @Test func signaturesBoundPhraseFrequencies() throws {
        var ruledOut = 0
        var exact = 0
        var absent = 0
        var present = 0
        for seed in UInt64(0)..<40 {
            var random = SplitMix64(seed: seed)
            let terms = Int.random(in: 2...40, using: &random)
            let collection = MemoryCollection.random(
                documents: 150, terms: terms, longest: Int.random(in: 1...250, using: &random),
                boundFormula: BM25(BM25Parameters(), averageLength: 100), using: &random)
            for segment in collection.segments.indices {
                let words = (0..<Int.random(in: 2...3, using: &random)).map { _ in
                    MemoryCollection.term(Int.random(in: 0..<terms, using: &random))
                }
                let offsets = [0, Int.random(in: 1...2, using: &random), Int.random(in: 3...130, using: &random)]
                let readers = words.map { collection.positions(of: $0, inSegment: segment) }
                let grids = try words.map { try collection.grid(of: $0, inSegment: segment) }
                defer { withExtendedLifetime((grids, readers)) {} }
                guard
                    let phrase = PhraseSignatures(
                        terms: Array(words.indices), offsets: Array(offsets.prefix(words.count)), grids: grids,
                        readers: readers)
                else {
                    #expect(grids.contains { $0 == nil })
                    continue
                }
                for document in collection.segments[segment].documents {
                    let lists = try readers.map { Array(try $0.positions(in: document)) }
                    guard !lists.contains(where: \.isEmpty) else { continue }
                    let found = PositionMatching.phrase(lists, offsets: Array(offsets.prefix(words.count)))
                    phrase.enter(block: Int(document >> 6) - collection.segments[segment].firstBlock)
                    var most = -1
                    phrase.forEach(in: 1 << UInt64(document & 63)) { place, frequency in
                        #expect(place == Int(document & 63))
                        most = frequency
                    }
                    let place: Comment = "seed: \(seed), document: \(document), words: \(words), offsets: \(offsets)"
                    #expect(most >= Int(found.title + found.body), place)
                    if found.isZero { absent += 1 } else { present += 1 }
                    if most == 0 { ruledOut += 1 } else if most == Int(found.title + found.body) { exact += 1 }
                }
            }
        }
        #expect(ruledOut > absent / 4 && exact > present / 10, "\(ruledOut) of \(absent), \(exact) of \(present)")
    }
}
