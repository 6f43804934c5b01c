import PostilTestSupport
import Testing

@testable import Postil

/// No search ends in silence: a query without matches says why, and a word that no document has is named with the one that was
/// meant, whatever stands beside it.
@Suite struct NothingFoundTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let texts = [
            "reward": "---\ndate: 2019-03-01\n---\nReward hacking of an agent in a maze.",
            "inner": "---\ndate: 2021-06-30\n---\nInner alignment, corrigibility and the mesa-optimizer agent.",
            "camera": "The diamond stays. A camera is there, and far away from all that the liar and then a thief.",
            "quantilizer": "A quantilizer takes an action of the best.",
            "amplification": "Amplification and deceptive alignment.",
        ]
        for (name, text) in texts { try folder.write(text, to: "in/\(name).md") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func search(_ query: String, _ change: (inout SearchRequest) -> Void = { _ in }) throws -> SearchResults {
        var request = SearchRequest(query)
        change(&request)
        return try searcher.search(request)
    }

    /// Of many filters the first few are left out one by one, and all together: a search for each would take the square of their number.
    @Test func ofManyFiltersFewAreTriedAndAllTogether() throws {
        let filters = (0..<1_000).map { "id:j\($0)" }.joined(separator: " ")
        let results = try search("+agent " + filters)
        #expect(results.hits.isEmpty)
        let hint = try #require(results.hints.first { $0.message.hasPrefix("nothing is left by") }, "\(results.hints)")
        #expect(
            hint.message == "nothing is left by id:j0 and id:j1 and id:j2 and 997 more; without them 2 documents match")
        // One that stands among the first is found by itself, one behind them is not looked for.
        func blamed(_ place: Int) throws -> Bool {
            let query = (0..<20).map { $0 == place ? "id:none" : "id:inner.md" }.joined(separator: " ")
            return try search("+agent " + query).hints.contains { $0.message.hasPrefix("nothing is left by id:none;") }
        }
        #expect(try blamed(7) && !blamed(8))
    }

    @Test(arguments: [
        ("corrigibilty agent", "corrigibility"), ("(corrigibilty OR amplificaton) agent", "amplification"),
        ("rewrad hacking diamond", "reward"), ("mesa-optimzer", "optimizer"), ("deceptive-alignmnt", "alignment"),
        ("\"reward hackng\" agent", "hacking"), ("agent corrigb1lity", "corrigibility"),
        ("rewardhacking agent", "reward hacking"),
        ("title:corrigibilty agent", "corrigibility"), ("corrigibilty^2 agent", "corrigibility"),
    ])
    func aMistypedWordBesideARightOneIsNamed(query: String, meant: String) throws {
        let results = try search(query)
        #expect(!results.hits.isEmpty && results.correctedQuery == nil, "\(query)")
        #expect(
            results.hints.contains { $0.message.contains("did you mean") && $0.message.contains("“\(meant)”") },
            "\(query): \(results.hints)")
    }

    /// What each of several words has is counted as it is required; a word with signs is none without them.
    @Test(arguments: [
        ("+mesa-optimizer +diamond", "both mesa-optimizer (1 document) and diamond (1 document)"),
        ("C++", "no document has “C++”"), ("+C++ agent", "no document has “C++”"),
        ("reward C#", "no document has “C#”"),
        ("auther:agent", "Did you mean author:?"),
    ])
    func partsAreCountedAsTheyAreRequired(query: String, told: String) throws {
        let hints = try search(query).hints.map(\.message)
        #expect(hints.contains { $0.contains(told) }, "\(query): \(hints)")
        #expect(!hints.contains { $0.contains("has “C”") }, "\(query): \(hints)")
    }

    @Test(arguments: [
        ("\"reward hackng\"", "\"reward hacking\""), ("\"inner alignmnt\"", "\"inner alignment\""),
        ("rewardhacking", "\"reward hacking\""), ("inneralignment", "\"inner alignment\""),
        ("+rewardhacking +agent", "+\"reward hacking\" +agent"), ("corrigib1lity", "corrigibility"),
        ("+mesa-optimzer", "+mesa-optimizer"), ("corrigibilty*", "corrigibility*"), ("\"camera rewardhacking\"~9", nil),
        ("corrigibilty AND agnet", "corrigibility AND agent"), ("CORRIGIBILTY", "corrigibility"),
    ])
    func theQueryIsRunAsItWasMeant(query: String, meant: String?) throws {
        let results = try search(query)
        #expect(results.correctedQuery == meant, "\(query): \(results.hints)")
        #expect(results.hits.isEmpty == (meant == nil) && !results.hints.isEmpty)
        #expect(try search(query) { $0.correctsSpelling = false }.correctedQuery == nil)
    }

    @Test func nothingIsAdvisedThatFindsNothing() throws {
        for query in ["kwyjibo", "xyzzyq agent"] {
            let hints = try search(query).hints
            #expect(hints.count == 1 && hints.allSatisfy { !$0.message.contains("~") }, "\(hints)")
        }
        // Too short to be put right, but there is something near.
        let short = try search("tha agent").hints
        #expect(short.map(\.message) == ["no document has “tha”; tha~ finds words spelt like it"], "\(short)")
        #expect(try !search("tha~").hits.isEmpty)
    }

    @Test(arguments: [
        ("+diamond +quantilizer", "no document has both diamond (1 document) and quantilizer (1 document)"),
        ("diamond AND quantilizer", "no document has both diamond (1 document) and quantilizer (1 document)"),
        ("+diamond +camera +quantilizer", "no document has quantilizer beside the rest; without it 1 document matches"),
        (
            "+reward +inner +quantilizer",
            "no document has all of reward (1 document), inner (1 document) and quantilizer (1 document)"
        ),
        ("diamond -camera", "nothing is left by -camera; without it 1 document matches"),
        (
            "\"diamond camera liar thief\"~2",
            "no document has these words within 2 words of each other; 1 document has all of them"
        ),
        ("\"camera diamond\"", "no document has these words in a row; 1 document has all of them"),
        ("+\"camera diamond\"", "no document has these words in a row; 1 document has all of them"),
        ("year:1950", "no document is of year:1950; their dates go from 2019-03-01 to 2021-06-30"),
        ("date:1950", "no document is of date:1950; their dates go from 2019-03-01 to 2021-06-30"),
        ("year:<1950", "no document is of year:<1950; their dates go from 2019-03-01 to 2021-06-30"),
        ("id:rewrad.md", "no document has this id; near to it are id:reward.md"),
        (
            "https://nowhere.example/x",
            "no document has “https://nowhere.example/x”"
        ),
        ("corrigx*", "no word of the index matches “corrigx*”; corrig* finds some"),
    ])
    func whyNothingIsFoundIsTold(query: String, message: String) throws {
        let results = try search(query)
        #expect(results.hits.isEmpty && results.hints.map(\.message).contains(message), "\(results.hints)")
    }

    @Test func conditionsBesideTheQueryAreNamed() throws {
        let since = try search("agent") { $0.since = "2023" }
        #expect(since.hints.map(\.message) == ["no match is dated 2023 or later; 2 documents match at any date"])
        let all = try search("diamond quantilizer") { $0.matching = .all }
        #expect(all.hints.map(\.message) == ["no document has both diamond (1 document) and quantilizer (1 document)"])
        #expect(try search("diamond camera") { $0.matching = .all }.hints.isEmpty)
    }

    /// No document has both.
    @Test func operatorsInCapitalsAreWords() throws {
        let found = try search("LIAR AND MAZE")
        #expect(found.correctedQuery == nil)
        #expect(Set(found.hits.map(\.externalID)) == Set(try search("liar and maze").hits.map(\.externalID)))
    }

    /// Whatever finds nothing says something, also where a letter is wrong or words are put together at random.
    @Test func noSearchIsSilent() throws {
        var random = SplitMix64(seed: 3_013)
        let words = [
            "reward", "hacking", "camera", "quantilizer", "agent", "alignment", "xyzzy", "maze", "of", "mesa-optimizer",
        ]
        func word() -> String {
            var letters = Array(words[Int(random.next() % UInt64(words.count))])
            if random.next() % 3 == 0 { letters.remove(at: Int(random.next() % UInt64(letters.count))) }
            return String(letters)
        }
        for round in 0..<150 {
            let (first, second) = (word(), word())
            let query: String
            switch random.next() % 8 {
            case 0: query = "+\(first) +\(second)"
            case 1: query = "\"\(first) \(second)\""
            case 2: query = "\(first)*"
            case 3: query = "\(first) -\(second)"
            case 4: query = "author:\(first) \(second)"
            case 5: query = "+\(first) +(\(second) OR \(word()))"
            case 6: query = "\"\(first) \(second)\"~3"
            default: query = "\(first)\(second)"
            }
            let results = try search(query)
            #expect(!results.hits.isEmpty || !results.hints.isEmpty, "seed: 3013, round: \(round), query: \(query)")
        }
    }
}
