import PostilTestSupport
import Postings
import Testing

@Suite struct TermGridTests {
    @Test func exampleOfTheFormat() throws {
        var writer = TermGridWriter(firstBlock: 100, blockCount: 16)
        writer.append(document: 102 * 64 + 7, titleFrequency: 0, bodyFrequency: 1, part: 0.2)
        writer.append(document: 102 * 64 + 11, titleFrequency: 0, bodyFrequency: 3, part: 0.4)
        let bytes = writer.finish()
        #expect(bytes == [0x02, 0x00, 0x01, 0x01, 0x03, 0x66, 0x01, 0x07, 0x8B])
        let grid = try bytes.withUnsafeBytes { try TermGrid($0, firstBlock: 100, blockCount: 16) }
        defer { withExtendedLifetime(grid) {} }
        #expect(grid.documentCount == 2)
        #expect(grid.view.word(0).bits == 1 << 2)
        #expect(grid.view.block(2).bound == 102)
        #expect(grid.view.index(ofBlock: 2) == 0)
        #expect(grid.view.index(ofBlock: 3) == -1)
        #expect(grid.view.postings(at: 0).mask == 1 << 7 | 1 << 11)
    }

    /// What is written is what is read, in both layouts and around every boundary.
    @Test func roundTrips() throws {
        for seed in UInt64(0)..<300 {
            var generator = SplitMix64(seed: seed)
            let blockCount = [1, 2, 7, 63, 64, 65, 200].randomElement(using: &generator) ?? 1
            let gap = [1, 2, 9, 300].randomElement(using: &generator) ?? 1
            var writer = TermGridWriter(firstBlock: 5, blockCount: blockCount)
            var masks: [Int: UInt64] = [:]
            var document = 5 * 64 + Int.random(in: 0..<gap, using: &generator)
            while document < (5 + blockCount) * 64 {
                writer.append(
                    document: Int64(document), titleFrequency: 0,
                    bodyFrequency: UInt32.random(in: 1...20, using: &generator),
                    part: Float.random(in: 0...1, using: &generator))
                masks[document / 64 - 5, default: 0] |= 1 << UInt64(document % 64)
                document += Int.random(in: 1...gap, using: &generator)
            }
            guard writer.count > 0 else { continue }
            let bytes = writer.finish()
            let grid = try bytes.withUnsafeBytes { try TermGrid($0, firstBlock: 5, blockCount: blockCount) }
            defer { withExtendedLifetime(grid) {} }
            for block in 0..<blockCount {
                let index = grid.view.index(ofBlock: block)
                #expect(
                    index >= 0 ? grid.view.postings(at: index).mask == masks[block] : masks[block] == nil,
                    "seed: \(seed)")
            }
        }
    }

    /// Damage is found or harmless: nothing traps, and what opens can be read.
    @Test func damageIsFound() throws {
        var seeds = try FuzzSeeds("grids", usual: 2000)
        while let seed = seeds.next() {
            var generator = SplitMix64(seed: seed)
            var writer = TermGridWriter(firstBlock: 0, blockCount: 40)
            for document in 0..<2560 where Int.random(in: 0..<4, using: &generator) == 0 {
                writer.append(
                    document: Int64(document), titleFrequency: UInt32.random(in: 0...1, using: &generator),
                    bodyFrequency: UInt32.random(in: 1...300, using: &generator), part: 0.5)
            }
            var bytes = writer.finish()
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &generator))
            case 1:
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            default:
                bytes.swapAt(
                    Int.random(in: 0..<bytes.count, using: &generator), Int.random(in: 0..<20, using: &generator))
            }
            do {
                let grid = try bytes.withUnsafeBytes { try TermGrid($0, firstBlock: 0, blockCount: 40) }
                defer { withExtendedLifetime(grid) {} }
                for index in 0..<grid.count {
                    grid.view.postings(at: index).forEach(in: .max) { document, _, _, _ in #expect(document < 64) }
                }
            } catch is TermGrid.Damage {
                continue
            }
        }
    }
}
