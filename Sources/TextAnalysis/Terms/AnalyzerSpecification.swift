/// Which analyzer a text passes, by name.
///
/// - `none`: words, folded and not stemmed.
/// - a name of libstemmer's algorithms (`english`, `porter`, `german` …): words, folded and stemmed.
/// - `fts5:` and the name and arguments of one of FTS5's own tokenizers (`fts5:porter unicode61`,
///   `fts5:unicode61 remove_diacritics 2`, `fts5:trigram`).
public struct AnalyzerSpecification: Hashable, Sendable, CustomStringConvertible {
    /// The kinds of analyzers.
    public enum Kind: Hashable, Sendable {
        /// A `TextAnalyzer` without a stemmer.
        case none
        /// A `TextAnalyzer` with the Snowball stemmer of this name.
        case snowball(algorithm: String)
        /// FTS5's tokenizer of this name and arguments.
        case fts5(tokenizer: String)
    }

    /// The kind of analyzer.
    public let kind: Kind

    /// The default: English words.
    public static let english = AnalyzerSpecification(kind: .snowball(algorithm: "english"))
    /// Words that are not stemmed.
    public static let none = AnalyzerSpecification(kind: .none)

    private init(kind: Kind) { self.kind = kind }

    /// The analyzer called `name`; case and white space around it do not matter.
    ///
    /// - Throws: `AnalyzerError.unknownAnalyzer`, which lists the names that exist.
    public init(_ name: String) throws(AnalyzerError) {
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.lowercased().hasPrefix(Self.fts5Prefix) {
            let tokenizer = words.dropFirst(Self.fts5Prefix.count).drop { $0 == " " }
            guard !tokenizer.isEmpty else { throw .unknownAnalyzer(name, available: Self.availableNames) }
            kind = .fts5(tokenizer: String(tokenizer))
        } else if words.lowercased() == "none" {
            kind = .none
        } else if Stemmer.algorithms.contains(words.lowercased()) {
            kind = .snowball(algorithm: words.lowercased())
        } else {
            throw .unknownAnalyzer(name, available: Self.availableNames)
        }
    }

    private static let fts5Prefix = "fts5:"

    /// The names `init(_:)` takes, besides `fts5:` and a tokenizer.
    public static var availableNames: [String] { ["none"] + Stemmer.algorithms }

    /// The name that `init(_:)` takes for this.
    public var name: String {
        switch kind {
        case .none: "none"
        case .snowball(let algorithm): algorithm
        case .fts5(let tokenizer): Self.fts5Prefix + tokenizer
        }
    }

    /// The same as `name`.
    public var description: String { name }
}

extension AnalyzerSpecification {
    /// The ``Analyzer/identity`` that an analyzer made from this has; for FTS5's own tokenizers, whose behaviour is SQLite's
    /// business, the name.
    ///
    /// - Throws: `AnalyzerError` when the analyzer cannot be made.
    public var identity: String {
        get throws(AnalyzerError) {
            if case .fts5 = kind { name } else { try TextAnalyzer(self).identity }
        }
    }

    /// Whether words become stems, so that a term can be shorter than every word it stands for.
    public var isStemming: Bool {
        switch kind {
        case .none: false
        case .snowball: true
        case .fts5(let tokenizer): tokenizer.split(separator: " ").first == "porter"
        }
    }
}

extension AnalyzerSpecification {
    /// Whether apostrophes separate words: everywhere but in English, whose stemmer takes possessives off.
    package var cutsAtApostrophes: Bool { self != .english }

    /// Whether diacritics go before the stemmer: these know no letters outside ASCII.
    package var stripsBeforeStemming: Bool {
        switch kind {
        case .snowball(let algorithm): ["english", "porter", "lovins"].contains(algorithm)
        case .none, .fts5: true
        }
    }
}
