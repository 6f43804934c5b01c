import Foundation
import PostilTestSupport
import Testing

/// Several processes at one index: whoever reads sees one state, whoever writes waits or says who is at work, and nothing that
/// was there is broken.
///
/// `POSTIL_TRIALS` sets the number of trials (by hand hundreds), `POSTIL_SEED` repeats their delays.
@Suite(.serialized) struct ConcurrencyTests {
    private let seed =
        ProcessInfo.processInfo.environment["POSTIL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
    private let trials = ProcessInfo.processInfo.environment["POSTIL_TRIALS"].flatMap(Int.init) ?? 3

    private func write(edition: Int, count: Int, into folder: TemporaryFolder) throws {
        let lines = (0..<count).map { number in
            #"{"id":"d\#(number)","text":"edition\#(number % 3 == 0 ? edition : 0) reward hacking \#(number)"}"# + "\n"
        }
        try folder.file("in/documents.jsonl", lines.joined())
    }

    private func start(_ arguments: [String], in folder: TemporaryFolder) throws -> Process {
        let process = PostilBinary.process(arguments, in: folder.url)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.start()
        return process
    }

    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("postil.db") }
            .sorted()
    }

    /// The reader holds its state in the log, where the update's pages are, too.
    @Test func aReaderOfAnotherProcessSeesTheOldStateAndThenTheNew() throws {
        let folder = try TemporaryFolder()
        try write(edition: 1, count: 2000, into: folder)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        let reader = try TestDatabase(folder.url.appending(path: "postil.db").path)
        func count() throws -> Int64 { try reader.rows("SELECT count(*) FROM documents")[0][0].integer }
        try reader.execute("BEGIN")
        #expect(try count() == 2000)
        try write(edition: 2, count: 2500, into: folder)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        try write(edition: 3, count: 3000, into: folder)
        let rebuilt = try PostilBinary.run(["index", "--rebuild", "in"], in: folder.url)
        #expect(rebuilt.status == 0, "\(rebuilt)")
        #expect(try count() == 2000)
        try reader.execute("COMMIT")
        #expect(try count() == 3000)
        #expect(try reader.rows("PRAGMA integrity_check")[0][0].text == "ok")
        #expect(try PostilBinary.run(["check"], in: folder.url).output == "postil.db is sound\n")
    }

    @Test func writersAndRebuildsBesideReadersTakeTurns() throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        try write(edition: 0, count: 1500, into: folder)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        for trial in 0..<trials {
            try write(edition: trial + 1, count: 1500 + trial, into: folder)
            var runs: [(arguments: [String], process: Process)] = []
            for arguments in [
                ["index", "in"], ["index", "--rebuild", "in"], ["search", "reward"], ["index", "--rebuild", "in"],
                ["search", "hacking"], ["index", "in"], ["optimize"],
            ].shuffled(using: &random) {
                runs.append((arguments, try start(arguments, in: folder)))
                usleep(UInt32.random(in: 0...60_000, using: &random))
            }
            let context: Comment = "seed: \(seed), trial: \(trial)"
            for (arguments, process) in runs {
                process.waitUntilExit()
                #expect(process.terminationReason == .exit, context)
                if arguments[0] == "search" { #expect(process.terminationStatus == 0, context) }
            }
            #expect(try PostilBinary.run(["check"], in: folder.url).output == "postil.db is sound\n", context)
            #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0, context)
            let found = try PostilBinary.run(
                ["search", "edition\(trial + 1)", "--exact-total", "--format", "json"], in: folder.url)
            let total = try found.json()["total"] as? [String: Any]
            #expect(total?["value"] as? Int == (1500 + trial + 2) / 3, context)
            #expect(try names(folder) == ["postil.db"], context)
        }
    }

    @Test func severalBuildsOfANewIndexAtOnceMakeOne() throws {
        for trial in 0..<trials {
            let folder = try TemporaryFolder()
            try write(edition: 0, count: 800, into: folder)
            // Each may wait for three others, however slow they are.
            let processes = try (0..<4).map { _ in try start(["index", "in", "--wait", "600"], in: folder) }
            for process in processes {
                process.waitUntilExit()
                #expect(process.terminationReason == .exit && process.terminationStatus == 0, "trial: \(trial)")
            }
            #expect(try PostilBinary.run(["check"], in: folder.url).output == "postil.db is sound\n")
            #expect(try names(folder) == ["postil.db"])
        }
    }

    /// Ids, scores and counts of one state: each of 8 readers sees as many documents of an edition as that edition had.
    @Test func readersBesideAWriterSeeWholeStates() throws {
        let folder = try TemporaryFolder()
        try write(edition: 1, count: 900, into: folder)
        #expect(try PostilBinary.run(["index", "in"], in: folder.url).status == 0)
        let editions = 2...(1 + trials)
        for edition in editions {
            try write(edition: edition, count: 900, into: folder)
            let writer = try start(["index", "in"], in: folder)
            let search = "postil search edition\(edition) edition\(edition - 1) --exact-total --limit 1 --format json"
            let line = "for n in 1 2 3 4 5 6 7 8; do \(search) > out$n & done; wait"
            for _ in 0..<3 {
                #expect(try PostilBinary.shell(line, in: folder.url).status == 0)
                for number in 1...8 {
                    let text = try Data(contentsOf: folder.url.appending(path: "out\(number)"))
                    let record = try JSONSerialization.jsonObject(with: text) as? [String: Any]
                    let total = record?["total"] as? [String: Any]
                    #expect(total?["value"] as? Int == 300, "edition: \(edition)")
                }
            }
            writer.waitUntilExit()
            #expect(writer.terminationStatus == 0)
        }
    }
}
