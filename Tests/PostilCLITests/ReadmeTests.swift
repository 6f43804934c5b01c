import Foundation
import PostilTestSupport
import Testing

/// What the README shows is what there is.
struct ReadmeTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    private static let readme = tests.deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "README.md")

    @Test func theLibraryExampleCompilesAndRuns() throws {
        let readme = try String(contentsOf: Self.readme, encoding: .utf8)
        let example = try String(contentsOf: Self.tests.appending(path: "ReadmeExample.swift"), encoding: .utf8)
        #expect(readme.contains("```swift\n" + example + "```"))

        let folder = try TemporaryFolder()
        try SmallCollection.write(into: folder)
        let found = try titles(
            matching: "+reward loopholes", in: folder.url.appending(path: "reviews").path,
            index: folder.url.appending(path: "postil.db").path)
        #expect(found.first == "Specification gaming" && found.count == 3)
    }

    /// The tour's output of `postil config`, made as the tour makes it.
    @Test func theSettingsAreShownAsTheyAre() throws {
        let readme = try String(contentsOf: Self.readme, encoding: .utf8)
        let folder = try TemporaryFolder()
        try folder.file("postil.yaml", "search: { snippet-length: 400 }\n")
        let shown = try PostilBinary.run(["config"], in: folder.url, environment: ["POSTIL_SEARCH_LIMIT": "20"]).output
            .replacing(folder.url.path, with: "/home/ada")
        let block =
            "\n    $ POSTIL_SEARCH_LIMIT=20 postil config\n"
            + shown.split(separator: "\n").map { "    \($0)\n" }.joined()
        #expect(readme.contains(block), "\(block)")
    }

    @Test func theProfilesAreNamed() throws {
        let readme = try String(contentsOf: Self.readme, encoding: .utf8)
        let folder = Self.readme.deletingLastPathComponent().appending(path: "Config/profiles")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            #expect(readme.contains("`\(file.replacing(".yaml", with: ""))`"), "\(file)")
        }
    }
}
