import CUTF8Proc

/// Postil's analyzer: words by UAX #29 and their parts, NFKC case folding, diacritics removed, Snowball stems.
///
/// | text | terms (`english`), colocated ones in parentheses |
/// |---|---|
/// | `The résumés` | the, resum |
/// | `mesa-optimizers` | mesa (mesaoptim), optim |
/// | `config.json`, `l'art` | config (configjson), json, l (lart), art |
/// | `rightSplit` | rightsplit (right, split) |
/// | `GPT-4`, `GPT4` | gpt (gpt4), 4, gpt4 (gpt, 4) |
/// | `iPhone15` | iphone15 (i, phon, 15, iphon) |
/// | `v2.10`, `1,000` | v2 (v, 2, v210), 10, 1 (1000), 000 |
/// | `555-123-4567` | 555 (5551234567), 123, 4567 |
/// | `don't`, `agent's` | dont, agent |
/// | `A.I.`, `AI` | ai, ai |
/// | `C++`, `C#`, `.NET`, `AT&T` | c (c++), c (c#), net (.net), at (at&t), t |
/// | `_really_` | realli |
/// | `colour`, `color` | color, color |
/// | `LLMs`, `GPUs` | llm, gpu |
/// | `深度学习` | 深度 (深), 度学 (度), 学习 (学, 习) |
///
/// - Words are the segments of UAX #29 that hold a letter or digit, cut at all that joins words: full stops, colons,
///   apostrophes, commas between digits, underscores. Emoji are terms of their own.
/// - Words that are joined so, or by a hyphen, are a *compound*: they also give their joined form, at the first part's position
///   and over the whole range, digits only where they are a number in groups (`DigitGroups`). In a query it is an alternative to the parts. A hyphen at a line's
///   end joins too, so that a word that was cut there is found whole.
/// - An identifier that is written together (`rightSplit`, `GPT4`) has one position, and its parts stand beside it.
/// - Signs make words of their own beside the plain ones (`C++`).
/// - Scripts without spaces between words give bigrams; in documents single characters of Chinese and Japanese stand beside
///   them.
/// - Acronyms written with dots are those without (`U.S.` is `US`, and so *us* as well, which is too frequent to weigh much).
/// - Apostrophes of contractions and possessives stay in words for `english`, whose stemmer removes possessives; for all
///   other languages apostrophes separate words and join nothing.
/// - A word's first 255 bytes make its term.
///
/// Terms are kept: a token seen before costs one probe of a table. An instance serves one thread.
public final class TextAnalyzer: Analyzer {
    /// Which analyzer this is.
    public let specification: AnalyzerSpecification
    /// Name, version of the rules above, and what of the libraries decides about terms.
    public private(set) lazy var identity: String = makeIdentity()
    /// Ill-formed bytes in the last text; each separated words like a U+FFFD.
    public private(set) var illFormedByteCount = 0

    private let stemmer: Stemmer?
    private let cutsAtApostrophes: Bool
    private let maximumVocabularyBytes: Int
    // An instance serves one thread, and only `analyze` changes this, so exclusivity needs no check at run time.
    @exclusivity(unchecked) private var terms: TermTable
    private var buffer = TokenBuffer(keepsRanges: true)

    /// Raised whenever the same text may give other terms than before.
    private static let version = 6
    /// Tokens handed out at a time; bounds the memory that a long text takes.
    private static let chunkLength = 4096
    /// Both tables begin in the second-level cache.
    private static let defaultInitialSlots = 1024

    /// Creates an analyzer.
    ///
    /// `maximumVocabularyBytes` bounds the memory that `analyze(_:for:_:)` keeps between calls; `analyze(_:into:)`
    /// leaves that to its caller.
    /// - Throws: `AnalyzerError.needsFTS5` for one of FTS5's tokenizers.
    public convenience init(
        _ specification: AnalyzerSpecification, maximumVocabularyBytes: Int = 64 << 20
    ) throws(AnalyzerError) {
        try self.init(
            specification, maximumVocabularyBytes: maximumVocabularyBytes, initialSlots: Self.defaultInitialSlots)
    }

    /// As above, with tables of `initialSlots` slots at first and `commonSlots` for common words, powers of two.
    package init(
        _ specification: AnalyzerSpecification, maximumVocabularyBytes: Int, initialSlots: Int,
        commonSlots: Int = RawTokenCache.commonSlots
    ) throws(AnalyzerError) {
        switch specification.kind {
        case .none:
            stemmer = nil
        case .snowball(let algorithm):
            stemmer = Stemmer(algorithm: algorithm)
            guard stemmer != nil else {
                throw .unknownAnalyzer(algorithm, available: AnalyzerSpecification.availableNames)
            }
        case .fts5(let tokenizer):
            throw .needsFTS5(tokenizer: tokenizer)
        }
        self.specification = specification
        self.maximumVocabularyBytes = maximumVocabularyBytes
        cutsAtApostrophes = specification.cutsAtApostrophes
        let folder = TermFolder(
            stemmer: stemmer, stripsBeforeStemming: specification.stripsBeforeStemming,
            takesPluralOff: specification == .english, spelling: WordSpelling(specification))
        terms = TermTable(folder: folder, initialSlots: initialSlots, commonSlots: commonSlots)
    }

    /// Hands out the tokens of `text` in order of their positions.
    ///
    /// A purpose other than `.document` leaves out the single characters beside bigrams.
    public func analyze(
        _ text: UnsafeBufferPointer<UInt8>, for purpose: AnalysisPurpose, _ body: (Token) throws -> Void
    ) rethrows {
        var pass = AnalysisPass(text, settings: settings(for: purpose))
        let limit = purpose == .document ? Self.chunkLength : .max
        var isFinished = false
        var previous: UInt32?
        while !isFinished {
            if terms.byteCount > maximumVocabularyBytes { terms.removeAll() }
            buffer.removeAll()
            isFinished = pass.fill(&buffer, limit: limit, terms: &terms)
            illFormedByteCount = pass.illFormedByteCount
            if purpose == .prefix { unstemLastWord(pass) }
            // Views taken once: each access to a stored property would be checked for exclusivity, token by token.
            let occurrences = buffer.occurrences
            let ranges = buffer.ranges
            let vocabulary = terms.vocabulary.view
            for (occurrence, range) in zip(occurrences, ranges) {
                try body(
                    Token(
                        term: vocabulary.bytes(of: occurrence.term), start: range.lowerBound, end: range.upperBound,
                        position: Int(occurrence.position), isColocated: occurrence.position == previous))
                previous = occurrence.position
            }
        }
    }

    /// Gives the last word in the buffer, and the compound that it ends, their terms without stemming.
    private func unstemLastWord(_ pass: borrowing AnalysisPass) {
        guard let last = buffer.occurrences.last?.position,
            let first = buffer.occurrences.firstIndex(where: { $0.position == last })
        else { return }
        // A word with signs reaches further than the word.
        let end = buffer.ranges[first].upperBound
        for index in 0..<buffer.count {
            let range = buffer.ranges[index]
            guard range.upperBound == end else { continue }
            let term = terms.unstemmedTerm(of: pass.text.token(range))
            buffer.replace(at: index, term: term, start: range.lowerBound, end: range.upperBound)
        }
    }

    /// Replaces the contents of `buffer` with the occurrences of the document `text`.
    ///
    /// The terms stay in the analyzer's vocabulary until `removeAllTerms()`: watch `vocabularyByteCount`.
    /// This is equivalent to `analyze(text, for: .document) { … }`.
    /// - Complexity: O(n) in the bytes of `text`; no allocation once buffer and vocabulary have grown.
    public func analyze(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout TokenBuffer) {
        buffer.removeAll()
        var pass = AnalysisPass(text, settings: settings(for: .document))
        _ = pass.fill(&buffer, limit: .max, terms: &terms)
        illFormedByteCount = pass.illFormedByteCount
    }

    /// As ``analyze(_:into:)``, piece by piece: `body` is handed each in turn, of about `length` occurrences, and told whether more
    /// follow. Between two pieces it may forget all terms, so that a text takes no more memory than its pieces do.
    package func analyze(
        _ text: UnsafeBufferPointer<UInt8>, inPiecesOf length: Int, into buffer: inout TokenBuffer,
        _ body: (_ piece: borrowing TokenBuffer, _ isLast: Bool) -> Void
    ) {
        var pass = AnalysisPass(text, settings: settings(for: .document))
        var isFinished = false
        while !isFinished {
            buffer.removeAll()
            isFinished = pass.fill(&buffer, limit: length, terms: &terms)
            illFormedByteCount = pass.illFormedByteCount
            body(buffer, isFinished)
        }
    }

    /// Says that the texts analysed from here on belong to another document than those before, whose words are counted.
    package func beginDocument() { terms.beginDocument() }

    /// The words of all texts since the first ``beginDocument()`` and the last ``removeAllTerms()``, with the number of documents
    /// that have each.
    ///
    /// - Parameter goesOn: Whether more of the last document is to be counted after all terms have been forgotten.
    /// - Complexity: O(n log n) in their number.
    package func countedWords(goesOn: Bool = false) -> CountedWords { CountedWords(terms, goesOn: goesOn) }

    /// Says that the document whose words are counted first is one that words were counted of before they were forgotten, and
    /// that it ends here: ``CountedWords/Word/isInFirst`` tells of its words from here on.
    package func endContinuedDocument() { terms.markFirstDocument() }

    /// Gives the memory back by which terms are found: none can be added before all are forgotten.
    package func dropLookups() { terms.dropLookups() }

    /// Terms in the vocabulary: their ids are 0 ..< `termCount`.
    public var termCount: Int { terms.vocabulary.count }

    /// The bytes of a term, UTF-8; valid until the next text is analysed.
    public func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> { terms.vocabulary.bytes(of: term) }

    /// The terms as they are now; valid until the next text is analysed.
    public var termView: TermView { terms.vocabulary.view }

    /// Bytes of memory that the vocabulary and the cache in front of it hold.
    public var vocabularyByteCount: Int { terms.byteCount }

    /// Forgets all terms and gives their memory back; all `TermID`s lose their meaning.
    public func removeAllTerms() { terms.removeAll() }

    private func makeIdentity() -> String {
        let words = "words \(WordBreakTable.unicodeVersion)"
        let folding = "utf8proc \(String(cString: utf8proc_version()))"
        let stems = stemmer.map { "; stems " + String($0.fingerprint, radix: 16) } ?? ""
        let spellings = specification == .english ? "; spellings \(EnglishSpellingTable.fingerprint)" : ""
        return "\(specification.name) \(Self.version) (\(words); \(folding)\(stems)\(spellings))"
    }

    private func settings(for purpose: AnalysisPurpose) -> AnalysisSettings {
        AnalysisSettings(cutsAtApostrophes: cutsAtApostrophes, isDocument: purpose == .document)
    }
}
