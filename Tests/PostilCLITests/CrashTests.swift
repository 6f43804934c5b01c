import Foundation
import Testing

/// A process that is killed while it writes leaves the index of the last run, whole.
struct CrashTests {
    /// A collection whose text is enough to be inverted in memory; each edition changes every third document.
    private func write(edition: Int, count: Int, into folder: TemporaryFolder) throws {
        let words = [
            "reward", "hacking", "oversight", "debate", "corrigibility", "mesa-optimizer", "goodhart", "proxy",
        ]
        var lines = ""
        for number in 0..<count {
            let changed = number % 3 == 0 ? "edition\(edition)" : "edition"
            let text = (0..<60).map { words[(number * 7 + $0 * $0) % words.count] }.joined(separator: " ")
            lines += #"{"id":"d\#(number)","title":"Document \#(number)","text":"\#(changed) \#(text)"}"# + "\n"
        }
        try folder.file("in/documents.jsonl", lines)
    }

    private func killAfter(_ milliseconds: Int, _ arguments: [String], in folder: TemporaryFolder) throws {
        let process = PostilBinary.process(arguments, in: folder.url)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(milliseconds) * 1000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private func count(_ query: String, in folder: TemporaryFolder) throws -> Int {
        let search = ["search", query, "--exact-total", "--format", "json", "--quiet"]
        let outcome = try PostilBinary.run(search, in: folder.url)
        let total = try outcome.json()["total"] as? [String: Any]
        return total?["value"] as? Int ?? -1
    }

    @Test func aKilledBuildLeavesNothingAndIsForgotten() throws {
        let folder = try TemporaryFolder()
        try write(edition: 0, count: 3000, into: folder)
        for delay in [5, 60, 150, 300] {
            try killAfter(delay, ["index", "in"], in: folder)
            guard !FileManager.default.fileExists(atPath: folder.url.appending(path: "postil.db").path) else { break }
        }
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        #expect(try PostilBinary.run(["check"], in: folder.url).status == 0)
        #expect(try count("edition", in: folder) == 2000)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!names.contains { $0.hasSuffix(".building") }, "\(names)")
    }

    @Test func aKilledUpdateIsAllOrNothing() throws {
        let folder = try TemporaryFolder()
        try write(edition: 0, count: 3000, into: folder)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        var edition = 0
        for (round, delay) in [20, 120, 250, 500, 900].enumerated() {
            try write(edition: round + 1, count: 6000 + round, into: folder)
            try killAfter(delay, ["index", "in"], in: folder)
            let counts = try (0...round + 1).map { try count("edition\($0)", in: folder) }
            #expect(counts.filter { $0 > 0 }.count == 1, "round: \(round), documents of each edition: \(counts)")
            edition = try #require(counts.firstIndex { $0 > 0 }, "round: \(round)")
            let all = edition == 0 ? 3000 : 5999 + edition
            #expect(counts[edition] == (all + 2) / 3, "round: \(round), edition: \(edition)")
            #expect(try PostilBinary.run(["check"], in: folder.url).status == 0, "round: \(round)")
        }
    }
}
