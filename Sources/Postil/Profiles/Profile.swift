import IndexStore
import Ingestion
import Ranking
import TextAnalysis

/// How a collection is read, analysed and ranked: a YAML file as those in Config/profiles, or made in code.
///
///     name: reviews
///     description: Reviews and comments as JSON Lines …
///     reading: …                       # see Documentation/Formats.md
///     analysis: { analyzer: english, stop-words: english, synonyms: [] }
///     ranking: { k1: 1.5, b: 0.75, weights: { title: 3, body: 1 }, proximity: 0 }
///     storage: { compression: none }
///
/// The same in code:
///
///     let profile = Profile(
///         name: "reviews", reading: RecordMapping(documents: [DocumentRule(body: [.path("text", markup: .markdown)])]),
///         ranking: RankingParameters(terms: BM25Parameters(titleWeight: 2)))
public struct Profile: Sendable, Hashable {
    /// What it is called. An index takes a profile of the name of its own for a new version of that.
    public var name: String { didSet { text = nil } }
    /// What it is for, in a sentence.
    public var description: String { didSet { text = nil } }
    /// How records become documents.
    public var reading: RecordMapping { didSet { text = nil } }
    /// Name of the analyzer.
    public var analyzer: String { didSet { text = nil } }
    /// Name of the stop-word list that queries may drop; see ``SearchRequest/StopWordTreatment``.
    public var stopWords: String { didSet { text = nil } }
    /// Other ways to say the same, which queries search as well: names of `Synonyms.builtInNames`, and entries as `Synonyms` has
    /// them on a line.
    public var synonyms: [String] { didSet { text = nil } }
    /// The ranking formula's parameters.
    public var ranking: RankingParameters { didSet { text = nil } }
    /// How a new index stores texts; nil when the profile does not say, which is `TextCompression.none`.
    public var compression: TextCompression? { didSet { text = nil } }
    /// The YAML it was decoded from; nil when it was made in code, or changed since.
    var text: String?

    /// Makes a profile. Names and numbers that make no sense are found when an index is made with it.
    public init(
        name: String, description: String = "", reading: RecordMapping = .usual, analyzer: String = "english",
        stopWords: String = "english", synonyms: [String] = [], ranking: RankingParameters = RankingParameters(),
        compression: TextCompression? = nil
    ) {
        self.name = name
        self.description = description
        self.reading = reading
        self.analyzer = analyzer
        self.stopWords = stopWords
        self.synonyms = synonyms
        self.ranking = ranking
        self.compression = compression
    }

    /// The profile as YAML: as it was written, or as ``init(yaml:origin:)`` would read it again.
    public var yaml: String { text ?? encoded }

    /// Profiles are equal when they say the same, in whatever words.
    public static func == (left: Profile, right: Profile) -> Bool {
        (left.name, left.description, left.analyzer, left.stopWords, left.synonyms)
            == (right.name, right.description, right.analyzer, right.stopWords, right.synonyms)
            && left.reading == right.reading && left.ranking == right.ranking && left.compression == right.compression
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(description)
        hasher.combine(reading)
        hasher.combine(analyzer)
        hasher.combine(stopWords)
        hasher.combine(synonyms)
        hasher.combine(ranking)
        hasher.combine(compression)
    }

    /// The profile with its commands left unrun, since it stood in an index, which may be a stranger's.
    var refusingCommands: Profile {
        var profile = self
        profile.reading = reading.refusingCommands
        // It still says the same.
        profile.text = text
        return profile
    }

    /// A fingerprint of the reading part: a file that was read by another one has to be read again.
    var readingFingerprint: String {
        "\(name) \(String(UInt64(bitPattern: Fingerprint.of(reading.yaml)), radix: 16))"
    }
}

extension Profile {
    /// The entries of all its ``synonyms``, one a line, as an index keeps them.
    var synonymEntries: String {
        get throws {
            let entries = try synonyms.map { text in
                guard !text.contains("=") else { return text }
                return try Synonyms.builtInText(named: text)
            }.joined(separator: "\n")
            _ = try Synonyms(entries, path: "profile \(name)")
            return entries
        }
    }

    /// The text of ``yaml`` for a profile that has none.
    private var encoded: String {
        func quoted(_ text: String) -> String { ProfileText.string(text).flow }
        let weights = "{ title: \(ranking.terms.titleWeight), body: \(ranking.terms.bodyWeight) }"
        let proximity = ranking.proximity.share
        var lines: [String] = [
            "name: \(quoted(name))", "description: \(quoted(description))", "reading: \(reading.yaml)",
            "analysis: { analyzer: \(quoted(analyzer)), stop-words: \(quoted(stopWords)), "
                + "synonyms: [\(synonyms.map(quoted).joined(separator: ", "))] }",
            "ranking: { k1: \(ranking.terms.k1), b: \(ranking.terms.b), weights: \(weights), proximity: \(proximity) }",
        ]
        if let compression { lines.append("storage: { compression: \(compression.rawValue) }") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Throws unless the profile can be stored with an index and read again the same.
    ///
    /// - Throws: `ProfileError`, `AnalyzerError`, ``InvalidRanking``.
    func requireStorable() throws {
        try ranking.requireValid()
        _ = try AnalyzerSpecification(analyzer)
        _ = try StopWords(named: stopWords)
        _ = try synonymEntries
        guard text == nil else { return }
        guard try Profile(yaml: yaml, origin: "profile \(name)") == self else {
            throw ProfileError(
                path: "profile \(name)", line: nil, message: "holds a field path or text that YAML cannot say")
        }
    }
}

/// FNV-1a (Fowler, Noll, Vo) of a text in 64 bits: the same on every run and machine, unlike `Hasher`.
private enum Fingerprint {
    static func of(_ text: String) -> Int64 {
        Int64(bitPattern: text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
    }
}
