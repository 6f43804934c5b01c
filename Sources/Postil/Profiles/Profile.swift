import IndexStore
import Ingestion
import Ranking

/// How a collection is read, analysed and ranked: the YAML files in Config/profiles.
///
///     name: reviews
///     description: Reviews and comments as JSON Lines …
///     reading: …                       # see Documentation/Formats.md
///     analysis: { analyzer: english, stop-words: english }
///     ranking: { k1: 1.2, b: 0.75, weights: { title: 1, body: 1 }, proximity: 0 }
///     storage: { compression: none }
public struct Profile: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// What it is for, in a sentence.
    public var description: String
    /// How records become documents.
    public var reading: RecordMapping
    /// Name of the analyzer.
    public var analyzer: String
    /// Name of the stop-word list that queries may drop; see ``SearchRequest/StopWordTreatment``.
    public var stopWords: String
    /// The ranking formula's parameters.
    public var ranking: RankingParameters
    /// How a new index stores texts; nil when the profile does not say, which is `TextCompression.none`.
    public var compression: TextCompression?
    /// The profile as it was written.
    public let yaml: String

    /// A fingerprint of the reading part: a file that was read by another one has to be read again.
    var readingFingerprint: String { "\(name) \(String(UInt64(bitPattern: Fingerprint.of(yaml)), radix: 16))" }
}
