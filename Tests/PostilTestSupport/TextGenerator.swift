/// Seeded texts with a few very common words and many rare ones that share beginnings, as a real vocabulary does.
public struct TextGenerator {
    private var random: SplitMix64
    /// All words that texts are made of, the commonest first.
    public let vocabulary: [String]

    /// A vocabulary of `words` words from `seed`.
    public init(seed: UInt64, words: Int) {
        var random = SplitMix64(seed: seed)
        var vocabulary: [String] = []
        var seen: Set<String> = []
        let syllables = ["a", "an", "ber", "co", "de", "ein", "fa", "ü", "za", "日本", "é"]
        while vocabulary.count < words {
            let count = Int.random(in: 1...6, using: &random)
            let word = (0..<count).map { _ in syllables[Int.random(in: 0..<syllables.count, using: &random)] }.joined()
            if seen.insert(word).inserted { vocabulary.append(word) }
        }
        self.vocabulary = vocabulary
        self.random = random
    }

    /// `count` words with a space between them.
    public mutating func text(words count: Int) -> String {
        (0..<count).map { _ in
            // The product of uniform numbers piles up at zero, much like word frequencies do.
            let place = Double.random(in: 0..<1, using: &random) * Double.random(in: 0..<1, using: &random)
            return vocabulary[Int(place * place * Double(vocabulary.count))]
        }.joined(separator: " ")
    }

    /// A number of `range` from the same sequence.
    public mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
}
