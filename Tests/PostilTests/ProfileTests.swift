import Foundation
import PostilTestSupport
import Testing

@testable import Postil

struct ProfileTests {
    @Test(arguments: Profile.builtInNames)
    func aBuiltInProfileIsReadAgainTheSameFromItsEncoding(name: String) throws {
        let written = try Profile.named(name)
        #expect(written.text != nil)
        var copy = written
        // Whatever is set, the text that was read no longer counts.
        copy.description = written.description
        #expect(copy.text == nil)
        #expect(try Profile(yaml: copy.yaml, origin: "x.yaml") == written)
        #expect(copy.readingFingerprint == written.readingFingerprint)
    }

    @Test func aProfileMadeInCodeReadsAsItSays() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            Key;First;Last;Note;Topics
            a;Ada;Lovelace;"<p>engines &amp; <b>notes</b></p>";x, y
            b;Alan;Turing;machinery;

            """, to: "in.dat")
        let profile = Profile(
            name: "people", description: "\"quoted\" \\ and\nbroken\u{85}",
            reading: RecordMapping(
                format: DocumentFormat(rawValue: "csv"), delimiter: UInt8(ascii: ";"),
                documents: [
                    DocumentRule(
                        kind: "person", needs: .body, id: [.template("{Key}/{Last:slug}")],
                        title: [.joined(["First", "Last"], separator: " ")], body: [.path("Note", markup: .html)],
                        author: [.constant("nobody")], tags: [.path("Topics", split: ",")],
                        metadata: .fields([DocumentRule.NamedRule(name: "given name", rule: ["First"])]))
                ]),
            analyzer: "german", stopWords: "german", synonyms: ["ai-alignment", "machine = engine"],
            ranking: RankingParameters(terms: .init(k1: 0.9, b: 0.4, titleWeight: 3), proximity: .init(share: 0.5)),
            compression: .zstd)
        let path = folder.file("x.db")
        let report = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in.dat")], profile: profile))
        #expect(report.added == 2 && report.skipped.isEmpty, "\(report.skipped)")
        let index = try Index.open(at: path)
        #expect(try index.profile == profile)
        #expect(index.settings.ranking == profile.ranking && index.settings.stopWords == "german")
        #expect(try index.makeSearcher().search(SearchRequest("machine")).alsoSearched == ["engine"])
        let hit = try #require(try index.makeSearcher().search(SearchRequest("+engines")).hits.first)
        #expect(hit.externalID == "a/lovelace" && hit.title == "Ada Lovelace" && hit.author == "nobody")
        #expect(hit.tags == ["x", "y"])
        #expect(try index.update(with: IndexingRequest(paths: [folder.file("in.dat")])).unchanged == 2)
    }

    @Test func aProfileThatCannotBeStoredMakesNoIndex() throws {
        let folder = try TemporaryFolder()
        var profile = Profile(name: "x")
        profile.reading.documents[0].title = ["\"a{b\""]
        #expect(throws: ProfileError.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        profile = Profile(name: "x", ranking: RankingParameters(terms: .init(k1: -1)))
        #expect(throws: InvalidRanking.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        profile = Profile(name: "x", analyzer: "klingon")
        #expect(throws: AnalyzerError.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        profile = Profile(name: "x", stopWords: "klingon")
        #expect(throws: AnalyzerError.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        profile = Profile(name: "x", synonyms: ["klingon"])
        #expect(throws: UnknownSynonyms.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        profile = Profile(name: "x", synonyms: ["a ="])
        #expect(throws: SynonymsError.self) { try Index.create(at: folder.file("x.db"), profile: profile) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("x.db")))
    }

    @Test func aPathOrTemplateThatIsNoneIsAnError() {
        for text in ["", "a.", ".a", "$nothing", "\"a", "a..b"] {
            #expect(throws: ProfileError.self) { try FieldPath(text) }
        }
        for text in ["{a", "{}", "{$nothing}"] {
            #expect(throws: ProfileError.self) { try TextTemplate(text) }
        }
    }
}
