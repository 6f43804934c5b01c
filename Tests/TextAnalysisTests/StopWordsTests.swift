import Foundation
import Testing

@testable import TextAnalysis

@Suite struct StopWordsTests {
    @Test func compiledListsEqualTheFiles() throws {
        let folder = ProjectFolder.path("Config/stopwords")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }
        #expect(files.map { String($0.dropLast(4)) }.sorted() == StopWords.availableNames)
        for file in files {
            let content = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let words = content.split(separator: "\n").flatMap { $0.prefix { $0 != "#" }.split(separator: " ") }
            let compiled = try #require(StopWordLists.lists[String(file.dropLast(4))]).split(separator: " ")
            #expect(compiled == words, "\(file): run Scripts/generate-stop-words")
            #expect(Set(words).count == words.count, "\(file) has a word twice")
            let list = try StopWords(named: String(file.dropLast(4)))
            #expect(words.allSatisfy(list.contains), "\(file) has capital letters or curly apostrophes")
        }
    }

    @Test func comparesWordsAsTheyStand() throws {
        let english = try StopWords(named: "english")
        for word in ["the", "The", "OF", "don't", "don’t"] { #expect(english.contains(word), "\(word)") }
        for word in ["alignment", "doe", ""] { #expect(!english.contains(word), "\(word)") }
        let french = try StopWords(named: "french")
        #expect(french.contains("e\u{302}tre") && french.contains("ÊTRE"))
    }

    @Test func namesTheListsThereAre() {
        #expect(throws: AnalyzerError.unknownStopWords("klingon", available: StopWords.availableNames)) {
            try StopWords(named: "klingon")
        }
    }
}
