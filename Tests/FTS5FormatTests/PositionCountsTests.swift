import PostilTestSupport
import Postings
import Testing

@testable import FTS5Format

/// Counting positions without decoding them.
@Suite struct PositionCountsTests {
    private func count(_ poslist: [UInt8], columns: Int) -> [Int]? {
        let buffer = FTS5DataBuffer()
        poslist.withUnsafeBytes { buffer.fill(copying: $0) }
        var counts = [UInt32](repeating: 99, count: columns)
        let damage = countPositions(
            buffer.bytes.baseAddress!, count: poslist.count, columns: columns, into: &counts, stride: 1)
        return damage == nil ? counts.map(Int.init) : nil
    }

    @Test(arguments: [1, 2, 3, 200])
    func countsEqualDecodingOnListsOfAllShapes(columns: Int) {
        for seed in 0..<3000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var list: [UInt8] = []
            var column = 0
            while column < columns {
                if column > 0 {
                    list.append(1)
                    Varint.append(UInt64(column), to: &list)
                }
                let number = Int.random(in: (column == 0 ? 0 : 1)...7, using: &random)
                for _ in 0..<number {
                    let size = Int.random(in: 1...17, using: &random)
                    Varint.append(2 + UInt64.random(in: 0..<(1 << UInt64(size)), using: &random), to: &list)
                }
                column += Int.random(in: 1...max(1, columns / 3), using: &random)
                if Bool.random(using: &random) { break }
            }
            let expected = referencePositionCounts(list, columns: columns)
            #expect(expected != nil)
            #expect(count(list, columns: columns) == expected, "seed: \(seed), list: \(list)")
        }
    }

    /// Both position readers give the same positions, or both find the list damaged.
    private func expectSamePositions(_ list: [UInt8]) {
        let buffer = FTS5DataBuffer()
        list.withUnsafeBytes { buffer.fill(copying: $0) }
        func read(
            _ reader: (UnsafeRawBufferPointer, Int, inout [Position]) throws -> Void
        ) -> [Position]? {
            var positions: [Position] = []
            do {
                try reader(buffer.bytes, 2, &positions)
                return positions
            } catch {
                return nil
            }
        }
        let slow = read { try PositionReader.read($0, columns: $1, into: &$2) }
        let fast = read { bytes, columns, positions in
            positions = Array(repeating: Position(column: 0, offset: 0), count: bytes.count)
            let count = try PositionReader.readPadded(bytes, columns: columns, into: &positions)
            positions.removeSubrange(count...)
        }
        #expect(slow == fast, "list: \(list)")
    }

    @Test func countingStopsAtDamageThatDecodingFinds() {
        for seed in 0..<20_000 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let bytes: [UInt8] = [0, 1, 1, 1, 2, 3, 0x80, 0x81, 0xFF]
            let list = (0..<Int.random(in: 1...20, using: &random)).map { _ in bytes.randomElement(using: &random)! }
            expectSamePositions(list)
            guard let expected = referencePositionCounts(list, columns: 2) else {
                _ = count(list, columns: 2)
                continue
            }
            #expect(count(list, columns: 2) == expected, "seed: \(seed), list: \(list)")
        }
    }
}
