import Foundation
import Postil
import PostilTestSupport
import Testing

/// A word that no document has is answered with the one that was meant.
struct SpellingCorrectionTests {
    private static let words = [
        "corrigibility", "interpretability", "optimisation", "alignment", "amplification", "mesa-optimizer", "goodhart",
        "quantilizer", "instrumental", "deceptive", "reward", "oversight",
    ]

    private func searcher() throws -> (TemporaryFolder, Searcher) {
        let folder = try TemporaryFolder()
        for word in Self.words { try folder.write("a note on \(word) and others", to: "in/\(word).txt") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        return (folder, try Index.open(at: folder.file("postil.db")).makeSearcher())
    }

    @Test(arguments: [
        ("corrigibilty", "corrigibility"), ("interpretabilty", "interpretability"), ("optimisaton", "optimisation"),
        ("alignemnt", "alignment"), ("amplificaton", "amplification"), ("mesaoptimzer", "mesa-optimizer"),
        ("goodheart", "goodhart"), ("quantiliser", "quantilizer"), ("instrumnetal", "instrumental"),
        ("decieptive", "deceptive"), ("rewrad", "reward"), ("eward", "reward"), ("oversigth", "oversight"),
    ])
    func aMistypedWordFindsWhatWasMeant(typed: String, meant: String) throws {
        let (folder, searcher) = try searcher()
        defer { withExtendedLifetime(folder) {} }
        let results = try searcher.search(SearchRequest(typed))
        #expect(results.hits.first?.externalID == meant + ".txt", "\(results.hints.map(\.message))")
        if results.correctedQuery != nil { #expect(results.hints.contains { $0.message.contains("did you mean") }) }
        var exact = SearchRequest(typed)
        exact.correctsSpelling = false
        #expect(try searcher.search(exact).correctedQuery == nil)
    }

    @Test func onlyTheWordsThatNothingHasAreReplaced() throws {
        let (folder, searcher) = try searcher()
        defer { withExtendedLifetime(folder) {} }
        let results = try searcher.search(SearchRequest("+corrigibilty +note \"others\""))
        #expect(results.correctedQuery == "+corrigibility +note \"others\"")
        #expect(results.query == "+corrigibilty +note \"others\"" && results.hits.count == 1)
        let found = try searcher.search(SearchRequest("reward corrigibilty"))
        #expect(found.correctedQuery == nil && found.hits.count == 1)
        #expect(found.hints.contains { $0.message.contains("no document has “corrigibilty”") })
    }

    @Test(arguments: ["xyzzyxyzzy", "qqq", "12345678", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"])
    func nothingNearIsNothing(typed: String) throws {
        let (folder, searcher) = try searcher()
        defer { withExtendedLifetime(folder) {} }
        let results = try searcher.search(SearchRequest(typed))
        #expect(results.hits.isEmpty && results.correctedQuery == nil && !results.hints.isEmpty)
    }
}
