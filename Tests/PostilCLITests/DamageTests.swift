import CSQLite
import Foundation
import PostilTestSupport
import Testing

/// Files that are no index, cannot be written, are in use, or were left by a killed process.
struct DamageTests {
    @Test(arguments: ["", "no database at all", "SQLite format 3\0 and then rubbish"])
    func otherFilesAreLeftAlone(content: String) throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        let file = try folder.file("postil.db", content)
        for arguments in [["search", "reward"], ["info"], ["check"], ["index", "reviews"], ["optimize"]] {
            let outcome = try PostilBinary.run(arguments, in: folder.url)
            #expect(outcome.status == 2, "\(arguments) \(outcome)")
            #expect(outcome.errors.contains("postil.db"), "\(outcome.errors)")
            #expect(try Data(contentsOf: file) == Data(content.utf8), "\(arguments)")
        }
    }

    @Test func aReadOnlyIndexIsSearchedButNotWritten() throws {
        let folder = try SmallCollection.indexed()
        let database = folder.url.appending(path: "postil.db").path
        try folder.file("reviews/new.txt", "Debate as oversight.")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: database)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
        // Permissions do not bind root; as nobody they do.
        let asUser = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
        let program = asUser + "'\(PostilBinary.url.path)'"
        let reachable = try PostilBinary.shell(program + " --version", in: folder.url)
        guard reachable.status == 0 else { return }
        let search = try PostilBinary.shell(program + " search reward", in: folder.url)
        #expect(search.status == 0, "\(search)")
        let index = try PostilBinary.shell(program + " index reviews", in: folder.url)
        #expect(index.status == 2 && index.errors.contains("cannot be written"), "\(index)")
    }

    /// Whatever the permissions, root may write; not so where nobody may.
    @Test func aReadOnlyIndexIsCheckedAsFarAsItCanBe() throws {
        let folder = try SmallCollection.indexed()
        let mount =
            "unshare --mount --map-root-user sh -c 'mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" "
        guard try PostilBinary.shell(mount + "'", in: folder.url).status == 0 else {
            print("skipped: nothing can be mounted here")
            return
        }
        let program = "&& ! touch new && \"\(PostilBinary.url.path)\" check"
        let sound = try PostilBinary.shell(mount + program + "'", in: folder.url)
        #expect(sound.status == 0 && sound.output.hasSuffix("postil.db is sound\n"), "\(sound)")
        #expect(sound.output.contains("was not compared with the documents"), "\(sound)")
        let repair = try PostilBinary.shell(mount + program + " --repair'", in: folder.url)
        #expect(repair.status == 2 && repair.errors.contains("cannot be written"), "\(repair)")
        do {
            let database = try TestDatabase(folder.url.appending(path: "postil.db").path)
            try database.execute("DELETE FROM documents_fts_docsize WHERE id = 1")
        }
        let damaged = try PostilBinary.shell(mount + program + "'", in: folder.url)
        #expect(
            damaged.status == 2 && damaged.output.contains("documents, row 1: not in the inverted index"), "\(damaged)")
    }

    /// Even the memory that SQLite's connections share takes room.
    @Test func anIndexOnAFullDiskIsSearched() throws {
        let folder = try SmallCollection.indexed()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "full"), withIntermediateDirectories: true)
        let mount =
            "unshare --mount --map-root-user sh -c 'mount -t tmpfs -o size=2m tmpfs full && cp -r postil.db reviews full && cd full "
        guard try PostilBinary.shell(mount + "'", in: folder.url).status == 0 else {
            print("skipped: nothing can be mounted here")
            return
        }
        func run(_ command: String) throws -> PostilBinary.Outcome {
            let program = "; cat /dev/zero >fill 2>/dev/null; \"\(PostilBinary.url.path)\" \(command)"
            return try PostilBinary.shell(mount + program + "'", in: folder.url)
        }
        let found = try run("search --format ids pursue")
        #expect(found.output == "hubinger-2019\n", "\(found)")
        let check = try run("check")
        #expect(check.status == 0 && check.output.hasSuffix("postil.db is sound\n"), "\(check)")
        let update = try run("index --threads 1 reviews; \"\(PostilBinary.url.path)\" optimize")
        #expect(update.status == 2, "\(update)")
        #expect(update.errors.split(separator: "\n").allSatisfy { $0.contains("no space left") }, "\(update)")
    }

    /// SQLite itself refuses an FTS5 table whose version it does not know, so nothing can rank it.
    @Test func anFTS5FormatOfTheFutureIsNamed() throws {
        let folder = try SmallCollection.indexed()
        let database = folder.url.appending(path: "postil.db").path
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        #expect(sqlite3_open(database, &connection) == SQLITE_OK)
        #expect(
            sqlite3_exec(connection, "UPDATE documents_fts_config SET v = 99 WHERE k = 'version'", nil, nil, nil) == 0)
        for arguments in [["search", "reward"], ["search", "rew*"], ["optimize"]] {
            let outcome = try PostilBinary.run(arguments, in: folder.url)
            #expect(outcome.status == 2, "\(arguments) \(outcome)")
            #expect(outcome.errors.contains("a format of FTS5 that SQLite"), "\(arguments) \(outcome)")
            #expect(outcome.errors.contains("postil index --rebuild"), "\(arguments) \(outcome)")
        }
        let check = try PostilBinary.run(["check"], in: folder.url)
        #expect(check.status == 2 && check.output.contains("documents_fts_config: its version"), "\(check)")
        let rebuilt = try PostilBinary.run(["index", "--rebuild", "reviews"], in: folder.url)
        #expect(rebuilt.status == 0, "\(rebuilt)")
        #expect(try PostilBinary.run(["search", "reward"], in: folder.url).status == 0)
    }

    /// A structure record that SQLite reads and Postil does not: its level count in five bytes instead of one.
    @Test func anFTS5LayoutOfTheFutureIsRankedByFTS5() throws {
        let folder = try SmallCollection.indexed()
        let before = try PostilBinary.run(["search", "--format", "trec", "reward"], in: folder.url)
        let plant =
            "UPDATE documents_fts_data SET block = CAST(substr(block, 1, 4) || x'F0808080' || substr(block, 5) AS BLOB)"
        do {
            let database = try TestDatabase(folder.url.appending(path: "postil.db").path)
            try database.execute(plant + " WHERE id = 10")
        }
        let search = try PostilBinary.run(["search", "--format", "trec", "reward"], in: folder.url)
        #expect(search.status == 0 && search.output == before.output && !search.output.isEmpty, "\(search)")
        for outcome in [search, try PostilBinary.run(["optimize"], in: folder.url)] {
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.errors.contains("structure layout f0808080"), "\(outcome)")
            #expect(outcome.errors.contains("`postil check` says what to do"), "\(outcome)")
        }
        let check = try PostilBinary.run(["check"], in: folder.url)
        #expect(check.status == 0 && check.output.contains("structure layout f0808080"), "\(check)")
        #expect(check.output.contains("postil index --rebuild"), "\(check)")
        try folder.file("reviews/new.txt", "Debate as oversight.")
        #expect(try PostilBinary.run(["index", "reviews"], in: folder.url).status == 0)
        let found = try PostilBinary.run(["search", "--format", "json", "oversight"], in: folder.url)
        #expect(found.status == 0 && found.errors.isEmpty, "\(found)")
    }

    @Test func anIndexInUseIsSearchedButNotWritten() throws {
        let folder = try SmallCollection.indexed()
        try folder.file("reviews/new.txt", "Debate as oversight.")
        var connection: OpaquePointer?
        #expect(sqlite3_open(folder.url.appending(path: "postil.db").path, &connection) == SQLITE_OK)
        defer { sqlite3_close(connection) }
        #expect(sqlite3_exec(connection, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
        #expect(try PostilBinary.run(["search", "reward"], in: folder.url).status == 0)
        let blocked = try PostilBinary.run(["index", "reviews"], in: folder.url)
        #expect(blocked.status == 2 && blocked.errors.contains("in use"), "\(blocked)")
        #expect(sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) == SQLITE_OK)
        #expect(try PostilBinary.run(["index", "reviews"], in: folder.url).status == 0)
    }

    /// kill -9 at any moment leaves an index that answers from what was committed, and the next run finishes the work.
    @Test(arguments: [30, 120, 300, 600])
    func aKilledRunLosesNothing(milliseconds: Int) throws {
        let folder = try SmallCollection.indexed()
        let rows = (0..<20_000).map { number in
            #"{"id":"n\#(number)","title":"Note \#(number)","text":"reward model \#(number % 97) and oversight \#(number)"}"#
        }
        try folder.file("reviews/many.jsonl", rows.joined(separator: "\n"))
        let process = PostilBinary.process(["index", "reviews"], in: folder.url)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.start()
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let search = try PostilBinary.run(["search", "--format", "ids", "pursue"], in: folder.url)
        #expect(search.output == "hubinger-2019\n", "\(search)")
        let check = try PostilBinary.run(["check"], in: folder.url)
        #expect(check.status == 0, "\(check)")
        let again = try PostilBinary.run(["index", "reviews", "--format", "json"], in: folder.url)
        #expect(try again.json()["documents"] as? Int == 20_003, "\(again)")
    }
}
