import Foundation
import Testing

/// What the documents say is what there is.
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
    }

    /// Code in the library's articles stands in a program that is compiled.
    @Test func articlesShowCodeOfTheExamples() throws {
        let examples = try Self.names(in: "Examples").map { try Self.text("Examples/\($0)/main.swift") }
        var blocks = 0
        for article in try Self.names(in: "Sources/Postil/Postil.docc") {
            for match in try Self.text("Sources/Postil/Postil.docc/\(article)").matches(of: /```swift\n([^`]+)```/) {
                let code = String(match.output.1)
                guard !code.hasPrefix(".package") else { continue }
                blocks += 1
                #expect(examples.contains { $0.contains(code) }, "\(article): \(code)")
            }
        }
        #expect(blocks >= 3)
    }

    /// Files that ARCHITECTURE.md and CONTRIBUTING.md name exist; a trailing slash names a folder.
    @Test(arguments: ["ARCHITECTURE.md", "CONTRIBUTING.md", "Documentation/Measurements/README.md"])
    func namedFilesExist(document: String) throws {
        let text = try Self.text(document)
        let folder = Self.root.appendingPathComponent(document).deletingLastPathComponent()
        let named =
            text.matches(of: /`((?:Sources|Tests|Config|Documentation|Scripts|Benchmarks|Examples)\/[^`*<> …]*)`/)
            .map { Self.root.appendingPathComponent(String($0.output.1)) }
        let linked = text.matches(of: /\]\((?!http)([^)#]+)(?:#[^)]*)?\)/)
            .map { folder.appendingPathComponent(String($0.output.1)) }
        for file in named + linked {
            #expect(FileManager.default.fileExists(atPath: file.standardized.path), "\(document) names \(file.path)")
        }
    }

    /// ARCHITECTURE.md has a recipe for each change that people make often, and each names files.
    @Test(arguments: [
        "a format", "an output", "a query operator", "a part of the score", "a setting", "a command",
        "a rule of analysis",
        "a profile key", "a table or column", "a benchmark",
    ])
    func recipesNameTheirFiles(change: String) throws {
        let text = try Self.text("ARCHITECTURE.md")
        let start = try #require(text.range(of: "### … \(change)\n"), "no recipe for \(change)")
        let recipe = text[start.upperBound...].prefix { $0 != "#" }
        #expect(recipe.matches(of: /`(?:Sources|Tests|Config|Documentation|Benchmarks)\//).count >= 2, "\(change)")
    }
}
