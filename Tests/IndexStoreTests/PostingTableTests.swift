import FTS5Format
import PostilTestSupport
import Postings
import Testing
import TextAnalysis

@testable import IndexStore

@Suite struct PostingTableTests {
    private func append(_ positions: [Position], of term: UInt32, document: UInt32, to table: inout PostingTable) {
        for column in 0...1 {
            let occurrences = positions.filter { $0.column == column }
                .map { TermOccurrence(term: TermID(rawValue: term), position: UInt32($0.offset)) }
            occurrences.withUnsafeBufferPointer { table.append($0, column: column, document: document) }
        }
    }

    @Test func workedExample() {
        var table = PostingTable(arenaSize: 0)
        append([Position(column: 0, offset: 0)], of: 0, document: 7, to: &table)
        append([Position(column: 1, offset: 1), Position(column: 1, offset: 2)], of: 0, document: 11, to: &table)
        table.seal(terms: 1)
        #expect(table[0].first == 7)
        #expect(table[0].last == 11)
        #expect(table[0].count == 2)
        #expect(Array(table.bytes(of: table[0])) == [0x02, 0x02, 0x04, 0x08, 0x01, 0x01, 0x03, 0x03])
    }

    /// Terms that grow past every size of piece, and postings whose size takes one to three bytes.
    @Test(arguments: [UInt64(1), 2, 3])
    func equalsThePositionWriter(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var table = PostingTable(arenaSize: 0)
        table.reserve(terms: 3000)
        for run in 0..<2 {
            var expected: [UInt32: (last: UInt32, count: UInt32, bytes: [UInt8])] = [:]
            var document: UInt32 = 0
            for _ in 0..<400 {
                document += UInt32.random(in: 1...300, using: &random)
                for _ in 0..<Int.random(in: 1...12, using: &random) {
                    let place = Double.random(in: 0..<1, using: &random)
                    let term = UInt32(place * place * place * 3000)
                    if expected[term]?.last == document { continue }
                    let isLong = Int.random(in: 0..<20, using: &random) == 0
                    var positions: [Position] = []
                    for column in 0...1 {
                        var offset = -1
                        for _ in 0..<Int.random(in: column...(isLong ? 4000 : 3), using: &random) {
                            offset += Int.random(in: 1...200, using: &random)
                            positions.append(Position(column: column, offset: offset))
                        }
                    }
                    append(positions, of: term, document: document, to: &table)
                    var entry = expected[term] ?? (0, 0, [])
                    if entry.count > 0 { Varint.append(UInt64(document - entry.last), to: &entry.bytes) }
                    PositionWriter.append(positions, to: &entry.bytes)
                    expected[term] = (document, entry.count + 1, entry.bytes)
                }
            }
            table.seal(terms: 3000)
            for term in 0..<UInt32(3000) {
                let list = table[term]
                #expect(list.count == expected[term]?.count ?? 0, "seed: \(seed), run: \(run), term: \(term)")
                guard let entry = expected[term] else { continue }
                #expect(list.last == entry.last, "seed: \(seed), run: \(run), term: \(term)")
                let isEqual = Array(table.bytes(of: list)) == entry.bytes
                #expect(isEqual, "seed: \(seed), run: \(run), term: \(term)")
            }
            table.removeAll()
        }
    }
}
