import CFaultyFileSystem
import CSQLite
import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// A disk that fails, fills up, tears a write or loses unsynced ones, at a random operation of whatever changes an index.
///
/// Afterwards the index opens, a check finds nothing, it has the old or the new state and nothing between, the next run gives
/// the answers of an undisturbed one, and nothing lies about. `POSTIL_FAULTS` sets their number (by hand thousands), `POSTIL_SEED`
/// repeats a sequence.
@Suite(.serialized) struct FaultTests {
    private let folder: TemporaryFolder
    private var path: String { folder.file("index/postil.db") }
    private static let seed =
        ProcessInfo.processInfo.environment["POSTIL_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
    private static let count = ProcessInfo.processInfo.environment["POSTIL_FAULTS"].flatMap(Int.init) ?? 8

    /// What is disturbed.
    enum Work: String, CaseIterable {
        case build, update, rebuild, optimize, repair
    }

    init() throws {
        folder = try TemporaryFolder()
        #expect(faulty_install() == SQLITE_OK)
    }

    private func write(edition: Int) throws {
        for part in 0..<4 {
            let lines = (0..<60).map { number in
                let word = number % 3 == 0 ? (edition == 1 ? "former" : "latter") : "edition"
                return #"{"id":"d\#(part)-\#(number)","text":"\#(word) reward hacking \#(number % 7)"}"# + "\n"
            }
            try folder.write(lines.joined(), to: "in/part\(part).jsonl")
        }
    }

    private var request: IndexingRequest { IndexingRequest(paths: [folder.file("in")], threads: 1) }

    private func state() throws -> [Int] {
        let searcher = try Index.open(at: path).makeSearcher()
        return try ["edition", "former", "latter"].map {
            try searcher.search(SearchRequest($0, countsExactly: true)).total.value
        }
    }

    private func run(_ work: Work) throws {
        switch work {
        case .build, .update: _ = try Index.update(at: path, with: request)
        case .rebuild: _ = try Index.rebuild(at: path, with: request)
        case .optimize: try Index.open(at: path).optimize()
        case .repair: _ = try Index.open(at: path).check(repair: true)
        }
    }

    /// Makes the state before the work, the same each time.
    private func prepare(_ work: Work) throws {
        try? FileManager.default.removeItem(atPath: folder.file("index"))
        try FileManager.default.createDirectory(atPath: folder.file("index"), withIntermediateDirectories: true)
        try write(edition: 1)
        guard work != .build else { return }
        _ = try Index.update(at: path, with: request)
        switch work {
        case .optimize:
            try write(edition: 2)
            _ = try Index.update(at: path, with: request)
        case .repair: try TestDatabase(path).execute("DELETE FROM documents_fts_docsize WHERE id = 3")
        default: try write(edition: 2)
        }
    }

    @Test(arguments: Work.allCases) func afterAFaultTheOldOrTheNewStateIsThere(work: Work) throws {
        var random = SplitMix64(seed: Self.seed)
        let old = [160, 80, 0]
        let new = work == .build || work == .repair ? old : [160, 0, 80]
        let before = work == .optimize ? new : old
        try prepare(work)
        faulty_arm(folder.file("index"), Int32(FAULTY_NONE.rawValue), 0, 0)
        try run(work)
        let operations = faulty_disarm()
        #expect(operations > 5)
        var failed = 0
        for round in 0..<Self.count {
            try prepare(work)
            let kinds = [FAULTY_ONCE, FAULTY_GONE, FAULTY_FULL, FAULTY_TORN, FAULTY_POWER]
            let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
            let place = Int.random(in: 1...operations, using: &random)
            let context: Comment =
                "seed: \(Self.seed), round: \(round), \(work), kind: \(kind.rawValue), \(place) of \(operations)"
            faulty_arm(folder.file("index"), Int32(kind.rawValue), place, Self.seed &+ UInt64(round))
            do { try run(work) } catch {
                failed += 1
                #expect(error is IndexError, "\(context): \(error)")
            }
            _ = faulty_disarm()
            if work != .build || FileManager.default.fileExists(atPath: path) {
                if work != .repair {
                    let found = try state()
                    #expect(found == before || found == new, "\(context): \(found)")
                    let report = try Index.open(at: path).check()
                    #expect(report.findings.isEmpty, "\(context): \(report.findings)")
                }
            }
            try run(work)
            #expect(try state() == new, context)
            #expect(try Index.open(at: path).check().findings.isEmpty, context)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("index"))
            #expect(names == ["postil.db"], "\(context): \(names)")
        }
        print("faults: \(Self.count) of \(operations) operations of \(work), seed \(Self.seed): \(failed) runs failed")
    }
}
