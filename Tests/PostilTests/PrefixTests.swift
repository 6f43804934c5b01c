import Foundation
import PostilTestSupport
import Testing
import TextAnalysis

@testable import Postil

/// Beginnings of words that are longer than the words' stems.
@Suite struct PrefixTests {
    private func analyzer(_ name: String) throws -> TextAnalyzer { try TextAnalyzer(AnalyzerSpecification(name)) }

    private func stems(_ letters: String, _ name: String = "english") throws -> [String] {
        try PrefixStems(AnalyzerSpecification(name)).stems(behind: Array(letters.utf8), by: analyzer(name)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func stemsAreThoseOfWordsThatBeginSo() throws {
        #expect(try stems("corrigibil").contains("corrig"))
        #expect(try stems("universit").contains("univers"))
        #expect(try stems("happines").contains("happi"))
        #expect(try stems("organisationa").contains("organiz"))
        #expect(try stems("universx").isEmpty)
        #expect(try !stems("internet").contains("intern"))
        // Too short to say anything, no letters, no stems.
        #expect(try stems("acti").isEmpty)
        #expect(try stems("gpt4").isEmpty)
        #expect(try stems("").isEmpty)
        #expect(try stems("universit", "none").isEmpty)
        #expect(try stems("universität", "german").isEmpty)
        #expect(try stems("freundlich", "german") == ["freundlic", "freundli", "freundl"])
    }

    /// Every word of the sample reviews, cut everywhere, leads to its stem.
    @Test(arguments: ["english", "porter"])
    func allWordsOfTheSamplesAreFound(name: String) throws {
        let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Samples/reviews/reviews.jsonl")
        let text = try String(contentsOf: samples, encoding: .utf8).replacing("\\n", with: " ").lowercased()
        let isLetter = { (character: Character) in character.isASCII && character.isLetter }
        let words = Set(text.split { !isLetter($0) }.map(String.init)).filter { $0.count > 4 }
        #expect(words.count > 2_500)
        let analyzer = try analyzer(name)
        let prefixStems = PrefixStems(try AnalyzerSpecification(name))
        var found: [String: [[UInt8]]] = [:]
        for word in words.sorted() {
            guard let stem = AnalysedText(word, by: analyzer).terms.first, stem.count >= 4 else { continue }
            for length in 4..<word.count {
                let letters = String(word.prefix(length))
                if stem.starts(with: Array(letters.utf8)) { continue }
                let stems = found[letters] ?? prefixStems.stems(behind: Array(letters.utf8), by: analyzer)
                found[letters] = stems
                let whole = AnalysedText(letters, by: analyzer).terms
                #expect(stems.contains(stem) || whole == [stem], "\(letters) of \(word)")
            }
        }
        #expect(found.count > 1_500)
    }

    /// More words begin so than are searched, and the frequent ones come last; the postings of one go over several pages.
    @Test func ofTooManyWordsTheFrequentOnesAreSearched() throws {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: try Profile.named("default"))
        for segment in 0..<3 {
            let writer = try index.makeWriter()
            for number in 0..<900 {
                // Each in one document of each segment.
                var body = "pre" + String(1000 + number)
                if number % 2 == 0 { body += " prewide" }
                if number % 50 == 0 { body += " prezone" }
                if segment == 1, number < 12 { body += " preyonder" }
                try writer.insert(Document(externalID: "\(segment)-\(number)", title: "", body: body), source: nil)
            }
            try writer.commit()
        }
        func compare(_ context: String) throws {
            let searcher = try index.makeSearcher()
            let fast = try searcher.search(SearchRequest("pre*", limit: 3000))
            let slow = try searcher.search(SearchRequest("pre*", limit: 3000, strategy: .exhaustive))
            #expect(fast.hits.map(\.id) == slow.hits.map(\.id), "\(context)")
            #expect(fast.hints.first?.message.contains("only the most frequent") == true, "\(context)")
            let found = Set(fast.hits.map(\.externalID))
            for word in ["prewide", "prezone", "preyonder"] {
                let own = try searcher.search(SearchRequest(word, limit: 3000)).hits.map(\.externalID)
                #expect(!own.isEmpty && found.isSuperset(of: own), "\(word), \(context)")
            }
        }
        try compare("three segments")
        try index.optimize()
        try compare("one segment")
    }

    @Test func aWidenedPrefixIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for (id, text) in [
            ("noun", "Corrigibility matters."), ("adjective", "A corrigible agent."), ("other", "The internet."),
            ("inner", "Internal goals."), ("happy", "Happiness."),
        ] {
            try writer.insert(Document(externalID: id, title: "", body: text), source: nil)
        }
        try writer.commit()
        let searcher = try index.makeSearcher()
        func search(_ query: String) throws -> (ids: Set<String>, hints: [QueryHint]) {
            let fast = try searcher.search(SearchRequest(query))
            let slow = try searcher.search(SearchRequest(query, strategy: .exhaustive))
            #expect(fast.hits.map(\.id) == slow.hits.map(\.id) && fast.hits.map(\.score) == slow.hits.map(\.score))
            return (Set(fast.hits.map(\.externalID)), fast.hints)
        }
        for query in ["corrigi*", "corrigibil*", "corrigibilit*", "+agent corrigibil*", "happy OR corrigibil*"] {
            let found = try search(query)
            #expect(found.ids.contains("adjective"), "\(query)")
            #expect(found.hints.count == 1, "\(query)")
            #expect(found.hints.first?.message.contains("“corrig”") == true, "\(query)")
        }
        #expect(try search("agent corrigibil*").hints.first?.column == 7)
        // What is a word, or begins a term, needs no remark.
        for query in ["corrig*", "corrigibility*", "interne*"] { #expect(try search(query).hints.isEmpty, "\(query)") }
        #expect(try search("interne*").ids == ["other", "inner"])
        #expect(try search("happines*").ids == ["happy"])
        let none = try search("corrigx*")
        #expect(
            none.ids.isEmpty
                && none.hints.map(\.message) == ["no word of the index matches “corrigx*”; corrig* finds some"])
    }
}
