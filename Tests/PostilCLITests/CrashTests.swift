import Foundation
import PostilTestSupport
import Testing

/// A process that is killed while it writes leaves the index of the last run, whole.
///
/// The moments are random, between the start and the end that an undisturbed run of the same work takes. `POSTIL_SEED` repeats
/// a sequence of them, `POSTIL_KILLS` sets how many there are of each kind (by hand hundreds). A run that ends before it is
/// killed proves nothing, nor does one that is killed before it has opened a file: it is done again. What a killed process
/// leaves beside the index tells that it was at work.
@Suite(.serialized) struct CrashTests {
    private let seed =
        ProcessInfo.processInfo.environment["POSTIL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
    private let kills = ProcessInfo.processInfo.environment["POSTIL_KILLS"].flatMap(Int.init)
    /// Their text is a little more than a run takes to FTS5 document by document: it is inverted in memory.
    private let documentCount = 2100

    /// A collection; each edition changes every third document.
    private func write(edition: Int, count: Int, into folder: TemporaryFolder) throws {
        let words = [
            "reward", "hacking", "oversight", "debate", "corrigibility", "mesa-optimizer", "goodhart", "proxy",
        ]
        var lines = ""
        for number in 0..<count {
            let changed = number % 3 == 0 ? "revision\(edition)" : "edition"
            let text = (0..<60).map { words[(number * 7 + $0 * $0) % words.count] }.joined(separator: " ")
            lines += #"{"id":"d\#(number)","title":"Document \#(number)","text":"\#(changed) \#(text)"}"# + "\n"
        }
        try folder.file("in/documents.jsonl", lines)
    }

    /// Milliseconds that a run takes which nothing interrupts.
    private func time(_ arguments: [String], in folder: TemporaryFolder) throws -> Int {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try PostilBinary.run(arguments, in: folder.url).status == 0)
        return max(1, Int((clock.now - start) / .milliseconds(1)))
    }

    /// Starts a run and kills it at work. Gives the milliseconds after which it was.
    ///
    /// - Parameters:
    ///   - limit: What an undisturbed run takes.
    ///   - traces: Ends of the names of files that a run has while it is at work.
    ///   - prepare: Makes the folder as it has to be before each attempt.
    private func kill(
        within limit: Int, _ arguments: [String], in folder: TemporaryFolder, traces: [String],
        using generator: inout SplitMix64, preparing prepare: () throws -> Void = {}
    ) throws -> Int {
        var limit = limit
        for _ in 0..<40 {
            try prepare()
            let process = PostilBinary.process(arguments, in: folder.url)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            let delay = Int.random(in: 0...limit, using: &generator)
            try process.start()
            usleep(UInt32(delay) * 1000)
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            guard process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL else {
                limit = max(1, limit * 3 / 4)
                continue
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            if left.contains(where: { name in traces.contains { name.hasSuffix($0) } }) { return delay }
        }
        throw NeverKilled(arguments: arguments, milliseconds: limit)
    }

    private struct NeverKilled: Error {
        var arguments: [String]
        var milliseconds: Int
    }

    private func count(_ query: String, in folder: TemporaryFolder) throws -> Int {
        let search = ["search", query, "--exact-total", "--format", "json", "--quiet"]
        let outcome = try PostilBinary.run(search, in: folder.url)
        let total = try outcome.json()["total"] as? [String: Any]
        return total?["value"] as? Int ?? -1
    }

    private func isThere(_ folder: TemporaryFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.url.appending(path: "postil.db").path)
    }

    @Test(arguments: ["none", "zstd"]) func aKilledBuildLeavesNothingAndIsForgotten(compression: String) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        try write(edition: 0, count: documentCount, into: folder)
        let index = ["index", "in", "--compression", compression]
        let milliseconds = try time(index, in: folder)
        let file = folder.url.appending(path: "postil.db")
        for _ in 0..<(kills ?? (compression == "none" ? 5 : 3)) {
            // The index itself: a kill may come between its taking its place and the end of the process.
            let traces = [".building", "postil.db"]
            let delay = try kill(within: milliseconds, index, in: folder, traces: traces, using: &generator) {
                if isThere(folder) { try FileManager.default.removeItem(at: file) }
            }
            let context: Comment = "\(compression), seed: \(seed), killed after \(delay) of \(milliseconds) ms"
            if !isThere(folder) { #expect(try PostilBinary.run(index, in: folder.url).status == 0, context) }
            #expect(try PostilBinary.run(["check"], in: folder.url).status == 0, context)
            #expect(try count("edition", in: folder) == documentCount / 3 * 2, context)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(!names.contains { $0.hasSuffix(".building") }, "\(names), \(context)")
        }
    }

    @Test(arguments: ["none", "zstd"]) func aKilledUpdateIsAllOrNothing(compression: String) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let index = ["index", "in", "--compression", compression]
        try write(edition: 0, count: documentCount, into: folder)
        #expect(try PostilBinary.run(index, in: folder.url).status == 0)
        try write(edition: 1, count: documentCount + 1, into: folder)
        let milliseconds = try time(index, in: folder)
        var committed = 1
        for edition in 2..<2 + (kills ?? 5) {
            try write(edition: edition, count: documentCount + edition, into: folder)
            // What was committed before the kill came is as good an edition to begin from.
            let delay = try kill(within: milliseconds, index, in: folder, traces: ["-shm"], using: &generator) {
                let found = try (0...edition).first { try count("revision\($0)", in: folder) > 0 }
                if found == edition {
                    try write(edition: committed, count: documentCount + committed, into: folder)
                    #expect(try PostilBinary.run(index, in: folder.url).status == 0)
                    try write(edition: edition, count: documentCount + edition, into: folder)
                }
            }
            let context: Comment =
                "\(compression), seed: \(seed), edition: \(edition), killed after \(delay) of \(milliseconds) ms"
            let counts = try (0...edition).map { try count("revision\($0)", in: folder) }
            #expect(counts.filter { $0 > 0 }.count == 1, "\(counts), \(context)")
            let found = try #require(counts.firstIndex { $0 > 0 }, context)
            #expect(counts[found] == (documentCount + found + 2) / 3, context)
            #expect(found == committed || found == edition, "\(counts), \(context)")
            committed = found
            #expect(try PostilBinary.run(["check"], in: folder.url).status == 0, context)
        }
    }

    /// The ids of a run. Documents that were read again have other row ids, which decide between equal scores.
    private func ids(_ run: String) -> [Substring] {
        run.split(separator: "\n").map { $0.split(separator: " ")[2] }.sorted()
    }

    private func answer(_ folder: TemporaryFolder) throws -> String {
        let search = ["search", "goodhart edition2", "--limit", "1000", "--format", "trec", "--quiet"]
        return try PostilBinary.run(search, in: folder.url).output
    }

    @Test(arguments: ["optimize", "rebuild", "repair"]) func aKilledMaintenanceChangesNoAnswer(work: String) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        for edition in 0..<3 {
            try write(edition: edition, count: documentCount + edition, into: folder)
            #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        }
        let answer = try answer(folder)
        let database = folder.url.appending(path: "postil.db")
        if work == "repair" {
            try TestDatabase(database.path).execute("DELETE FROM score_documents; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        let before = folder.url.appending(path: "before.db")
        try FileManager.default.copyItem(at: database, to: before)
        let arguments =
            switch work {
            case "optimize": ["optimize"]
            case "rebuild": ["index", "--rebuild"]
            default: ["check", "--repair"]
            }
        let milliseconds = try time(arguments, in: folder)
        let traces = work == "rebuild" ? [".building", "-shm"] : ["-shm"]
        for _ in 0..<(kills ?? 2) {
            let delay = try kill(within: milliseconds, arguments, in: folder, traces: traces, using: &generator) {
                for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                where name.hasPrefix("postil.db") {
                    try FileManager.default.removeItem(at: folder.url.appending(path: name))
                }
                try FileManager.default.copyItem(at: before, to: database)
            }
            let context: Comment = "\(work), seed: \(seed), killed after \(delay) of \(milliseconds) ms"
            if work == "repair" {
                let check = try PostilBinary.run(["check"], in: folder.url)
                #expect(check.status == 0 || check.output.contains("score_documents"), context)
                #expect(try PostilBinary.run(arguments, in: folder.url).status == 0, context)
            }
            #expect(try ids(self.answer(folder)) == ids(answer), context)
            #expect(try PostilBinary.run(["check"], in: folder.url).status == 0, context)
            #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0, context)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            // The folder is the home, too, where the last search is kept.
            #expect(Set(names).subtracting([".local"]) == ["before.db", "in", "postil.db"], "\(names), \(context)")
        }
    }
}
