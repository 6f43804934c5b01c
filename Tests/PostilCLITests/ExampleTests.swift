import Foundation
import PostilTestSupport
import Testing

/// The programs in Examples do what they say.
struct ExampleTests {
    private static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> [String] {
        let process = PostilBinary.process(arguments, in: folder)
        process.executableURL = PostilBinary.url.deletingLastPathComponent().appending(path: name)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.start()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func aFolderIsIndexedAndSearched() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        let lines = try Self.run("example-index-folder", ["reviews", "+reward", "loopholes"], in: folder.url)
        #expect(lines.first == "3 added, 0 updated, 0 unchanged, 0 removed")
        #expect(lines.contains { $0.hasPrefix("1. Specification gaming") })
    }

    @Test func documentsComeFromCode() throws {
        let folder = try TemporaryFolder()
        let lines = try Self.run("example-documents-from-code", [], in: folder.url)
        #expect(lines.first?.hasPrefix("note-1 Goodhart's law") == true)
        #expect(lines.count { $0.hasPrefix("  ") } == 2)
    }

    @Test func anIndexInMemoryIsSearchedWhileItChanges() throws {
        let folder = try TemporaryFolder()
        let lines = try Self.run("example-live-index", [], in: folder.url)
        #expect(
            lines.prefix(3) == [
                "10 hits; the best for 17: 17", "32893 bytes of text", "2 documents removed",
            ])
        #expect(lines.count == 4)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func manyTasksSearch() throws {
        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        _ = try PostilBinary.run(["index", "reviews"], in: folder.url)
        let lines = try Self.run("example-concurrent-search", ["postil.db", "reward", "nothingatall"], in: folder.url)
        #expect(lines.first == "nothingatall:" && lines.dropFirst().first == "reward:" && lines.count > 2)
    }
}
