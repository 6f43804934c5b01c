import Foundation
import PostilTestSupport
import Testing

/// The fuzz targets without libFuzzer: what each begins with, the inputs that are kept in `Corpora`, and some that are made of both by
/// seed, or as many as `POSTIL_FUZZ_SECONDS` allows for each. A fault ends the process, as it does under libFuzzer.
@Suite struct ReplayTests {
    /// Inputs that are made in an ordinary run. A whole index is made and used for each.
    private static let usual = ["index": 12, "search": 15, "formats": 60]
    private static let usualOfOthers = 100

    private static let corpora = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpora")

    private func kept(_ target: String) throws -> [[UInt8]] {
        let folder = Self.corpora.appending(path: target)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test func noInputTrapsAndAllAnswersAgree() throws {
        defer { try? FileManager.default.removeItem(atPath: Scratch.folder) }
        for (name, target) in FuzzTarget.all.sorted(by: { $0.key < $1.key }) {
            let kept = try kept(name)
            // Index files begin with what is long to try, of which the seeds below are made as well.
            for input in kept + (name == "index" ? [] : target.seeds) { input.withUnsafeBufferPointer(target.test) }
            let mutation = ByteMutation(kept + target.seeds)
            var seeds = try FuzzSeeds("replay-\(name)", usual: Self.usual[name] ?? Self.usualOfOthers)
            while let seed = seeds.next() { mutation.input(seed).withUnsafeBufferPointer(target.test) }
            print("replay: \(kept.count) kept inputs of \(name), \(seeds.count) made of them")
            #expect(seeds.count > 0, "\(name)")
        }
    }
}
