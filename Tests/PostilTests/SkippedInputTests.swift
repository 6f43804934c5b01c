import Foundation
import Postil
import PostilTestSupport
import Testing

/// Names that are equal but for their bytes, and more skipped records than anybody reads.
@Suite struct SkippedInputTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func update() throws -> IndexingReport {
        try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
    }

    private func ids(_ query: String) throws -> [String] {
        try Index.open(at: folder.file("postil.db")).makeSearcher().search(SearchRequest(query)).hits.map(\.externalID)
    }

    @Test func filesWhoseNamesDifferOnlyInNormalizationAreTwoDocuments() throws {
        try folder.write("alpha", to: "in/caf\u{E9}.md")
        try folder.write("beta", to: "in/cafe\u{301}.md")
        for _ in 0..<2 {
            // The second run finds both as they were.
            _ = try update()
            #expect(try ids("alpha").map { Array($0.utf8) } == [Array("caf\u{E9}.md".utf8)])
            #expect(try ids("beta").map { Array($0.utf8) } == [Array("cafe\u{301}.md".utf8)])
        }
        #expect(try update().unchanged == 2)
        try FileManager.default.removeItem(atPath: folder.file("in/cafe\u{301}.md"))
        #expect(try update().removed == 1)
        #expect(try ids("alpha").count == 1 && ids("beta").isEmpty)
    }

    @Test func recordsWhoseIDsDifferOnlyInNormalizationAreTwoDocuments() throws {
        let lines = ["caf\u{E9}", "cafe\u{301}"].map { "{\"id\": \"\($0)\", \"text\": \"walrus\"}\n" }
        try folder.write(lines.joined(), to: "in/a.jsonl")
        #expect(try update().added == 2)
        try folder.write(lines.joined() + "{\"id\": \"x\", \"text\": \"walrus\"}\n", to: "in/a.jsonl")
        let report = try update()
        #expect(report.added == 1 && report.unchanged == 2 && report.skipped.isEmpty)
    }

    @Test(arguments: [99, 100, 101, 5000])
    func skippedRecordsAreCountedAndTheFirstHundredAreNamed(count: Int) throws {
        try folder.write("{\"text\": \"kept\"}\n" + String(repeating: "{bad}\n", count: count), to: "in/a.jsonl")
        for _ in 0..<2 {
            // The second run reports what the first one stored.
            let skipped = try update().skipped
            #expect(skipped.count == min(count, 100))
            #expect(skipped.map(\.count).reduce(0, +) == count)
            #expect(skipped.map(\.line) == (2..<2 + min(count, 100)).map { $0 })
        }
    }

    @Test func aTornFileKeepsTheDocumentsThatItsRestHeld() throws {
        let lines = (0..<400).map { "{\"id\": \"\($0)\", \"text\": \"number \($0) \($0 * 7919)\"}\n" }.joined()
        try folder.write(lines, to: "in/a.jsonl")
        #expect(try update().added == 400)
        // An archive of the same name whose end is lost.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "gzip -c in/a.jsonl | head -c 1500 > in/b && mv in/b in/a.jsonl"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.file(""))
        try process.start()
        process.waitUntilExit()
        let report = try update()
        #expect(report.removed == 0 && report.documents == 400)
        #expect(report.skipped.last?.reason.contains("ends too early") == true)
    }
}
