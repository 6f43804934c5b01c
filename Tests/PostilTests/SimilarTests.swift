import PostilTestSupport
import Testing

@testable import Postil

struct SimilarTests {
    private static let proxy =
        "Proxies come apart from goals under optimisation pressure, as Goodhart observed of targets."
    private static let documents = [
        Document(externalID: "proxy", title: "On proxies", body: proxy),
        Document(externalID: "copy", title: "Elsewhere", body: proxy.uppercased()),
        Document(
            externalID: "near", title: "",
            body: "Goodhart warned that a proxy under pressure is no target, the more so the harder one optimises."),
        Document(
            externalID: "far", title: "",
            body: "The weather of the islands is mild in spring, and of the mountains it is not."),
        Document(externalID: "half", title: "", body: "A target of the archers stood under the trees."),
    ]

    private func searcher() throws -> (Searcher, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        for document in Self.documents { _ = try writer.insert(document, source: nil) }
        try writer.commit()
        return (try index.makeSearcher(), folder)
    }

    @Test func documentsThatShareTellingWordsAreSimilar() throws {
        let (searcher, folder) = try searcher()
        let id = try #require(try searcher.documents(externalID: "proxy").first?.id)
        let found = try #require(try searcher.similar(to: id))
        // The document and its copy are left out, and what shares stop words only.
        #expect(found.matches.map(\.hit.externalID) == ["near", "half"])
        #expect(found.matches.map(\.hit.rank) == [1, 2])
        #expect(
            Set(found.matches[0].shared).isSuperset(of: ["goodhart", "proxies", "pressure"]),
            "\(found.matches[0].shared)")
        #expect(found.matches[1].shared == ["targets"])
        #expect(found.words.map(\.weight) == found.words.map(\.weight).sorted(by: >))
        #expect(!found.words.contains { $0.word == "as" || $0.word == "of" })
        #expect(try searcher.similar(to: id, limit: 1)?.matches.count == 1)
        #expect(try searcher.similar(to: DocumentID(rawValue: 99)) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test func textsHaveSimilarDocumentsToo() throws {
        let (searcher, folder) = try searcher()
        let found = try searcher.similar(to: "What did Goodhart say of proxies?")
        #expect(Set(found.matches.map(\.hit.externalID)) == ["proxy", "near"])
        // Who has said it before is asked of a text, and answered by copies as well.
        let said = try searcher.similar(to: Self.proxy).matches.map(\.hit)
        #expect(
            said.map(\.externalID) == ["proxy", "near", "half"] && said[0].duplicates.map(\.externalID) == ["copy"])
        for empty in ["", "of the and", "— … 42", "unheardof"] {
            #expect(try searcher.similar(to: empty).matches.isEmpty, "\(empty)")
        }
        withExtendedLifetime(folder) {}
    }
}
