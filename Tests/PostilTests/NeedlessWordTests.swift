import Postil
import PostilTestSupport
import Testing

/// Words of long queries that say how it is asked, and what queries keep them.
@Suite struct NeedlessWordTests {
    private static let texts = [
        "the who", "to be or not to be", "oversight of honest models", "articles", "information theory", "that",
        "debate about information", "models", "an unrelated text about the weather",
    ]

    private static func searcher() throws -> (Searcher, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for (number, text) in texts.enumerated() {
            _ = try writer.insert(Document(externalID: "\(number)", title: "", body: text), source: nil)
        }
        try writer.commit()
        return (try index.makeSearcher(), folder)
    }

    private static func found(_ query: String, _ stopWords: SearchRequest.StopWordTreatment = .automatic) throws
        -> Set<String>
    {
        let (searcher, folder) = try searcher()
        return try withExtendedLifetime(folder) {
            Set(try searcher.search(SearchRequest(query, limit: 100, stopWords: stopWords)).hits.map(\.externalID))
        }
    }

    @Test(arguments: [
        // A long question is asked for what it is about; a request as well.
        ("what is it that they say about the oversight of honest models", "oversight honest models"),
        ("I am looking for articles that deal with honest models", "looking honest models say"),
        ("please find information on the theory of honest models and others", "theory honest models"),
        // Information theory is a subject.
        ("what is there to say about information theory and the models", "information theory models"),
    ])
    func longQueriesCountWhatTheyAreAbout(query: String, subject: String) throws {
        #expect(try Self.found(query) == Self.found(subject, .keep))
        #expect(try Self.found(query).count < Self.found(query, .keep).count)
    }

    @Test(arguments: [
        "the who", "to be or not to be", "what is it that they had been and will be", "about the weather",
        "\"to be or not to be\" honest models", "+the honest models of oversight and of debate",
    ])
    func theseCountAllTheirWords(query: String) throws {
        #expect(
            try Self.found(query) == Self.found(query.replacing(" of ", with: " ").replacing(" and ", with: " "), .keep)
        )
    }

    @Test func droppingThemIsUnconditional() throws {
        #expect(try Self.found("the weather", .drop) == ["8"])
        #expect(try Self.found("the who", .drop) == Self.found("the who", .keep))
    }
}
