import Documents
import PostilTestSupport
import Testing

@testable import Postil

/// The words that stand near a word.
struct RelatedWordsTests {
    private static func searcher(_ texts: [String], in folder: TemporaryFolder) throws -> Searcher {
        let index = try Index.create(at: folder.file("postil.db"), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for (number, text) in texts.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", title: "", body: text))
        }
        try writer.commit()
        return try index.makeSearcher()
    }

    private static let filler = (0..<60).map { "filler\($0)" }.joined(separator: " ")

    /// Near it stands *proxy* in all documents and *measure* in most; *city* is far away, *law* everywhere.
    private static let texts =
        (0..<8).map {
            "Goodhart says that a proxy\($0 < 6 ? " or a measure" : "") fails by law. \(filler) The city\($0)."
        }
        + (0..<8).map { "A city and a law about gardens\($0). \(filler)" }
        + ["Only once does Goodhart meet a quokka in 2019."]

    @Test func wordsThatStandNearComeFirst() throws {
        let related = try Self.searcher(Self.texts, in: TemporaryFolder()).relatedWords(to: "Goodhart's", limit: 3)
        #expect(related.documents == 9 && related.readDocuments == 9)
        #expect(related.words.contains { $0.word == "proxy" })
        let all = try Self.searcher(Self.texts, in: TemporaryFolder()).relatedWords(to: "goodhart", limit: 100)
        let found = Dictionary(uniqueKeysWithValues: all.words.map { ($0.word, $0.documents) })
        #expect(found["proxy"] == 8 && found["measure"] == 6)
        #expect(found["that"] == nil && found["2019"] == nil && found["goodhart"] == nil && found["quokka"] == nil)
        #expect(found["city"] == nil && found["filler59"] == nil, "they stand far away")
        #expect(all.words.map(\.weight) == all.words.map(\.weight).sorted(by: >))
    }

    @Test func severalWordsAreARow() throws {
        let texts =
            (0..<4).map { "Inner alignment needs mesa\($0) and an optimizer." }
            + (0..<4).map { "Alignment of an inner tube\($0) and wheels." }
        let searcher = try Self.searcher(texts, in: TemporaryFolder())
        let words = try searcher.relatedWords(to: "inner alignment").words.map(\.word)
        #expect(words.contains("optimizer") && !words.contains("wheels"))
    }

    @Test(arguments: ["nowhere", "", "!", "quokka"])
    func wordsWithoutCompanyHaveNone(word: String) throws {
        #expect(try Self.searcher(Self.texts, in: TemporaryFolder()).relatedWords(to: word).words.isEmpty)
    }
}
