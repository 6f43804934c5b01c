import PostilTestSupport
import Ranking
import Testing
import TextAnalysis

@testable import Postil

@Suite struct PassageFinderTests {
    private let analyzer: TextAnalyzer

    init() throws { analyzer = try TextAnalyzer(AnalyzerSpecification("english")) }

    private func terms(_ query: String) -> [[UInt8]] {
        let analysed = AnalysedText(query, by: analyzer)
        return Array(Set(analysed.everyTerm)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func finder(_ query: String, length: Int) -> PassageFinder {
        let terms = terms(query)
        let leaves = terms.indices.map { EvaluationPlan.Leaf(pattern: .term($0), fields: .all, weight: 1) }
        let plan = EvaluationPlan(terms: terms, leaves: leaves, match: .everything)
        return PassageFinder(
            analyzer: analyzer, terms: PassageTerms(plan, of: query, by: analyzer, stopWords: nil), length: length)
    }

    private func passage(_ query: String, _ text: String, length: Int) -> Snippet {
        finder(query, length: length).passage(of: text)
    }

    /// The passage with its highlights between brackets.
    private func marked(_ query: String, _ text: String, length: Int) -> String {
        let snippet = passage(query, text, length: length)
        var scalars = Array(snippet.text.unicodeScalars)
        for highlight in snippet.highlights.reversed() {
            scalars.insert("]", at: highlight.upperBound)
            scalars.insert("[", at: highlight.lowerBound)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    // MARK: Single cases

    @Test func aShortTextIsShownWhole() {
        #expect(marked("goal", "  A goal\n of  its own. ", length: 20) == "A [goal] of its own.")
        #expect(marked("goal", "", length: 20) == "")
        #expect(marked("goal", " \n\t ", length: 20) == "")
        #expect(marked("goal", "goal", length: 4) == "[goal]")
    }

    @Test func withoutMatchesTheBeginningIsShown() {
        #expect(marked("xyzzy", "One two three four five six seven", length: 20) == "One two three four…")
    }

    @Test func cutsAreBetweenSentencesOrWords() {
        let text = "Before it. A sentence with nothing. Here a goal is met. What comes after is of no interest to us."
        #expect(marked("goal", text, length: 40) == "…Here a [goal] is met. What comes after…")
        #expect(marked("goal", text, length: 25) == "…a [goal] is met. What…")
        #expect(marked("goal", text, length: 30) == "…Here a [goal] is met. What…")
        #expect(marked("sentence", text, length: 31) == "…A [sentence] with nothing.…")
        #expect(marked("interest", text, length: 43) == "…What comes after is of no [interest] to us.")
        #expect(
            marked("目標", "最初の文。次の文もある。ここに目標がある。四つの文はない。五つの文もない。", length: 20)
                == "…ここに[目標]がある。四つの文はない。…")
    }

    @Test func aWordLongerThanThePassageIsMarkedAsFarAsItIsShown() {
        let word = String(repeating: "abcdefghij", count: 10)
        #expect(marked(word, "so " + word + " it is", length: 12) == "…[abcdefghij]…")
        #expect(marked(word, "so " + word + " it is", length: 3) == "[abc]")
        #expect(marked("goal", "a goal", length: 1) == "[g]")
    }

    @Test func aClusterLongerThanThePassageIsLeftOut() {
        #expect(marked("x", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦", length: 6) == "…")
        #expect(marked("x", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦", length: 7) == "👨‍👩‍👧‍👦")
    }

    @Test func joinedFormsAreOneHighlight() {
        #expect(marked("mesa-optimizer", "The mesa-optimizer is odd.", length: 40) == "The [mesa-optimizer] is odd.")
        #expect(marked("最適化", "この最適化器", length: 40) == "この[最適化]器")
    }

    @Test func theBestPassageIsShownAndNotTheFirst() {
        let filler = String(repeating: "Nothing to see here. ", count: 40)
        let text = "Reward, says one. " + filler + "Reward hacking is what they do. " + filler
        #expect(marked("reward hacking", text, length: 60).contains("[Reward] [hacking] is what they do."))
    }

    // MARK: Properties

    /// Where the terms stand in the folded text, scalar by scalar: the number of the token that covers it, or nil.
    private func tokens(of text: String, _ query: String) -> [Range<Int>] {
        let wanted = Set(terms(query))
        var copy = text
        var found: [Range<Int>] = []
        let scalars = Array(text.unicodeScalars)
        var byteToScalar: [Int] = []
        for (index, scalar) in scalars.enumerated() {
            byteToScalar += Array(repeating: index, count: UTF8.width(scalar))
        }
        byteToScalar.append(scalars.count)
        copy.withUTF8 { bytes in
            analyzer.analyze(bytes, for: .document) { token in
                guard wanted.contains(Array(token.term)) else { return }
                found.append(byteToScalar[token.start]..<byteToScalar[token.end])
            }
        }
        return found
    }

    /// Highlights of a stretch of the text: the tokens wholly in it, put together where they touch.
    private func highlights(in stretch: Range<Int>, of tokens: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for token in tokens.sorted(by: { $0.lowerBound < $1.lowerBound })
        where stretch.lowerBound <= token.lowerBound && token.upperBound <= stretch.upperBound {
            if let last = merged.last, token.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, token.upperBound)
            } else {
                merged.append(token)
            }
        }
        return merged
    }

    @Test(arguments: PassageTexts.all) func passagesKeepTheirPromises(language: PassageTexts.Language) throws {
        for seed in UInt64(1)...12 {
            var random = SplitMix64(seed: seed)
            let blanks = [" ", " ", "\n", "\n\n", "   "]
            let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                (language.sentences.randomElement(using: &random) ?? "") + (blanks.randomElement(using: &random) ?? "")
            }.joined()
            let folded = ReferencePassages.folded(text)
            let scalars = Array(folded.unicodeScalars)
            // Cuts are allowed where characters begin.
            var boundaries: Set<Int> = [0]
            var place = 0
            for character in folded {
                place += character.unicodeScalars.count
                boundaries.insert(place)
            }
            let widest = folded.map(\.unicodeScalars.count).max() ?? 0
            let query = try #require(language.queries.randomElement(using: &random))
            let tokens = tokens(of: folded, query)
            for length in [1, 3, 7, 8, 20, 40, 80, 240, 2000] {
                let snippet = passage(query, text, length: length)
                let context: Comment = "\(language.name), seed: \(seed), length: \(length), \(snippet.text)"
                let count = snippet.text.unicodeScalars.count
                #expect(count <= length, context)
                if scalars.count <= length { #expect(snippet.text == folded, context) }
                if scalars.count > length, length >= 20 {
                    #expect(count >= length * 4 / 5 - widest, "\(count), \(context)")
                }
                // The text without ellipses stands in the folded text, between characters, and its matching words are marked.
                var shown = Array(snippet.text.unicodeScalars)
                let isCutBefore = length >= 8 && shown.first == "…"
                if isCutBefore { shown.removeFirst() }
                if length >= 8 && shown.last == "…" { shown.removeLast() }
                if length < 8 && shown == ["…"] { continue }
                let places = (0...max(0, scalars.count - shown.count)).filter { start in
                    let stretch = start..<start + shown.count
                    return scalars[stretch].elementsEqual(shown) && boundaries.contains(start)
                        && boundaries.contains(start + shown.count)
                }
                #expect(!places.isEmpty, context)
                let isWhole = places.contains { start in
                    let expected = highlights(in: start..<start + shown.count, of: tokens).map {
                        $0.lowerBound - start + (isCutBefore ? 1 : 0)..<$0.upperBound - start + (isCutBefore ? 1 : 0)
                    }
                    return expected == snippet.highlights
                }
                // A word that does not fit is marked as far as it is shown.
                let isPartOfWord = snippet.highlights == [(isCutBefore ? 1 : 0)..<shown.count + (isCutBefore ? 1 : 0)]
                #expect(isWhole || isPartOfWord && length < 20, "\(snippet.highlights), \(context)")
                if !tokens.isEmpty, length >= 3 { #expect(!snippet.highlights.isEmpty, context) }
            }
        }
    }

    /// Nothing takes time that grows with more than the length of a text.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["🇩🇪", "e\u{301}", "\u{301}", "👨‍👩‍👧\u{200D}", " ", "\n", "reward ", "x", "学", "\r\n\u{301}"])
    func hostileTextsTakeLinearTime(piece: String) {
        let text = "reward " + String(repeating: piece, count: 60_000) + " reward hacking"
        for length in [10, 240, 20_000] {
            let snippet = passage("reward hacking", text, length: length)
            #expect(snippet.text.unicodeScalars.count <= length)
            #expect(!snippet.highlights.isEmpty, "\(piece), \(length)")
        }
    }
}
