import Foundation
import Testing

@testable import Postil

@Suite struct BuiltInProfilesTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Config")

    /// What is compiled in is what stands in Config/profiles; else run Scripts/embed-profiles.
    @Test func equalTheFiles() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appendingPathComponent("profiles"), includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "yaml" }
        #expect(Set(files.map { $0.deletingPathExtension().lastPathComponent }) == Set(Profile.builtInNames))
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            #expect(BuiltInProfiles.texts[name] == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
        }
    }

    @Test func synonymsEqualTheFiles() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appendingPathComponent("synonyms"), includingPropertiesForKeys: nil)
        #expect(Set(files.map { $0.deletingPathExtension().lastPathComponent }) == Set(Synonyms.builtInNames))
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            #expect(try Synonyms.builtInText(named: name) == String(contentsOf: file, encoding: .utf8), "\(name)")
            _ = try Synonyms.named(name)
        }
    }

    @Test func allCanBeUsed() throws {
        for name in Profile.builtInNames {
            let profile = try Profile.named(name)
            #expect(profile.name == name)
            #expect(!profile.description.isEmpty)
        }
    }

    @Test func mistakesHaveAPlace() {
        #expect(throws: ProfileError.self) { try Profile(yaml: "ranking: { k1: -1 }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "rankin: 1", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "analysis: { analyzer: klingon }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "analysis: { synonyms: klingon }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "analysis: { synonyms: [a =] }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "storage: { compression: lzma }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile(yaml: "storage: { compresion: zstd }", origin: "x.yaml") }
        #expect(throws: ProfileError.self) { try Profile.named("no-such-profile") }
    }
}
