import FTS5Format
import PostilTestSupport
import Postings
import Testing

@testable import IndexStore
@testable import Ranking

@Suite struct PositionDirectoryTests {
    /// Two texts a row in FTS5 itself, over several segments, with delete markers, on pages of `pageSize` bytes.
    private func index(seed: UInt64, pageSize: Int) throws -> MemoryDataSource {
        let database = try TestDatabase()
        try database.execute(
            """
            CREATE TABLE c(id INTEGER PRIMARY KEY, body, title);
            CREATE VIRTUAL TABLE t USING fts5(body, title, content=c, content_rowid=id);
            INSERT INTO t(t, rank) VALUES('pgsz', \(pageSize));
            INSERT INTO t(t, rank) VALUES('hashsize', 20000);
            INSERT INTO t(t, rank) VALUES('automerge', 0);
            BEGIN;
            """)
        var texts = TextGenerator(seed: seed, words: 50)
        var row: Int64 = 0
        for _ in 0..<400 {
            row += Int64(texts.number(in: 1...9) == 1 ? texts.number(in: 1...500) : 1)
            let body = texts.text(words: texts.number(in: 1...20) == 1 ? 600 : texts.number(in: 0...12))
            let title = texts.text(words: texts.number(in: 0...3))
            let values: [TestDatabase.Value] = [.integer(row), .text(body), .text(title)]
            try database.rows("INSERT INTO t(rowid, body, title) VALUES(?, ?, ?)", values)
            if texts.number(in: 1...6) == 1 {
                try database.rows("INSERT INTO t(t, rowid, body, title) VALUES('delete', ?, ?, ?)", values)
            }
        }
        try database.execute("COMMIT")
        return try MemoryDataSource(database, table: "t")
    }

    private struct Term {
        var key: [UInt8]
        var grid: TermGrid
        var positions: [(document: Int64, occurrences: [UInt32])]
    }

    private func terms(_ source: MemoryDataSource, _ segment: FTS5Structure.Segment) throws -> [Term] {
        let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
        var terms: [Term] = []
        while try cursor.nextTerm() {
            var writer = TermGridWriter(firstBlock: 0, blockCount: 1000)
            var all: [(Int64, [UInt32])] = []
            while let row = try cursor.doclist.next() {
                let positions = try cursor.doclist.positions()
                guard !positions.isEmpty else { continue }
                let body = UInt32(positions.count { $0.column == 0 })
                writer.append(
                    document: row, titleFrequency: UInt32(positions.count) - body, bodyFrequency: body, part: 0.5)
                all.append(
                    (row, positions.map { UInt32($0.offset) | ($0.column == 0 ? 0 : TermPostings.titleFlag) }))
            }
            guard !all.isEmpty else { continue }
            let grid = try writer.finish().withUnsafeBytes { try TermGrid($0, firstBlock: 0, blockCount: 1000) }
            terms.append(Term(key: Array(cursor.term.dropFirst()), grid: grid, positions: all))
        }
        return terms
    }

    @Test(arguments: [32, 64, 200, 4050], [0, 1 << 30])
    func positionsEqualTheDoclistsInAnyOrder(pageSize: Int, limit: Int) throws {
        for seed in 1...2 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            let source = try index(seed: seed, pageSize: pageSize)
            let total = PositionMemory(limit: limit)
            var known = 0
            for segment in try source.structure().segmentsNewestFirst {
                for term in try terms(source, segment) {
                    let directory = try #require(
                        try PositionDirectory(
                            source, segment, term: term.key, grid: term.grid, path: "t", total: total, use: 0))
                    for (document, expected) in term.positions.shuffled(using: &random) {
                        let found = Array(try directory.positions(in: document))
                        #expect(
                            found == expected,
                            "seed: \(seed), page size: \(pageSize), term: \(term.key), document: \(document)")
                    }
                    #expect(try directory.positions(in: 63_999).isEmpty && directory.positions(in: 1 << 40).isEmpty)
                    #expect(total.bytes > 0)
                    let signatures = try #require(directory.signatures)
                    for (rank, (document, expected)) in term.positions.enumerated() {
                        let found = signatures.all[rank]
                        if found != .unknown { known += 1 }
                        #expect(
                            found == .unknown || found == PositionSignature(of: expected),
                            "seed: \(seed), page size: \(pageSize), term: \(term.key), document: \(document)")
                    }
                }
            }
            #expect(known > 0)
            #expect(total.bytes == 0, "what is counted is given back")
        }
    }

    @Test func gridsOfOtherDocumentsAndDamagedPagesAreDamage() throws {
        let source = try index(seed: 3, pageSize: 64)
        let segment = try #require(try source.structure().segmentsNewestFirst.last)
        let terms = try terms(source, segment).sorted { $0.positions.count > $1.positions.count }
        let directory = try #require(
            try PositionDirectory(
                source, segment, term: terms[0].key, grid: terms[1].grid, path: "t",
                total: PositionMemory(limit: 1 << 20), use: 0))
        #expect(throws: IndexError.self) {
            for (document, _) in terms[1].positions { _ = try directory.positions(in: document) }
        }
        let sound = source.records
        let leaves = sound.keys.filter { $0 != .structure && $0 != .averages }.sorted { $0.rawValue < $1.rawValue }
        var errors = 0
        for seed in 0..<300 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            source.records = sound
            for _ in 0..<3 {
                let leaf = try #require(leaves.randomElement(using: &random))
                let count = source.records[leaf]?.count ?? 0
                if count > 0 {
                    source.records[leaf]?[Int.random(in: 0..<count, using: &random)] = .random(
                        in: 0...255, using: &random)
                }
            }
            do {
                for term in terms.prefix(12) {
                    guard
                        let directory = try PositionDirectory(
                            source, segment, term: term.key, grid: term.grid, path: "t",
                            total: PositionMemory(limit: 1 << 20), use: 0)
                    else { continue }
                    for (document, _) in term.positions { _ = try directory.positions(in: document) }
                }
            } catch is FTS5FormatError {
                errors += 1
            } catch is IndexError {
                errors += 1
            }
        }
        #expect(errors > 50, "only \(errors) of 300 damaged indexes were noticed")
    }
}
