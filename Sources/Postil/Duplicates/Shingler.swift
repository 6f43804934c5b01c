import TextAnalysis

/// Cuts texts into shingles: the sequences of ``length`` words that follow each other, each as a number of 64 bits
/// (Broder, "On the resemblance and containment of documents", 1997).
///
/// Words are the terms that the index's analyzer makes of them, so that letter case, accents, endings, punctuation and line
/// breaks make no difference. Words of where links lead to (``LinkTargets``) are left out, unless hardly any others are there.
/// A text of fewer words is one shingle, an empty one has none. Numbers are the same in every
/// process. Two shingles of a million texts of a thousand words have the same number with a probability of 3 %, and then
/// count as equal.
struct Shingler {
    /// Words of a shingle. Alike pairs of alignment reviews are found with three as with eight; with three there are three times
    /// as many that are somewhat alike, because of phrases that many use; see Benchmarks/Records.
    static let length = 5

    private let analyzer: any Analyzer
    /// All words, and those that are not of links' targets.
    private var allTerms: [UInt64] = []
    private var textTerms: [UInt64] = []
    private var links = LinkTargets()
    /// Whether the last word is in ``textTerms``.
    private var endsInText = false

    /// A shingler of the terms of `analyzer`, for one thread.
    init(analyzer: any Analyzer) { self.analyzer = analyzer }

    /// Forgets the words that were added.
    mutating func begin() {
        allTerms.removeAll(keepingCapacity: true)
        textTerms.removeAll(keepingCapacity: true)
        links = LinkTargets()
    }

    /// Adds the next word of a text, UTF-8. The joined form of a compound, which stands beside its parts, is none.
    mutating func add(_ token: Token, in text: UnsafeBufferPointer<UInt8>) {
        guard !token.isColocated else { return }
        let term = ByteHash.hash(token.term, key: (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03))
        allTerms.append(term)
        let word = links.word(token, in: text)
        if case .targetBehindScheme = word, endsInText { textTerms.removeLast() }
        endsInText = word == .text
        if endsInText { textTerms.append(term) }
    }

    /// The words that shingles are of.
    private var terms: [UInt64] { textTerms.count < Self.length ? allTerms : textTerms }

    /// How many words shingles are of.
    var wordCount: Int { terms.count }

    /// Replaces `shingles` with those of the words that were added, in order; a shingle that occurs twice is there twice.
    func cut(into shingles: inout [UInt64]) {
        shingles.removeAll(keepingCapacity: true)
        let terms = terms
        guard !terms.isEmpty else { return }
        shingles.reserveCapacity(terms.count)
        for start in 0...max(0, terms.count - Self.length) {
            var hash = UInt64(terms.count)
            if terms.count >= Self.length { hash = UInt64(Self.length) }
            for term in terms[start...].prefix(Self.length) {
                let product = (hash ^ term) &* 0x9E37_79B9_7F4A_7C15
                hash = product ^ product >> 32
            }
            shingles.append(hash)
        }
    }

    /// Replaces `shingles` with those of `text`, UTF-8.
    ///
    /// - Complexity: One analysis of the text.
    mutating func cut(_ text: UnsafeBufferPointer<UInt8>, into shingles: inout [UInt64]) {
        begin()
        analyzer.analyze(text, for: .document) { add($0, in: text) }
        cut(into: &shingles)
    }

    /// The shingles of a text.
    mutating func shingles(of text: String) -> [UInt64] {
        var text = text
        var shingles: [UInt64] = []
        text.withUTF8 { cut($0, into: &shingles) }
        return shingles
    }

    /// The set of the shingles of a text.
    mutating func set(of text: String) -> ShingleSet {
        ShingleSet(shingles(of: text))
    }
}
