import Foundation
import IndexStore
import Ingestion
import PostilTestSupport
import Synchronization
import Testing

@testable import Postil

/// Runs that are spared because nothing has changed, or walk only what has. The twin knows nothing of the last run, and walks through
/// everything.
@Suite struct LastRunTests {
    private struct Said: Equatable {
        var added, updated, unchanged, removed, documents: Int
        var skipped: [SkippedInput]
        var failed: Set<String>
        var kept: [KeptDocuments]
        var passedOver: [String: Int]

        init(_ report: IndexingReport) {
            (added, updated, unchanged, removed) = (report.added, report.updated, report.unchanged, report.removed)
            (documents, skipped, failed) = (report.documents, report.skipped, report.failed)
            (kept, passedOver) = (report.kept, report.passedOver)
        }
    }

    private let folder: TemporaryFolder
    private var notes: String { folder.file("notes") }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["a.md", "sub/b.md", "sub/deep/c.md", "sub/d.txt"] {
            try folder.write("Text of \(name)\n", to: "notes/" + name)
        }
        try folder.write("not text", to: "notes/picture.png")
        try folder.write("{", to: "notes/broken.json")
    }

    /// A run, and whether it was spared.
    private func run(_ index: String, walks: Bool = false, _ paths: [String]? = nil) throws -> (Said, isSpared: Bool) {
        if walks, FileManager.default.fileExists(atPath: index) {
            try TestDatabase(index).execute("DELETE FROM score_state WHERE name = 'walk'")
        }
        let report = try Index.update(at: index, with: IndexingRequest(paths: paths ?? [notes]))
        return (Said(report), report.stages[.read] == nil)
    }

    @Test func aRunAfterOneThatLeftNothingOpenIsSparedAndSaysTheSame() throws {
        for index in [folder.file("index.db"), notes + "/index.db"] {
            let first = try run(index)
            #expect(!first.isSpared && first.0.added == 4)
            let again = try run(index)
            #expect(again.isSpared)
            #expect(try again.0 == run(index, walks: true).0)
            #expect(again.0.skipped.map(\.path) == [notes + "/broken.json"] && again.0.failed.count == 1)
            #expect(again.0.unchanged == 4 && again.0.passedOver == ["png": 1])
            // Nothing is written.
            let bytes = try Data(contentsOf: URL(fileURLWithPath: index))
            #expect(try run(index).isSpared && foldersLookedAt(by: index).count == 3)
            #expect(try Data(contentsOf: URL(fileURLWithPath: index)) == bytes)
            // Also when nothing is named.
            #expect(try run(index, []).isSpared)
        }
    }

    /// The folders of which a run says that it looked there.
    private func foldersLookedAt(by index: String) throws -> Set<String> {
        let told = Mutex<[String]>([])
        var request = IndexingRequest(paths: [notes])
        request.hasWalked = { paths in told.withLock { $0 += paths.folders } }
        _ = try Index.update(at: index, with: request)
        return Set(told.withLock { $0 })
    }

    /// Also of those that it passed through.
    @Test func aRunTellsOfAllFoldersThatAreWatched() throws {
        let index = folder.file("index.db")
        let all = Set(["", "/sub", "/sub/deep"].map { notes + $0 })
        #expect(try foldersLookedAt(by: index) == all)
        #expect(try foldersLookedAt(by: index) == all)
        try folder.write("New\n", to: "notes/sub/new.md")
        #expect(try foldersLookedAt(by: index) == all && texts(index).count == 5)
        try folder.write("New\n", to: "notes/other/new.md")
        #expect(try foldersLookedAt(by: index) == all.union([notes + "/other"]) && texts(index).count == 6)
    }

    private func touch(_ name: String, _ text: String) throws {
        // What a file holds changes, and its size and time do not.
        let path = notes + "/" + name
        let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: times as Any], ofItemAtPath: path)
    }

    @Test func whateverChangesInTheFilesIsSeen() throws {
        let files = FileManager.default
        let changes: [(name: String, change: () throws -> Void)] = [
            ("content", { try touch("sub/deep/c.md", "Next") }),
            ("new file", { try folder.write("New\n", to: "notes/sub/deep/new.md") }),
            ("new folder", { try folder.write("New\n", to: "notes/other/new.md") }),
            ("removal", { try files.removeItem(atPath: notes + "/sub/deep/new.md") }),
            ("move", { try files.moveItem(atPath: notes + "/a.md", toPath: notes + "/sub/e.md") }),
            ("ignore file", { try folder.write("*.txt\n", to: "notes/.gitignore") }),
            ("ignore file changed", { try folder.write("*.md\n\n", to: "notes/.gitignore") }),
            ("ignore file gone", { try files.removeItem(atPath: notes + "/.gitignore") }),
            ("mended", { try folder.write("{\"id\": \"m\", \"text\": \"mended\"}", to: "notes/broken.json") }),
            ("replaced", { try folder.write("Other text of it\n", to: "notes/sub/b.md") }),
            (
                "folder for file",
                {
                    try files.removeItem(atPath: notes + "/sub/d.txt")
                    try folder.write("Inner\n", to: "notes/sub/d.txt/inner.md")
                }
            ),
            (
                "rules above",
                {
                    try folder.write("", to: ".git/HEAD"); try folder.write("e.md\n", to: ".gitignore")
                }
            ),
            ("rules above gone", { try files.removeItem(atPath: folder.file(".git")) }),
            ("hidden", { try folder.write("Hidden\n", to: "notes/.hidden/h.md") }),
            (
                "link",
                { try files.createSymbolicLink(atPath: notes + "/link", withDestinationPath: folder.file("away")) }
            ),
            ("what a link leads to", { try folder.write("Away\n", to: "away/far.md") }),
            ("in what a link leads to", { try folder.write("Further\n", to: "away/farther.md") }),
        ]
        let (index, twin) = (folder.file("index.db"), folder.file("twin.db"))
        _ = try (run(index), run(twin, walks: true))
        var spared = 0
        for (name, change) in changes {
            // A run that removes something, or keeps what it does not find, is not the last word.
            if try run(index).isSpared { spared += 1 }
            try change()
            #expect(try run(index).0 == run(twin, walks: true).0, "\(name)")
            #expect(try texts(index) == texts(twin), "\(name)")
        }
        #expect(spared > changes.count / 2)
    }

    /// The rows of `sources`, without what tells one file system's times.
    private func sources(_ index: String) throws -> [[TestDatabase.Value]] {
        try TestDatabase(index).rows(
            "SELECT id, path, size, name, hex(hash), outcome, skipped FROM sources ORDER BY id")
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func aRunThatWalksWhatHasChangedLeavesTheSame(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let names = ["a", "b", "c", "d.md", "e.md", "f.txt", "g.json", "h.png", ".i"]
        func path() -> String {
            let depth = Int.random(in: 0...3, using: &random)
            return (["notes"] + (0...depth).map { _ in names.randomElement(using: &random)! }).joined(separator: "/")
        }
        func change() throws {
            let files = FileManager.default
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<7: try folder.write("Text \(UInt64.random(in: 0...99, using: &random))\n", to: path())
            case 7: try folder.write(["*.txt\n", "c\n", ""].randomElement(using: &random)!, to: "notes/b/.ignore")
            case 8..<10: try files.removeItem(atPath: folder.file(path()))
            case 10: try files.moveItem(atPath: folder.file(path()), toPath: folder.file(path()))
            default: try files.createSymbolicLink(atPath: folder.file(path()), withDestinationPath: notes + "/b")
            }
        }
        for _ in 0..<40 { do { try change() } catch { continue } }
        let (index, twin) = (folder.file("index.db"), folder.file("twin.db"))
        _ = try (run(index), run(twin, walks: true))
        for round in 0..<15 {
            for _ in 0..<Int.random(in: 0...2, using: &random) { do { try change() } catch { continue } }
            let comment: Comment = "seed: \(seed), round: \(round)"
            do {
                let said = try run(index).0
                #expect(try said == run(twin, walks: true).0, comment)
            } catch is RemovalRefused {
                #expect(throws: RemovalRefused.self, comment) { try run(twin, walks: true) }
            }
            #expect(try texts(index) == texts(twin), comment)
            let (left, right) = try (sources(index), sources(twin))
            #expect(left == right, comment)
        }
    }

    private func texts(_ index: String) throws -> [String] {
        var texts: [String] = []
        try Index.open(at: index).makeSearcher().forEachDocument {
            texts.append("\($0.document.externalID): \($0.document.body)")
            return true
        }
        return texts.sorted()
    }

    @Test func whatChangesInTheIndexIsSeen() throws {
        let index = folder.file("index.db")
        _ = try run(index)
        #expect(try run(index).isSpared)
        // Another program takes a source's row.
        try TestDatabase(index).execute("DELETE FROM sources WHERE path LIKE '%a.md'")
        #expect(try !run(index).isSpared)
        _ = try (run(index), run(index))
        #expect(try run(index).isSpared)
        try TestDatabase(index).execute("UPDATE sources SET path = 'x' WHERE path LIKE '%a.md'")
        #expect(try !run(index).isSpared)
        _ = try (run(index), run(index))
        #expect(try run(index).isSpared)
        try TestDatabase(index).execute("UPDATE score_state SET value = x'00' WHERE name = 'walk'")
        #expect(try !run(index).isSpared)
        #expect(try run(index).isSpared)
        // Another place, and another way to read.
        try folder.write("Other\n", to: "more/other.md")
        #expect(try !run(index, [folder.file("more")]).isSpared)
        #expect(try !run(index, []).isSpared)
        #expect(try run(index, []).isSpared)
        var request = IndexingRequest(paths: [notes])
        request.profile = try Profile(yaml: "name: other\nreading: { extensions: { png: text } }\n", origin: "other")
        #expect(try Index.update(at: index, with: request).added > 0)
    }

    @Test func aRecordIsWhatWasWritten() throws {
        let index = folder.file("index.db")
        _ = try run(index)
        let rows = try TestDatabase(index).rows(
            "SELECT CAST(substr(value, 9) AS TEXT) FROM score_state WHERE name = 'walk'")
        guard case .text(let record) = try #require(rows.first?.first) else { return #expect(rows == []) }
        let settled = try JSONDecoder().decode([String].self, from: Data(record.utf8))
        let seal = InputWalker().inputs(at: [notes]).seal
        #expect(seal.changedFolders(apartFrom: nil) == [])
        #expect(settled[3] == String(seal.nameSum) && settled[4] == "3")
        let sums = seal.folders.map { String($0.sum) }
        try #require(sums.count == 3)
        // A picture that is passed over, and a file that cannot be read.
        #expect(settled[5..<9] == [notes, sums[0], "2", "4"])
        #expect(settled[9..<13] == [notes + "/sub", sums[1], "2", "0"])
        #expect(settled[13..<17] == [notes + "/sub/deep", sums[2], "1", "0"])
        #expect(Array(settled[17...]) == seal.names && seal.names.contains(notes + "/.git"))
    }
}
