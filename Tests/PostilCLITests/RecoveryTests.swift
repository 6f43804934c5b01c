import Foundation
import PostilTestSupport
import Testing

/// What Documentation/Limits.md says of accidents is what happens: the message, the exit status, and what helps.
struct RecoveryTests {
    private let folder: TemporaryFolder
    private var database: URL { folder.url.appending(path: "postil.db") }

    init() throws {
        folder = try TemporaryFolder()
        for number in 0..<60 { try folder.file("in/\(number).md", "reward hacking \(number)") }
        #expect(try run(["index", "in"]).status == 0)
    }

    private func run(_ arguments: [String]) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    private func finds(_ query: String) throws -> Bool { try run(["search", query]).status == 0 }

    /// The documented messages by what happened, in the pieces between their ellipses.
    private static func documented(_ accident: String) throws -> [Substring] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documentation/Limits.md")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("| \(accident) |") }, "no line for \(accident)")
        let cells = line.split(separator: " | ", omittingEmptySubsequences: false)
        // A message is code, with code in it.
        let message = try #require(cells.count > 1 ? cells[1] : nil).dropFirst().dropLast()
        return message.split(separator: "…")
    }

    private func expect(_ outcome: PostilBinary.Outcome, says accident: String, status: Int32 = 2) throws {
        #expect(outcome.status == status, "\(accident): \(outcome)")
        var rest = outcome.errors[...]
        for piece in try Self.documented(accident) {
            let text = piece.trimmingCharacters(in: .whitespaces)
            let found = try #require(rest.range(of: text), "\(accident): “\(text)” in \(outcome.errors)")
            rest = rest[found.upperBound...]
        }
    }

    @Test func damagedPagesAreNamedAndMended() throws {
        var bytes = try Data(contentsOf: database)
        bytes.replaceSubrange(32_768..<bytes.count, with: Data(repeating: 0x5A, count: bytes.count - 32_768))
        try bytes.write(to: database)
        try expect(run(["search", "reward"]), says: "damaged pages")
        #expect(try run(["index", "--rebuild", "in"]).status == 0)
        #expect(try finds("reward"))
    }

    @Test func aFileThatIsCutOffIsNamed() throws {
        try Data(contentsOf: database).prefix(40_000).write(to: database)
        try expect(run(["search", "reward"]), says: "a file cut off")
        _ = try run(["check", "--repair"])
        #expect(try run(["index", "--rebuild", "in"]).status == 0)
        #expect(try finds("reward"))
    }

    /// What stood in the pages that are left is saved, wherever the file ends, and the next run has all.
    @Test(arguments: [1, 32_768, 400_000, 700_000]) func aFileThatIsCutOffIsMended(missing: Int) throws {
        let bytes = try Data(contentsOf: database)
        try bytes.prefix(bytes.count - missing).write(to: database)
        let mended = try run(["check", "--repair"])
        guard mended.status == 0 else {
            // Where even the settings are gone there is a way out, too.
            #expect(missing > 600_000 && mended.errors.contains("--rebuild"), "\(missing): \(mended)")
            #expect(try run(["index", "--rebuild", "in"]).status == 0)
            return
        }
        #expect(try run(["index", "in"]).status == 0)
        #expect(try run(["check"]).status == 0)
        #expect(try run(["search", "reward", "--format", "ids", "-n", "100"]).lines.count == 60, "\(missing)")
    }

    @Test(arguments: [("older", 1), ("newer", 99)])
    func otherFormatsAreNamed(age: String, version: Int) throws {
        try TestDatabase(database.path).execute("PRAGMA user_version = \(version)")
        for command in [["search", "reward"], ["info"], ["check"], ["index", "in"], ["optimize"]] {
            try expect(run(command), says: "\(age == "older" ? "an" : "a") \(age) format")
        }
        guard age == "older" else { return }
        // Of its files only some are there.
        for number in 10..<60 { try FileManager.default.removeItem(at: folder.url.appending(path: "in/\(number).md")) }
        let kept = try run(["index", "--rebuild", "in", "--keep-missing"])
        #expect(kept.status == 0 && kept.output.hasPrefix("10 added, 0 updated, 50 unchanged"), "\(kept)")
        #expect(kept.errors.contains("the index was of format 1; 50 of its 60 documents were taken over from it"))
        #expect(try finds("reward") && run(["check"]).status == 0)
        // No file at all, and no name of a folder.
        try TestDatabase(database.path).execute("PRAGMA user_version = 1")
        try FileManager.default.removeItem(at: folder.url.appending(path: "in"))
        let bare = try run(["index", "--rebuild"])
        #expect(bare.status == 0 && bare.output.hasPrefix("0 added, 0 updated, 60 unchanged"), "\(bare)")
        #expect(
            bare.errors.contains("60 of its 60 documents were taken over from it; it remembers no places: name them"))
        #expect(try run(["search", "id:59.md"]).status == 0 && run(["check"]).status == 0)
    }

    /// What cannot be read cannot be taken over; an empty index is not made of it.
    @Test func anIndexThatTellsNothingIsNotReplacedByAnEmptyOne() throws {
        try Data(contentsOf: database).prefix(40_000).write(to: database)
        let before = try Data(contentsOf: database)
        let accident = "an index that tells nothing any more, built anew without naming a folder"
        try expect(run(["index", "--rebuild"]), says: accident)
        #expect(try Data(contentsOf: database) == before)
        #expect(try run(["index", "--rebuild", "in"]).status == 0 && finds("reward"))
    }

    @Test func anotherProgramsFileIsLeftAsItWas() throws {
        try FileManager.default.removeItem(at: database)
        try TestDatabase(database.path).execute("CREATE TABLE mine(a); INSERT INTO mine VALUES (1)")
        let before = try Data(contentsOf: database)
        for command in [["search", "reward"], ["index", "in"], ["index", "--rebuild", "in"], ["check", "--repair"]] {
            try expect(run(command), says: "another program's file")
        }
        #expect(try Data(contentsOf: database) == before)
    }

    @Test func aStrangersTriggerIsNamed() throws {
        try TestDatabase(database.path).execute(
            "CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM documents; END")
        try expect(run(["index", "in"]), says: "a trigger of a stranger")
    }

    @Test func twoWritersAreNamed() throws {
        let writer = try TestDatabase(database.path)
        try writer.execute("BEGIN IMMEDIATE")
        try expect(run(["index", "--wait", "0"]), says: "two writers")
        try writer.execute("COMMIT")
    }

    @Test func aFolderThatIsGoneKeepsItsDocuments() throws {
        let place = folder.url.appending(path: "in")
        // Not beside its old name, where it would be found again.
        let away = folder.url.appending(path: "far/away")
        try FileManager.default.createDirectory(
            at: away.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: place, to: away)
        try expect(run(["index"]), says: "a folder that is gone, or a volume that is not mounted")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try expect(run(["index"]), says: "the empty place of a volume")
        #expect(try finds("reward"))
        try FileManager.default.removeItem(at: place)
        try FileManager.default.moveItem(at: away, to: place)
        #expect(try run(["index"]).output.hasPrefix("0 added, 0 updated, 60 unchanged, 0 removed"))
        for number in 0..<55 { try FileManager.default.removeItem(at: place.appending(path: "\(number).md")) }
        try expect(run(["index"]), says: "most files of a folder are gone")
        #expect(try run(["index", "--prune"]).output.contains("55 removed"))
    }

    /// What an update keeps, a rebuild keeps, too, be it all there is.
    @Test func aRebuildKeepsDocumentsWhoseFolderIsGone() throws {
        try folder.file("other/a.md", "specification gaming")
        #expect(try run(["index", "other"]).status == 0)
        let places = ["in", "other"].map { folder.url.appending(path: $0) }
        try FileManager.default.removeItem(at: places[0])
        let rebuilt = try run(["index", "--rebuild"])
        try expect(rebuilt, says: "a folder that is gone, or a volume that is not mounted")
        #expect(rebuilt.output.hasPrefix("1 added, 0 updated, 60 unchanged, 0 removed"), "\(rebuilt)")
        try FileManager.default.removeItem(at: places[1])
        let again = try run(["index", "--rebuild", "--analyzer", "none"])
        #expect(again.status == 2 && again.output.hasPrefix("0 added, 0 updated, 61 unchanged"), "\(again)")
        #expect(try finds("gaming") && finds("hacking") && !finds("hack"))
        #expect(try run(["check"]).status == 0)
        #expect(try run(["sources", "--format", "jsonl"]).lines.count == 2)
        // When the folder comes back, its files are those that the documents are of.
        for number in 0..<60 { try folder.file("in/\(number).md", "reward hacking \(number)") }
        let later = try run(["index", "in"])
        #expect(later.status == 0 && later.output.hasPrefix("0 added, 0 updated, 60 unchanged, 0 removed"), "\(later)")
        let pruned = try run(["index", "--rebuild", "--prune"])
        #expect(pruned.output.hasPrefix("60 added, 0 updated, 0 unchanged"), "\(pruned)")
    }

    /// No doubles, and no paths that lead nowhere.
    @Test func aMovedFolderIsRecognised() throws {
        try FileManager.default.moveItem(
            at: folder.url.appending(path: "in"), to: folder.url.appending(path: "elsewhere"))
        let moved = try run(["index", "elsewhere"])
        #expect(moved.status == 0, "\(moved)")
        let sources = try TestDatabase(database.path).rows("SELECT path FROM sources").map(\.[0].text)
        #expect(sources.count == 60 && sources.allSatisfy { $0.contains("elsewhere/") }, "\(sources.prefix(3))")
        #expect(try TestDatabase(database.path).rows("SELECT count(*) FROM documents")[0][0].integer == 60)
        let later = try run(["index"])
        #expect(later.status == 0 && later.output.hasPrefix("0 added, 0 updated, 60 unchanged, 0 removed"), "\(later)")
    }

    @Test func anIndexMovesWithItsFolder() throws {
        let other = try TemporaryFolder()
        let place = other.url.appending(path: "moved")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for name in ["postil.db", "in"] {
            try FileManager.default.moveItem(
                at: folder.url.appending(path: name), to: place.appending(path: name))
        }
        let outcome = try PostilBinary.run(["index"], in: place)
        #expect(outcome.status == 0 && outcome.output.hasPrefix("0 added, 0 updated, 60 unchanged"), "\(outcome)")
    }

    /// `ulimit` counts blocks of 512 or 1,024 bytes.
    @Test(.enabled(if: !Sanitizer.seesThreads, "the sanitizer's own file is longer than the limit"))
    func aLimitOnFileSizesEndsInAMessage() throws {
        for number in 60..<400 {
            try folder.file("in/\(number).md", (0..<200).map { "word\(number)x\($0)" }.joined(separator: " "))
        }
        for command in ["index", "index --rebuild"] {
            let outcome = try PostilBinary.shell("ulimit -f 600; postil \(command)", in: folder.url)
            try expect(outcome, says: "a limit on the size of files, a failing disk")
            #expect(try finds("reward"))
            // The folder is the home, too, where the last search is kept.
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != ".local" }
            #expect(names.sorted() == ["in", "postil.db"], "\(command): \(names)")
        }
    }

    /// Rows that another program took away come back with the next run, which reads their files alone.
    @Test func aRowDeletedBehindTheIndexComesBackByItself() throws {
        try TestDatabase(database.path).execute("DELETE FROM documents WHERE external_id IN ('7.md', '8.md')")
        let dry = try run(["index", "--dry-run"])
        #expect(dry.output.hasPrefix("2 added, 0 updated, 58 unchanged"), "\(dry)")
        let next = try run(["index"])
        #expect(next.status == 0 && next.output.hasPrefix("2 added, 0 updated, 58 unchanged"), "\(next)")
        #expect(next.errors.contains("2 documents were gone from the index without Postil's doing; read again: "))
        #expect(next.errors.contains("in/7.md, ") && !next.errors.contains("9.md"), "\(next)")
        #expect(try run(["check"]).output.contains("sound"))
        let third = try run(["index"])
        #expect(third.output.hasPrefix("0 added, 0 updated, 60 unchanged") && third.errors.isEmpty, "\(third)")
        // Without columns nothing tells whose the document was.
        try TestDatabase(database.path).execute(
            "DELETE FROM document_columns; DELETE FROM documents WHERE external_id = '9.md'")
        try expect(run(["index"]), says: "another program deleted rows of `documents`", status: 0)
        #expect(try run(["search", "id:9.md"]).status == 0)
    }

    /// A row that another program took away is noticed by a check, and comes back with the next run.
    @Test func aRowDeletedBehindTheIndexComesBack() throws {
        try TestDatabase(database.path).execute("DELETE FROM documents WHERE external_id = '7.md'")
        let check = try run(["check"])
        #expect(check.status == 2 && check.output.contains("there is no such document"), "\(check)")
        #expect(try run(["check", "--quick"]).status == 2)
        #expect(try run(["check", "--repair"]).status == 0)
        let next = try run(["index"])
        #expect(next.status == 0 && next.output.hasPrefix("1 added, 0 updated, 59 unchanged"), "\(next)")
        #expect(try run(["search", "id:7.md"]).status == 0)
    }
}
