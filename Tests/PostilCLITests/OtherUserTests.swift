import Foundation
import PostilTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An index that several users of a machine share. Needs two of them, which only root has.
@Suite(.enabled(if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")))
struct OtherUserTests {
    /// `nobody`, on most systems.
    private static let otherUser = 65_534

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("in/a.md", "reward hacking")
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        // Everybody may make files here, as in /tmp.
        chmod(folder.path, 0o777)
    }

    private func runAsOther(_ line: String) throws -> PostilBinary.Outcome {
        let user = Self.otherUser
        return try PostilBinary.shell(
            "cd '\(folder.path)' && setpriv --reuid \(user) --regid \(user) --clear-groups '\(PostilBinary.url.path)' \(line)",
            in: folder.url)
    }

    private var names: [String] {
        // The folder is the home of both, where the last search is kept.
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != ".local" }.sorted()
        }
    }

    @Test func aSearchLeavesNothingThatLocksTheOwnerOut() throws {
        let found = try runAsOther("search reward --format ids")
        try #require(found.status == 0, "\(found)")
        #expect(found.output == "a.md\n")
        #expect(try names == ["in", "postil.db"])
        try folder.file("in/b.md", "specification gaming")
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        #expect(try runAsOther("search gaming").status == 0)
        #expect(try names == ["in", "postil.db"])
    }

    /// What is in the log of a writer at work is read through it.
    @Test func aSearchBesideAWriterSeesWhatItHasCommitted() throws {
        let writer = try TestDatabase(folder.file("postil.db"))
        try writer.execute("UPDATE documents SET url = 'https://example.org/ann'")
        let found = try runAsOther("search url:example.org/ann --format ids")
        #expect(found.output == "a.md\n", "\(found)")
    }

    @Test(arguments: ["index --dry-run in", "index --rebuild --dry-run", "remove --dry-run a.md"])
    func aDryRunNeedsNoRightToWrite(command: String) throws {
        chmod(folder.path, 0o755)
        let outcome = try runAsOther(command)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try names == ["in", "postil.db"])
    }

    @Test(arguments: ["index", "index --rebuild", "optimize", "check --repair", "remove a.md"])
    func whoIsLockedOutIsToldByWhatAndWhatToDo(command: String) throws {
        let database = folder.file("postil.db")
        chown(database, uid_t(Self.otherUser), gid_t(Self.otherUser))
        for name in ["-wal", "-shm"] { #expect(FileManager.default.createFile(atPath: database + name, contents: nil)) }
        let outcome = try runAsOther(command)
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains(
                "cannot be written to, because postil.db-wal and postil.db-shm beside it are another user's; "),
            "\(outcome.errors)")
        #expect(outcome.errors.contains("`chown USER postil.db-wal postil.db-shm`"), "\(outcome.errors)")
        #expect(try runAsOther("search reward").status == 0)
    }

    @Test func whoMayNotWriteIsTold() throws {
        let outcome = try runAsOther("index in")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("postil.db: cannot be written to; check the permissions"), "\(outcome.errors)")
    }
}
