import PostilTestSupport
import Testing

@testable import Postil

/// Which words of a query are marked and decide the passage.
@Suite struct PassageTermsTests {
    private let folder: TemporaryFolder
    private let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let filler = String(repeating: "The is of to and it that this. ", count: 30)
        try folder.write(
            filler + "A doubt about the oracle stays. The band is called The The, or to be or not. " + filler,
            to: "in/oracle.txt")
        let path = folder.file("postil.db")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: path).makeSearcher()
    }

    /// The words marked in the only document's passage.
    private func marked(_ query: String, length: Int = 90) throws -> [String] {
        let hit = try #require(try searcher.search(SearchRequest(query, snippetLength: length)).hits.first)
        let snippet = try #require(hit.snippet)
        let scalars = Array(snippet.text.unicodeScalars)
        return snippet.highlights.map { String(String.UnicodeScalarView(scalars[$0])) }
    }

    @Test func stopWordsAreNeitherMarkedNorDecide() throws {
        #expect(try marked("the oracle") == ["oracle"])
        #expect(try marked("what is it that the oracle is to this") == ["oracle"])
        #expect(try marked("+the +oracle") == ["oracle"])
    }

    @Test func stopWordsOfAPhraseCountWithThePhrase() throws {
        #expect(try marked("\"about the oracle\"") == ["about", "the", "oracle"])
        #expect(try marked("\"the oracle\"") == ["the", "oracle"])
        #expect(try marked("\"to be or not\"") == ["to", "be", "or", "not"])
        #expect(try marked("\"the oracle\" is this").filter { $0 == "the" || $0 == "oracle" }.count == 2)
        // Near enough on both sides; those of other sentences are not.
        #expect(try marked("\"oracle the\"~3") == ["the", "oracle", "The"])
    }

    @Test func aQueryOfStopWordsMarksThem() throws {
        #expect(try marked("the").allSatisfy { $0.lowercased() == "the" })
        #expect(try !marked("the").isEmpty)
        #expect(try Set(marked("to be").map { $0.lowercased() }) == ["to", "be"])
    }
}
