import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Indexes in which some values of some tables are no longer what was written: a search or a check gives an answer or an
/// error that names the place, and neither traps nor hangs.
@Suite struct DamagedIndexTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func damageIsAnErrorAtWorst(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let sound = folder.file("sound.db")
        try build(at: sound, &random)
        var refused = 0
        for round in 0..<12 {
            let path = folder.file("damaged-\(round).db")
            try FileManager.default.copyItem(atPath: sound, toPath: path)
            let damage = try (0..<2).map { _ in try Self.damage(path, &random) }
            do {
                let index = try Index.open(at: path)
                for strategy in [EvaluationStrategy.automatic, .exhaustive] {
                    let searcher = try index.makeSearcher()
                    for query in Self.queries {
                        do {
                            _ = try searcher.search(SearchRequest(query, snippetLength: 80, strategy: strategy))
                        } catch {
                            refused += 1
                            #expect(error is IndexError, "seed: \(seed), \(damage), \(query): \(error)")
                        }
                    }
                }
                _ = try index.check()
            } catch {
                refused += 1
                #expect(error is IndexError, "seed: \(seed), \(damage): \(error)")
            }
        }
        #expect(refused > 0, "seed: \(seed): nothing was noticed")
    }

    /// Where a page or frame cannot be read, a repair makes a new file. What it knows of a source may be lost as well; the next run
    /// reads that source again, and no document is there twice.
    @Test func aDocumentWhoseSourceIsLostIsAdopted() throws {
        for name in ["a", "b"] {
            let lines = (0..<20).map { #"{"id": "\#(name)\#($0)", "text": "common text \#($0)"}"# }
            try folder.write(lines.joined(separator: "\n"), to: "in/\(name).jsonl")
        }
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")], compression: .zstd))
        try TestDatabase(path).execute(
            """
            UPDATE sources SET outcome = 'nonsense' WHERE path LIKE '%a.jsonl';
            UPDATE packed_documents SET text = x'00' WHERE external_id = 'b3'
            """)
        #expect(try !Index.open(at: path).check().isSound)
        let repaired = try Index.open(at: path, access: .readWrite).check(repair: true)
        #expect(repaired.findings.contains { $0.what.contains("39 documents were saved, 1 could not be read") })
        let report = try Index.update(at: path, with: IndexingRequest())
        #expect(report.added == 1 && report.unchanged == 39, "\(report)")
        let hits = try Index.open(at: path).makeSearcher().search(SearchRequest("common", limit: 100)).hits
        #expect(hits.count == 40 && Set(hits.map(\.externalID)).count == 40)
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }

    /// A source that is not recorded any more is new to the next run, its documents are not.
    @Test func aLostRecordOfASourceMakesNoDoubles() throws {
        for number in 0..<4 { try folder.write(#"{"id": "x\#(number)", "text": "common"}"#, to: "in/\(number).jsonl") }
        let path = folder.file("postil.db")
        let request = IndexingRequest(paths: [folder.file("in")])
        _ = try Index.update(at: path, with: request)
        func ids() throws -> [String] {
            try Index.open(at: path).makeSearcher().search(SearchRequest("common")).hits.map(\.externalID).sorted()
        }
        let all = try ids()
        for lost in [1, 3] {
            try TestDatabase(path).execute("DELETE FROM sources WHERE path LIKE '%/\(lost).jsonl'")
            #expect(try Index.update(at: path, with: request).unchanged == 4)
            #expect(try ids() == all && Index.open(at: path).check().findings.isEmpty)
        }
        // Built anew, too: from the files, and without them.
        for isThere in [true, false] {
            try TestDatabase(path).execute("DELETE FROM sources WHERE path LIKE '%/2.jsonl'")
            if !isThere { try FileManager.default.removeItem(atPath: folder.file("in")) }
            _ = try Index.rebuild(at: path, with: IndexingRequest())
            #expect(try ids() == all, "\(isThere)")
        }
        // A place that makes no sense is named and restored, or forgotten where nothing tells what it was.
        let roots = try Index.open(at: path).roots()
        try TestDatabase(path).execute("UPDATE roots SET path = x'ff'")
        let repaired = try Index.open(at: path).check(repair: true)
        #expect(repaired.isSound && repaired.findings.contains { $0.what.hasPrefix("roots: ") })
        #expect(try Index.open(at: path).roots() == roots && ids() == all)
        try TestDatabase(path).execute("UPDATE roots SET path = x'ff'; DELETE FROM score_state WHERE name = 'roots'")
        #expect(try Index.open(at: path).check(repair: true).isSound)
        #expect(try Index.open(at: path).roots().isEmpty && ids() == all)
    }

    private static let queries = [
        "common", "common rare7", "rare3 rare4 rare5", "+common +frequent", "\"common frequent\"", "\"rare1 common\"~4",
        "rare*", "rar9~", "title:common", "author:ann common", "date:2012..2015 frequent", "frequent -common", "*",
    ]

    /// Some segments with frequent terms, which have grids, and rare ones, which have none.
    private func build(at path: String, _ random: inout SplitMix64) throws {
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        for part in 0..<3 {
            let writer = try index.makeWriter()
            for number in 0..<120 {
                let words = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    switch Int.random(in: 0..<10, using: &random) {
                    case 0..<4: "common"
                    case 4..<7: "frequent"
                    default: "rare\(Int.random(in: 0..<40, using: &random))"
                    }
                }
                let document = Document(
                    externalID: "d\(part)-\(number)", title: words.prefix(3).joined(separator: " "),
                    body: words.joined(separator: " "), author: number % 2 == 0 ? "Ann" : "Bob",
                    date: "20\(10 + number % 9)", tags: ["t\(number % 3)"], metadata: ["k": "v"])
                try writer.insert(document, source: nil)
            }
            try writer.commit()
        }
    }

    /// Changes one value of a random row of a random table; says which.
    private static func damage(_ path: String, _ random: inout SplitMix64) throws -> String {
        let columns = [
            "documents_fts_data.block", "documents_fts_data.block", "documents_fts_idx.pgno",
            "documents_fts_docsize.sz",
            "documents.tags", "documents.metadata", "documents.title", "score_segments.first_document",
            "score_segments.last_document", "score_segments.norm_base", "score_segments.title_weight",
            "score_terms.start", "score_terms.length", "score_grids.content", "score_documents.lengths",
            "score_state.value", "settings.value", "documents_fts_config.v",
        ]
        let place = columns[Int.random(in: 0..<columns.count, using: &random)]
        let table = String(place.prefix { $0 != "." })
        let column = String(place.dropFirst(table.count + 1))
        let database = try TestDatabase(path)
        let rows = try database.rows("SELECT \(column) FROM \(table)")
        guard let old = rows.randomElement(using: &random)?[0] else { return "nothing in \(place)" }
        let new = changed(old, &random)
        // All rows that have the value: mostly one.
        try database.rows("UPDATE OR IGNORE \(table) SET \(column) = ?1 WHERE \(column) IS ?2", [new, old])
        return place
    }

    private static func changed(_ value: TestDatabase.Value, _ random: inout SplitMix64) -> TestDatabase.Value {
        switch value {
        case .integer(let number):
            let others: [Int64] = [-1, 0, 1, number + 1, number &* 1_000, 1 << 31, 1 << 32 - 1, 1 << 40, .max, .min]
            return .integer(others[Int.random(in: 0..<others.count, using: &random)])
        case .blob(var bytes):
            guard !bytes.isEmpty else { return .blob([1, 2, 3]) }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(place...)
            case 1: bytes.insert(.random(in: 0...255, using: &random), at: place)
            case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: bytes[place] = .random(in: 0...255, using: &random)
            }
            return .blob(bytes)
        case .text(let text):
            let others = ["", "x", String(text.dropFirst()), String(text.dropLast()), text + "}", "-1", "1e999", "nan"]
            return .text(others[Int.random(in: 0..<others.count, using: &random)])
        case .null: return .text("x")
        }
    }
}
