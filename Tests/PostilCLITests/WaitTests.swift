import Foundation
import PostilTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A command that changes an index waits for others who do, says for whom, and gives up when it was told to.
struct WaitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("in/a.md", "reward hacking")
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        try folder.file("in/b.md", "specification gaming")
    }

    private func lockForWriting() throws -> TestDatabase {
        let database = try TestDatabase(folder.file("postil.db"))
        try database.execute("BEGIN IMMEDIATE")
        return database
    }

    @Test(arguments: [
        ["index"], ["index", "in"], ["index", "--rebuild"], ["optimize"], ["check", "--repair"], ["remove", "a.md"],
        ["sources", "add", "in"], ["sources", "remove", "in"],
    ])
    func givesUpAfterTheTimeAllowed(command: [String]) throws {
        let writer = try lockForWriting()
        let start = ContinuousClock.now
        let waited = try PostilBinary.run(command + ["--wait", "1"], in: folder.url)
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(waited.status == 2)
        let remark = "waiting for another process that is writing to postil.db, for up to 1 second (--wait)\n"
        #expect(waited.errors.hasPrefix(remark), "\(waited.errors)")
        #expect(waited.errors.contains("error: postil.db: in use by another process that is writing to it; try again"))
        #expect(waited.errors.contains("--wait SECONDS"))
        try writer.execute("COMMIT")
    }

    /// By flag and by variable; and a wait that does not happen is not announced.
    @Test func needNotWait() throws {
        let writer = try lockForWriting()
        for (arguments, environment) in [
            (["index", "--wait", "0"], [:]), (["index"], ["POSTIL_INDEXING_WAIT": "0"]),
        ] {
            let outcome = try PostilBinary.run(arguments, in: folder.url, environment: environment)
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("postil: error: postil.db: in use"), "\(outcome.errors)")
        }
        try writer.execute("COMMIT")
    }

    @Test func goesOnWhenTheOtherIsDone() throws {
        let writer = try lockForWriting()
        let process = PostilBinary.process(["index", "--wait", "60"], in: folder.url)
        let errors = try folder.file("errors", "")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.start()
        func text() throws -> String { try String(contentsOf: errors, encoding: .utf8) }
        while process.isRunning, try text().isEmpty { usleep(10_000) }
        #expect(
            try text() == "waiting for another process that is writing to postil.db, for up to 60 seconds (--wait)\n")
        try writer.execute("COMMIT")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try PostilBinary.run(["search", "gaming"], in: folder.url).status == 0)
    }

    @Test func saysThatAnotherBuilds() throws {
        let lock = open(folder.file("postil.db.lock"), O_RDONLY | O_CREAT, 0o666)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        for command in [["index"], ["index", "--rebuild"]] {
            let waited = try PostilBinary.run(command + ["--wait", "1"], in: folder.url)
            #expect(waited.status == 2)
            #expect(
                waited.errors.hasPrefix("waiting for another process that is building postil.db"), "\(waited.errors)")
            #expect(waited.errors.contains("postil.db: another process is building it"), "\(waited.errors)")
        }
    }

    /// Readers wait for nobody.
    @Test func searchesBesideAWriter() throws {
        let writer = try lockForWriting()
        let found = try PostilBinary.run(["search", "reward"], in: folder.url)
        #expect(found.status == 0 && !found.errors.contains("waiting"), "\(found)")
        try writer.execute("COMMIT")
    }
}
