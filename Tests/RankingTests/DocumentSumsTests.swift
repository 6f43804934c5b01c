import PostilTestSupport
import Testing

@testable import Ranking

@Suite struct DocumentSumsTests {
    /// The sums of whole words equal sums made document by document, over 255 too, for any sum that is asked for.
    @Test func equalsCounting() {
        for seed in UInt64(0)..<300 {
            var generator = SplitMix64(seed: seed)
            var counts = [[UInt32]](repeating: [UInt32](repeating: 0, count: 64), count: 2)
            var sums = DocumentSums()
            let terms = Int.random(in: 0...12, using: &generator)
            let most = UInt32.random(in: 1...DocumentSums.greatest, using: &generator)
            for _ in 0..<terms {
                var values: [UInt32] = []
                var masks: [UInt64] = []
                for block in 0..<2 {
                    let mask = generator.next() & (Bool.random(using: &generator) ? .max : generator.next())
                    let value = UInt32.random(in: 1...most, using: &generator)
                    for document in 0..<64 where mask >> UInt64(document) & 1 == 1 { counts[block][document] += value }
                    values.append(value)
                    masks.append(mask)
                }
                sums.add(values[0], to: masks[0], values[1], to: masks[1])
            }
            for needed in [1, UInt32.random(in: 1...255, using: &generator), DocumentSums.greatest] {
                let reaching = sums.reaching(needed)
                for block in 0..<2 {
                    let wanted = counts[block].indices.filter { counts[block][$0] >= needed }
                    let found = (0..<64).filter { reaching[block] >> UInt64($0) & 1 == 1 }
                    #expect(found == wanted, "seed: \(seed), terms: \(terms), most: \(most), needed: \(needed)")
                    let touched = (0..<64).filter { sums.touched[block] >> UInt64($0) & 1 == 1 }
                    #expect(touched == counts[block].indices.filter { counts[block][$0] > 0 }, "seed: \(seed)")
                }
            }
        }
    }

    /// The example in the type's description: bounds 100 and 120 of two terms, of which document 3 has both.
    @Test func smallExample() {
        var sums = DocumentSums()
        sums.add(100, to: 0b1010, 1, to: 0)
        sums.add(120, to: 0b1100, 1, to: 0)
        #expect(sums.reaching(101)[0] == 0b1100)
        #expect(sums.reaching(121)[0] == 0b1000)
        #expect(sums.touched == SIMD2(0b1110, 0))
    }
}
