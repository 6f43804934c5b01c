import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// The walker's choice of files, compared with git's own.
@Suite struct IgnoreRulesAgainstGitTests {
    private static let git = ["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private func run(_ arguments: [String], in folder: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.git))
        process.arguments = ["-c", "core.excludesFile=/dev/null", "-c", "core.quotePath=false"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardOutput = output
        try process.start()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return text.split(separator: "\n").map(String.init)
    }

    /// Not among the parts is `a**`: git 2.39 takes `a**/*` for `a` and any folders, though gitignore(5) says otherwise.
    private func randomRule(with random: inout SplitMix64) -> String {
        let parts = [
            "a", "b", "ab", "*", "a*", "*b", "?", "**", "[ab]", "[!a]", "a.md", "b.md", "*.md", "ab.md", "?b*", "\\a",
            "[[:alpha:]]",
            "[a-b]?.md",
        ]
        let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in parts.randomElement(using: &random) ?? "a" }
        let start = ["", "", "", "/", "!", "!/", "#", "\\!"].randomElement(using: &random) ?? ""
        let end = ["", "", "", "/", " ", "\r"].randomElement(using: &random) ?? ""
        return start + names.joined(separator: "/") + end
    }

    @Test(.enabled(if: git != nil, "git is not installed"), arguments: 0..<20)
    func walkTakesTheFilesThatGitWould(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let folder = try TemporaryFolder()
        let folders = ["", "a/", "b/", "a/b/", "a/a/", "ab/", "a/b/ab/", "b/a/"]
        for place in folders {
            for name in ["a.md", "b.md", "ab.md", "bb.md"] { try folder.input("x", to: place + name) }
        }
        var rules: [String] = []
        for place in folders where place.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
            let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in randomRule(with: &random) }
            rules.append("\(place): \(lines)")
            try folder.input(lines.joined(separator: "\n") + "\n", to: place + ".gitignore")
        }
        _ = try run(["init", "--quiet"], in: folder.path)
        let expected = try run(["ls-files", "--others", "--exclude-standard"], in: folder.path)
            .filter { $0.hasSuffix(".md") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let found = InputWalker().inputs(at: [folder.path]).files.map(\.relativePath)
        #expect(found == expected, "seed: \(seed), rules: \(rules)")
    }
}
