import Foundation
import PostilTestSupport
import Testing

@testable import postil_cli

/// `postil watch` on the real program: what happens to files, and what it says then.
struct WatchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for number in 1...4 { try folder.file("notes/\(number).md", "An old note, \(number).") }
    }

    /// A program that watches, with what it has said.
    private final class Watcher {
        let process: Process
        private let output: URL
        private let errors: URL

        init(
            _ arguments: [String] = ["notes"], in folder: TemporaryFolder, through wrapper: [String] = []
        ) throws {
            output = try folder.file("said/output", "")
            errors = try folder.file("said/errors", "")
            process = PostilBinary.process(["watch"] + arguments, in: folder.url)
            if !wrapper.isEmpty {
                process.executableURL = URL(filePath: wrapper[0])
                process.arguments = wrapper.dropFirst() + [PostilBinary.url.path, "watch"] + arguments
            }
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            try process.start()
        }

        deinit { if process.isRunning { process.terminate() } }

        var lines: [String] {
            get throws { try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init) }
        }

        var remarks: String { get throws { try String(contentsOf: errors, encoding: .utf8) } }

        /// Waits until `text` has been said, in a line or a remark.
        func says(_ text: String, _ location: SourceLocation = #_sourceLocation) throws {
            for _ in 0..<1_500 {
                if try lines.contains(where: { $0.contains(text) }) || remarks.contains(text) { return }
                guard process.isRunning else { break }
                usleep(10_000)
            }
            Issue.record("no “\(text)” in \(try lines) \(try remarks)", sourceLocation: location)
        }

        /// Tells it to stop, and gives the exit status.
        func stop(by number: Int32 = SIGTERM) -> Int32 {
            kill(process.processIdentifier, number)
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        }
    }

    private func finds(_ query: String) throws -> Bool {
        try PostilBinary.run(["search", "-q", query], in: folder.url).status == 0
    }

    @Test func followsFilesThatComeChangeMoveAndGo() throws {
        let watcher = try Watcher(in: folder)
        try watcher.says("watches 1 folder for postil.db; Ctrl-C ends it")
        try folder.file("notes/new/deep/kept.md", "About zebras.")
        try watcher.says("1 added")
        #expect(try finds("zebra"))
        // As editors write: beside the file, and then into its place.
        try folder.file("notes/.1.md.swp", "An old note on quaggas.")
        #expect(rename(folder.file("notes/.1.md.swp"), folder.file("notes/1.md")) == 0)
        try watcher.says("1 updated")
        #expect(try finds("quagga"))
        try FileManager.default.moveItem(
            atPath: folder.file("notes/new"), toPath: folder.file("notes/renamed"))
        try watcher.says("1 added, 1 removed")
        try FileManager.default.removeItem(atPath: folder.file("notes/4.md"))
        try watcher.says("): notes/4.md")
        #expect(try !finds("old AND 4"))
        // A folder that was renamed is still watched.
        try folder.file("notes/renamed/deep/later.md", "About okapis.")
        try watcher.says("notes/renamed/deep/later.md")
        #expect(try finds("okapi"))
        #expect(watcher.stop() == 0)
    }

    /// Without paths it is what the index remembers; each batch is a line of JSON.
    @Test func tellsInJSONWhatItDid() throws {
        #expect(try PostilBinary.run(["index", "notes"], in: folder.url).status == 0)
        let watcher = try Watcher(["-q", "--format", "jsonl"], in: folder)
        try watcher.says(#""unchanged":4"#)
        try folder.file("notes/5.md", "A new note.")
        try watcher.says(#""added":1"#)
        let line = try #require(try watcher.lines.last)
        let facts = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(facts["files"] as? [String] == [folder.file("notes/5.md")])
        #expect(facts["documents"] as? Int == 5 && facts["format_version"] as? Int == 1)
        #expect(try watcher.remarks == "")
        #expect(watcher.stop(by: SIGINT) == 0)
    }

    @Test func looksByItselfWhenAsked() throws {
        let watcher = try Watcher(["--poll", "0.1", "notes"], in: folder)
        try watcher.says("looks at 1 folder every 0.1 seconds for postil.db")
        try folder.file("notes/5.md", "About zebras.")
        try watcher.says("1 added")
        try FileManager.default.removeItem(atPath: folder.file("notes/5.md"))
        try watcher.says("1 removed")
        #expect(watcher.stop() == 0)
    }

    /// What would stop a run is told, and does not end the watch.
    @Test func goesOnAfterARefusedRemoval() throws {
        let watcher = try Watcher(in: folder)
        try watcher.says("watches")
        for number in 1...4 { try FileManager.default.removeItem(atPath: folder.file("notes/\(number).md")) }
        try folder.file("notes/other.md", "About zebras.")
        try watcher.says("this run would remove 4 of 4 documents")
        for number in 1...4 { try folder.file("notes/\(number).md", "An old note, \(number).") }
        try watcher.says("1 added")
        #expect(watcher.stop() == 0)
        #expect(try finds("zebra") && finds("old"))
    }

    @Test func waitsForAnotherWriter() throws {
        let watcher = try Watcher(in: folder)
        try watcher.says("watches")
        let writer = try TestDatabase(folder.file("postil.db"))
        try writer.execute("BEGIN IMMEDIATE")
        try folder.file("notes/5.md", "About zebras.")
        try watcher.says("waiting for another process that is writing to postil.db\n")
        try writer.execute("COMMIT")
        try watcher.says("1 added")
        #expect(watcher.stop() == 0)
    }

    @Test func endsWhenItsIndexIsGone() throws {
        let watcher = try Watcher(in: folder)
        try watcher.says("watches")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("postil.db") {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
        try folder.file("notes/5.md", "About zebras.")
        watcher.process.waitUntilExit()
        #expect(watcher.process.terminationStatus == 2)
        #expect(try watcher.remarks.contains("postil.db: no such index"))
    }

    @Test(arguments: [["--poll", "0", "notes"], ["-"], ["missing"]]) func refusesWhatItCannotWatch(arguments: [String])
        throws
    {
        #expect(try PostilBinary.run(["watch"] + arguments, in: folder.url).status == 2)
        #expect(!FileManager.default.fileExists(atPath: folder.file("postil.db")))
    }

    /// A run that is under way is broken off, and nothing of it stays.
    @Test func stopsInTheMiddleOfARun() throws {
        let pipe = folder.file("notes/huge.jsonl")
        let row = #"{"text":"\#(String(repeating: "words and words ", count: 200))"}"# + "\n"
        try Data(repeatElement(row, count: 20_000).joined().utf8).write(to: URL(filePath: pipe))
        let watcher = try Watcher(in: folder)
        for _ in 0..<500 where !FileManager.default.fileExists(atPath: folder.file("postil.db.building")) {
            usleep(2_000)
        }
        #expect(watcher.stop() == 0)
        #expect(try watcher.remarks.contains("stopped in the middle of a run"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["notes", "said"])
    }

    #if os(Linux)
        /// The kernel's limit, lowered in a name space of its own.
        @Test func looksByItselfBeyondTheSystemsLimit() throws {
            let wrapper = [
                "/usr/bin/unshare", "-Ur", "/bin/sh", "-c",
                "echo 2 > /proc/sys/user/max_inotify_watches; exec \"$0\" \"$@\"",
            ]
            guard FileManager.default.fileExists(atPath: wrapper[0]),
                try PostilBinary.shell(
                    "unshare -Ur sh -c 'echo 2 > /proc/sys/user/max_inotify_watches'", in: folder.url
                ).status == 0
            else { return }
            for number in 1...3 { try folder.file("notes/\(number)/a.md", "A note.") }
            let watcher = try Watcher(in: folder, through: wrapper)
            try watcher.says("4 folders are more than the system watches for one user")
            try watcher.says("looks for changes every 10 seconds instead (--poll SECONDS)")
            #expect(watcher.stop() == 0)
        }
    #endif

    @Test func anIndexesOwnFilesAreNoChange() {
        let names = IndexFileNames(ofIndexAt: "/a/notes.db")
        for name in ["notes.db", "notes.db-wal", "notes.db-shm", "notes.db.lock", "notes.db.building-journal"] {
            #expect(names.contains(name), "\(name)")
        }
        for name in ["notes.db.md", "notes.md", "my-notes.db", ""] { #expect(!names.contains(name), "\(name)") }
    }
}
