import Foundation
import PostilTestSupport
import Testing

/// A run that is told to stop leaves what was there before, and ends by the signal.
struct InterruptionTests {
    /// Starts a run whose input never ends, waits until `file` is there, and sends the signal.
    private func interrupt(
        _ arguments: [String], by number: Int32, onceThereIs file: String, in folder: TemporaryFolder
    ) throws -> (process: Foundation.Process, errors: String) {
        let errors = try folder.file("errors", "")
        let process = PostilBinary.process(arguments, in: folder.url)
        let input = Pipe()
        process.standardInput = input
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.start()
        input.fileHandleForWriting.write(Data("A text that goes on".utf8))
        let path = folder.url.appending(path: file).path
        for _ in 0..<1_000 where process.isRunning && !FileManager.default.fileExists(atPath: path) { usleep(10_000) }
        #expect(process.isRunning && FileManager.default.fileExists(atPath: path))
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        return (process, try String(contentsOf: errors, encoding: .utf8))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aBuildLeavesNothing(number: Int32) throws {
        let folder = try TemporaryFolder()
        let run = try interrupt(["index", "-"], by: number, onceThereIs: "postil.db.building", in: folder)
        #expect(run.process.terminationReason == .uncaughtSignal && run.process.terminationStatus == number)
        #expect(run.errors == "postil: interrupted; nothing that was unfinished is kept\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["errors"])
    }

    @Test func anUpdateIsUndone() throws {
        let folder = try SmallCollection.indexed()
        let run = try interrupt(["index", "-"], by: SIGINT, onceThereIs: "postil.db-wal", in: folder)
        #expect(run.process.terminationReason == .uncaughtSignal && run.process.terminationStatus == SIGINT)
        #expect(run.errors.contains("interrupted"), "\(run.errors)")
        #expect(try PostilBinary.run(["info", "--format", "json"], in: folder.url).json()["documents"] as? Int == 3)
        #expect(try PostilBinary.run(["check"], in: folder.url).output == "postil.db is sound\n")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "postil.db-wal").path))
    }
}
