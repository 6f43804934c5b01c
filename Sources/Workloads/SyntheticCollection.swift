/// A seeded collection of invented texts with the statistics of real ones, byte for byte the same on every platform.
///
/// Words follow a Zipf–Mandelbrot law, lengths are log-normal, documents of a topic share vocabulary, and words come
/// in bursts. A document depends on the seed, the shape and its number alone (and on the collection's size when the
/// order is clustered), so documents can be made in any order.
public struct SyntheticCollection: Sendable {
    /// Number of documents.
    public let documentCount: Int
    /// The seed of all that is random.
    public let seed: UInt64
    /// What the texts are like.
    public let shape: CollectionShape

    let vocabulary: InventedVocabulary
    private let background: AliasTable
    private let preference: AliasTable
    private let topicWords: [UInt32]
    private let lengths: LogNormal
    private let titleLengths = LogNormal(median: 8.5, sigma: 0.4, bounds: 2...30)

    /// Prepares a collection.
    ///
    /// - Complexity: O(vocabulary size); about a fifth of a second and 20 MB at the default shape.
    public init(documentCount: Int, seed: UInt64, shape: CollectionShape = CollectionShape()) {
        self.documentCount = documentCount
        self.seed = seed
        self.shape = shape
        vocabulary = InventedVocabulary(count: shape.vocabularySize)
        background = AliasTable(weights: ZipfMandelbrot.weights(count: shape.vocabularySize))
        preference = AliasTable(weights: ZipfMandelbrot.weights(count: shape.wordsPerTopic))
        lengths = LogNormal(median: shape.medianLength, sigma: shape.sigma, bounds: 1...100_000)
        // A topic's words are draws from the whole distribution, so that the sum over the topics keeps its law.
        var random = RandomStream(seed: seed, key: .max)
        var words: [UInt32] = []
        words.reserveCapacity(shape.topics * shape.wordsPerTopic)
        while words.count < shape.topics * shape.wordsPerTopic {
            let word = background.draw(random.next())
            if word >= vocabulary.functionWordCount { words.append(UInt32(word)) }
        }
        topicWords = words
    }

    /// Replaces `composition` by the document of a number (from 0).
    func compose(_ number: Int, into composition: inout Composition) {
        assert((0..<documentCount).contains(number), "document \(number) of \(documentCount)")
        var random = RandomStream(seed: seed, key: UInt64(number))
        let drawnTopic = random.below(shape.topics)
        let topic = shape.order == .shuffled ? drawnTopic : number * shape.topics / documentCount
        composition.reset(number: number, topic: topic)
        let titleLength = titleLengths.draw(&random)
        for position in 0..<titleLength {
            // Titles are dense with topic words, and an end word is never a function word.
            let isDense = position == titleLength - 1 || random.happens(share: 512)
            let word = UInt32(isDense ? topicWord(topic, &random) : background.draw(random.next()))
            if !composition.title.contains(word) { composition.title.append(word) }
        }
        let length = lengths.draw(&random)
        for _ in 0..<length { composition.append(bodyWord(topic, composition, &random)) }
        composition.punctuate(&random)
    }

    private func bodyWord(_ topic: Int, _ composition: Composition, _ random: inout RandomStream) -> (UInt32, Bool) {
        let choice = random.below(1024)
        let word: Int
        if choice < shape.topicShare {
            word = topicWord(topic, &random)
        } else if choice < shape.topicShare + shape.repeatShare, !composition.content.isEmpty {
            word = Int(composition.content[random.below(composition.content.count)])
        } else {
            word = background.draw(random.next())
        }
        return (UInt32(word), word >= vocabulary.functionWordCount)
    }

    private func topicWord(_ topic: Int, _ random: inout RandomStream) -> Int {
        Int(topicWords[topic * shape.wordsPerTopic + preference.draw(random.next())])
    }
}

/// Word frequencies by rank: the word of rank r (from 1) weighs 1 / ((r + 0.5) (1 + r / 4000)).
///
/// That is a Zipf–Mandelbrot law of exponent 1 (Mandelbrot 1953) whose exponent turns to 2 beyond some thousand words,
/// as in large real collections (Ferrer i Cancho, Solé 2001); a single exponent gives five times too many rare words.
/// The constants were fitted to the abstracts of a preprint server. The formula needs only operations that IEEE 754
/// rounds alike everywhere, which no mathematics library promises of `pow`.
enum ZipfMandelbrot {
    private static let shift = 0.5
    private static let knee = 4000.0
    /// 2^42: rank 2^20 still weighs 16,000, and 2^20 times the largest weight fits in 62 bits.
    private static let scale = 4_398_046_511_104.0

    /// The weights of ranks 1 to `count`, none of them zero.
    static func weights(count: Int) -> [UInt64] {
        (1...count).map { rank in
            max(UInt64(scale / ((Double(rank) + shift) * (1 + Double(rank) / knee))), 1)
        }
    }
}

/// Lengths whose logarithm is normal, the same on every platform.
///
/// The normal deviate is the sum of twelve uniform ones less six (Irwin 1927, Hall 1927): it ends at ±6, which no
/// benchmark misses. The exponential is (1 + x/1024)^1024 by ten squarings, low by x²/2048 of its value at most: for
/// the deviations used here less than one half of a percent. Both need only operations that IEEE 754 rounds alike.
struct LogNormal {
    /// Half of the lengths are below, half above.
    let median: Double
    /// Standard deviation of the natural logarithm.
    let sigma: Double
    /// Bounds of the lengths handed out.
    let bounds: ClosedRange<Int>

    /// The next length; takes three random words.
    func draw(_ random: inout RandomStream) -> Int {
        var sum: UInt64 = 0
        for _ in 0..<3 {
            var word = random.next()
            for _ in 0..<4 {
                sum += word & 0xFFFF
                word >>= 16
            }
        }
        let deviate = Double(sum) / 65536 - 6
        var factor = 1 + sigma * deviate / 1024
        for _ in 0..<10 { factor *= factor }
        return min(max(Int(median * factor + 0.5), bounds.lowerBound), bounds.upperBound)
    }
}
