/// What a generated collection is like. The defaults are modelled on the abstracts of a preprint server: about 150
/// words a text, nine a title, half of all words from the hundred commonest.
public struct CollectionShape: Sendable, Hashable {
    /// The order of documents by topic.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Each document has a topic drawn at random. A collection is then the beginning of any larger one.
        case shuffled
        /// Documents of a topic stand side by side, as after sorting a real collection by subject.
        case clustered
    }

    /// Distinct words that may occur.
    public var vocabularySize = 1 << 20
    /// Number of topics.
    public var topics = 512
    /// Content words a topic prefers; drawn once for each topic.
    public var wordsPerTopic = 256
    /// Of 1024 words of a text, how many are drawn from its topic.
    public var topicShare = 256
    /// Of 1024 words of a text, how many repeat an earlier content word of it: words come in bursts (Church, Gale 1995).
    public var repeatShare = 128
    /// Median number of words of a text.
    public var medianLength = 140.0
    /// Standard deviation of the natural logarithm of a text's length.
    public var sigma = 0.48
    /// The order of documents by topic.
    public var order = Order.shuffled

    /// The default shape.
    public init() {}
}
