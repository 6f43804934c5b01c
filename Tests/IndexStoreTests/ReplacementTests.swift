import Documents
import Foundation
import IndexStore
import PostilTestSupport
import Testing

/// An index that is built anew while others have it open: they see the old state whole, and then the new one.
@Suite struct ReplacementTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("index.db") }

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(_ count: Int, edition: String, replaces: Bool = false) throws -> IndexFile {
        try IndexFile.build(
            at: path, settings: IndexFileTests.settings, tokenizer: "postil english", replaces: replaces,
            patience: Patience(.milliseconds(100))
        ) { writer in
            for number in 0..<count {
                try writer.insert(Document(externalID: "d\(number)", body: "\(edition) text"), source: nil)
            }
        }.file
    }

    private func state(_ snapshot: IndexSnapshot) throws -> [String] {
        try snapshot.documents(after: DocumentID(rawValue: 0), limit: 1000).map(\.document.body)
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    /// The update's pages are in the log when the file is exchanged, and the reader keeps them there.
    @Test func aReaderKeepsItsStateWhileTheIndexIsReplaced() throws {
        let file = try build(3, edition: "first")
        let reader = try file.snapshot()
        let writer = try file.writer()
        for number in 0..<200 { try writer.insert(Document(externalID: "u\(number)", body: "update"), source: nil) }
        try writer.commit()
        let late = try file.snapshot()
        try build(5, edition: "second", replaces: true)
        #expect(try state(reader) == Array(repeating: "first text", count: 3))
        #expect(try state(late).count == 203)
        for snapshot in [reader, late, try IndexFile(path: path).snapshot()] {
            try snapshot.refresh()
            #expect(try state(snapshot) == Array(repeating: "second text", count: 5))
        }
        #expect(try IndexFile(path: path).check(repair: false).findings.isEmpty)
    }

    /// Nobody else has the file: it is exchanged, log and all.
    @Test func anIndexThatNobodyHasOpenIsExchanged() throws {
        func number() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        }
        do {
            let writer = try build(3, edition: "first").writer()
            try writer.insert(Document(externalID: "u", body: "update"), source: nil)
            try writer.commit()
        }
        let before = try number()
        try build(5, edition: "second", replaces: true)
        #expect(try number() != before)
        #expect(try names == ["index.db"])
        #expect(try state(IndexFile(path: path).snapshot()).count == 5)
    }

    /// What another connection has done to a file of another page size while it is in use cannot be undone by a copy.
    @Test func anIndexInUseWithOtherPagesIsLeftAsItWas() throws {
        try build(3, edition: "first")
        do {
            let database = try TestDatabase(path)
            try database.execute(
                "PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM; PRAGMA journal_mode = WAL")
        }
        let reader = try IndexFile(path: path).snapshot()
        #expect(throws: IndexError.busy(path: path)) { try build(5, edition: "second", replaces: true) }
        try reader.refresh()
        #expect(try state(reader).count == 3)
    }

    @Test func theLogOfADeletedIndexIsNotTakenForTheNewOnes() throws {
        let reader = try build(3, edition: "first").snapshot()
        do {
            let writer = try IndexFile(path: path).writer()
            for number in 0..<200 { try writer.insert(Document(externalID: "u\(number)", body: "update"), source: nil) }
            try writer.commit()
        }
        try FileManager.default.removeItem(atPath: path)
        try build(5, edition: "second")
        #expect(try state(IndexFile(path: path).snapshot()).count == 5)
        #expect(try IndexFile(path: path).check(repair: false).findings.isEmpty)
        #expect(try state(reader).count == 3)
    }

    /// An update that would be hidden by the file under construction waits, and is told for what.
    @Test func nobodyWritesToAnIndexThatIsBeingBuilt() throws {
        let file = try build(3, edition: "first")
        _ = try IndexFile.build(
            at: path, settings: IndexFileTests.settings, tokenizer: "postil english", replaces: true
        ) { (_: DocumentWriter) throws -> Void in
            #expect(throws: IndexError.beingBuilt(path: path)) { try file.writer(patience: Patience(.zero)) }
            #expect(throws: IndexError.beingBuilt(path: path)) { try file.optimize(patience: Patience(.zero)) }
            #expect(throws: IndexError.beingBuilt(path: path)) { try build(1, edition: "third", replaces: true) }
            #expect(try state(file.snapshot()).count == 3)
        }
    }

    @Test func aBuildWaitsForTheWriterBeforeIt() throws {
        let file = try build(3, edition: "first")
        let writer = try file.writer()
        #expect(throws: IndexError.busy(path: path)) { try build(5, edition: "second", replaces: true) }
        try writer.rollback()
        try build(5, edition: "second", replaces: true)
    }

    /// The settings that the writer was opened with are not those of the index that is there now.
    @Test func aWriterIsNotGivenForAnotherIndex() throws {
        let file = try build(3, edition: "first")
        var other = IndexFileTests.settings
        other.analyzer = "german"
        _ = try IndexFile.build(at: path, settings: other, tokenizer: "postil german", replaces: true) { _ in }
        #expect(throws: IndexError.replaced(path: path)) { try file.writer() }
    }

    @Test func whatAKilledBuildLeftIsClearedByTheNextRun() throws {
        let file = try build(3, edition: "first")
        for suffix in [".building", ".building-wal", ".building-shm", ".building-journal", ".lock"] {
            try Data("left".utf8).write(to: URL(filePath: path + suffix))
        }
        try file.writer().rollback()
        #expect(try names == ["index.db"])
    }

    /// An empty file, or one that breaks off in its header, has nothing that could be lost; any other stays.
    @Test func onlyWhatHoldsNothingOfOthersIsReplaced() throws {
        for content in ["", "SQLite for", "SQLite format 3\0abc"] {
            try folder.write(content, to: "index.db")
            try build(2, edition: "new", replaces: true)
            #expect(try state(IndexFile(path: path).snapshot()).count == 2)
        }
        for content in ["x", "SQLite format 4\0", "SQLite format 3\0" + String(repeating: "x", count: 100)] {
            try folder.write(content, to: "index.db")
            #expect(throws: IndexError.self) { try build(2, edition: "new", replaces: true) }
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(content.utf8))
        }
    }

    @Test func readingMakesNoFile() throws {
        let file = try build(1, edition: "first")
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: IndexError.notFound(path: path)) { _ = try (file.snapshot(), file.snapshot()) }
        #expect(try !names.contains("index.db"))
    }
}
