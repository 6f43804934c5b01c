import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Words of the sample collection with one mistake each: the word that was meant has to be the first answer.
@Suite struct SpellingRecallTests {
    private static let seed =
        ProcessInfo.processInfo.environment["POSTIL_SEED"].flatMap(UInt64.init) ?? 13
    private static let count = 200
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    /// `word` with a letter left out, two swapped, a wrong one or one too many.
    private func mistyped(_ word: String, using random: inout SplitMix64) -> String {
        var letters = Array(word)
        let place = Int.random(in: 0..<letters.count, using: &random)
        let letter = Self.letters.randomElement(using: &random) ?? "a"
        switch Int.random(in: 0..<4, using: &random) {
        case 0: letters.remove(at: place)
        case 1: letters.swapAt(place, place == 0 ? 1 : place - 1)
        case 2: letters[place] = letter
        default: letters.insert(letter, at: place)
        }
        return String(letters)
    }

    private func exact(_ query: String) -> SearchRequest {
        var request = SearchRequest(query, limit: 1)
        request.correctsSpelling = false
        return request
    }

    @Test func theRightWordComesFirst() throws {
        let folder = try TemporaryFolder()
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Samples/reviews").standardized.path
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [samples]))
        let searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
        let vocabulary = try searcher.completions(of: "", limit: .max).map(\.text)
            .filter { $0.count >= 5 && $0.allSatisfy { $0.isASCII && $0.isLetter } }.sorted()
        var random = SplitMix64(seed: Self.seed)
        var misses: [String] = []
        var tried = 0
        while tried < Self.count {
            let word = vocabulary.randomElement(using: &random) ?? ""
            let typed = mistyped(word, using: &random)
            // Words that documents have are no mistakes.
            guard try searcher.search(exact(typed)).hits.isEmpty else { continue }
            tried += 1
            let corrected = try searcher.search(SearchRequest(typed, limit: 1)).correctedQuery
            if corrected != word { misses.append("\(typed): \(corrected ?? "–") and not \(word)") }
        }
        let share = Double(tried - misses.count) / Double(tried)
        #expect(share >= 0.95, "seed \(Self.seed): \(misses)")
    }
}
