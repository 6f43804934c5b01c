import Documents
import GRDB
import PostilTestSupport
import Testing
import TextAnalysis

@testable import FTS5Format
@testable import IndexStore

/// Documents taken out and in by segments, held to what FTS5 makes of the same index by its own commands.
@Suite struct DocumentRemovalTests {
    /// What FTS5 and Postil know of the texts that are left.
    private struct Known: Equatable {
        var instances: [Row]
        var lengths: [Row]
        var averages: FTS5Averages
        var words: [String: Int]
    }

    private static func text(_ count: Int, using random: inout SplitMix64) -> String {
        let special = ["don't", "mesa-optimizers", "rightSplit", "résumé", "深度学习", "C++", "1,000", "the", "the", "\0"]
        return (0..<count).map { _ in
            Bool.random(using: &random)
                ? special.randomElement(using: &random)!
                : "w" + String(Int.random(in: 0..<300, using: &random), radix: 26)
        }.joined(separator: " ")
    }

    /// An index of which some documents came by segments and the last by FTS5.
    private static func index(_ documents: [Document], inSegments: Int, at path: String) throws -> IndexFile {
        try IndexFile.build(at: path, settings: IndexFileTests.settings, tokenizer: "postil english", replaces: true) {
            writer in
            let new = documents.map { NewDocument($0) }
            for number in 0..<inSegments {
                let part = new.indices.filter { $0 % (inSegments + 1) == number }.map { new[$0] }
                try writer.store(part, source: nil)
                let inverter = try RunInverter(.english, memory: 1 << 20)
                if let first = part.first { inverter.invert(part, runBeginning: first.id) }
                try writer.load([inverter], isLast: false)
            }
            let rest = new.indices.filter { $0 % (inSegments + 1) == inSegments }.map { new[$0] }
            try writer.store(rest, source: nil)
            try writer.index(rest)
        }.file
    }

    private static func known(_ path: String) throws -> Known {
        try IndexConnection(path: path, mode: .readWrite).access { db in
            try db.execute(sql: "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, documents_fts, instance)")
            try db.execute(sql: "INSERT INTO documents_fts(documents_fts) VALUES ('integrity-check')")
            var words: [String: Int] = [:]
            let reader = try WordListReader(db)
            var merge = WordMerge(try reader.layers().map { .layer(try WordLayerCursor(reader, $0)) })
            while try merge.next() {
                words[String(decoding: merge.word, as: UTF8.self)] = merge.documents
            }
            return Known(
                instances: try Row.fetchAll(db, sql: "SELECT * FROM instances ORDER BY term, doc, col, offset"),
                lengths: try Row.fetchAll(db, sql: "SELECT * FROM documents_fts_docsize ORDER BY id"),
                averages: try FTS5TableReader(try db.handle).averages(columns: 2), words: words)
        }
    }

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func segmentsDoWhatFTS5Does(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let documents = (0..<[1, 5, 40].randomElement(using: &random)!).map { number in
            Document(
                externalID: "d\(number)", title: Self.text(Int.random(in: 0...4, using: &random), using: &random),
                body: Self.text([0, 1, 20, 90].randomElement(using: &random)!, using: &random))
        }
        let inSegments = Int.random(in: 0...3, using: &random)
        let paths = ["few.db", "many.db"].map { folder.file($0) }
        let limits = [
            DocumentRemoval.Limits(few: .max, gathered: .max),
            DocumentRemoval.Limits(
                few: [-1, 25, 300].randomElement(using: &random)!,
                gathered: [0, 200, 100_000].randomElement(using: &random)!,
                memory: [1, 300_000, .max].randomElement(using: &random)!),
        ]
        for path in paths { _ = try Self.index(documents, inSegments: inSegments, at: path) }
        var left = Array(1...Int64(documents.count))
        // In several transactions, the last of which takes out all that is left.
        for isLast in [false, false, true] {
            let gone = left.shuffled(using: &random).prefix(isLast ? .max : left.count / 3)
            left.removeAll { gone.contains($0) }
            // Documents that come in between: FTS5 has read its structure after a short one, and there is a segment more after a long one.
            let coming = gone.indices.reduce(into: [Int: Document]()) { coming, place in
                guard Int.random(in: 0..<3, using: &random) == 0 else { return }
                let length = [0, 2, 10, 90].randomElement(using: &random)!
                coming[place] = Document(
                    externalID: "new \(isLast)", title: "rightSplit", body: Self.text(length, using: &random))
            }
            for (path, limits) in zip(paths, limits) {
                let writer = try DocumentWriter(IndexConnection(path: path, mode: .readWrite), limits: limits)
                for (place, id) in gone.enumerated() {
                    #expect(try writer.delete(DocumentID(rawValue: id)))
                    if let new = coming[place] { try writer.insert(new) }
                }
                try writer.commit()
            }
            let comment: Comment = "seed: \(seed), \(documents.count) documents, \(left.count) left"
            let known = try paths.map(Self.known)
            // Not shown: all positions are in it.
            let isSame = known[0] == known[1]
            #expect(isSame, comment)
            #expect(try IndexFile(path: paths[1]).check(repair: false).findings == [], comment)
        }
    }

    /// The worked example of ``RemovedPostings``, as a reader of FTS5's postings sees it.
    @Test func removedPostingsAreMarks() {
        var removal = RemovedPostings()
        removal.append(3)
        removal.begin()
        removal.append(7)
        removal.append(11)
        removal.withRun { run in
            #expect(run.firstRowID == 7 && run.lastRowID == 11)
            #expect(Array(run.bytes) == [0x01, 0x04, 0x01])
        }
    }

    /// Ids that a damaged or foreign index may have, of which no run has both.
    @Test func idsFarApartAreTakenOut() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let file = try Self.index(
            (0..<3).map { Document(externalID: "d\($0)", body: "one two") }, inSegments: 0, at: path)
        try TestDatabase(path).execute("UPDATE documents SET id = 9000000000000 WHERE id = 3")
        let writer = try DocumentWriter(
            IndexConnection(path: path, mode: .readWrite), limits: DocumentRemoval.Limits(few: -1))
        for id in [1, 9_000_000_000_000] as [Int64] { try writer.delete(DocumentID(rawValue: id)) }
        try writer.rollback()
        #expect(try file.snapshot().documents(externalID: "d0").count == 1)
    }
}
