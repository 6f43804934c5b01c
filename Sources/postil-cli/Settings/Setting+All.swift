import Postil
import Reports

extension Setting {
    /// In the order they are shown.
    static let all: [Setting] = [
        index, profile, format, color, quiet, limit, snippetLength, strategy, stopWords, match, expand, synonyms,
        exactTotal, analyzer, threads, memory, wait, keepMissing, verbose, maximumFileSize, maximumDocumentSize,
        maximumJSONSize, compression,
    ]

    static let index = Setting(
        key: "index", kind: .path, defaultText: "", flag: Flag(name: "index", letter: "i", value: "file"),
        summary: "The index file. Without it: $POSTIL_INDEX, then postil.db here, then in the folders above.")
    static let profile = Setting(
        key: "profile", kind: .profile, defaultText: "", flag: Flag(name: "profile", value: "profile"),
        summary:
            "How a collection is read, analysed and ranked: a name or a YAML file. Without it: the index's own.")
    static let format = Setting(
        key: "output.format", kind: .choice(OutputFormat.all.map(\.name)), defaultText: OutputFormat.text.name,
        flag: Flag(name: "format", value: "format"), summary: "How results are printed")
    static let color = Setting(
        key: "output.color", kind: .choice(ColorChoice.allCases.map(\.rawValue)),
        defaultText: ColorChoice.auto.rawValue, flag: Flag(name: "color", value: "when"),
        summary: "When output is coloured")
    static let quiet = Setting(
        key: "output.quiet", kind: .boolean, defaultText: "false", flag: Flag(name: "quiet", letter: "q"),
        summary: "Leave out progress, hints and notes.")
    static let limit = Setting(
        key: "search.limit", kind: .integer(0...1_000_000), defaultText: "10",
        flag: Flag(name: "limit", letter: "n", value: "count"), summary: "Hits on a page; 0 only counts them.")
    static let snippetLength = Setting(
        key: "search.snippet-length", kind: .integer(0...100_000), defaultText: "240",
        flag: Flag(name: "snippet-length", value: "count"),
        summary: "Characters of the passage shown with a hit; 0 shows none.")
    static let strategy = Setting(
        key: "search.strategy", kind: .choice(EvaluationStrategy.allCases.map(\.rawValue)),
        defaultText: EvaluationStrategy.automatic.rawValue, flag: Flag(name: "strategy", value: "way"),
        summary: "How a query is evaluated; every way gives the same hits")
    static let stopWords = Setting(
        key: "search.stop-words", kind: .choice(SearchRequest.StopWordTreatment.allCases.map(\.rawValue)),
        defaultText: SearchRequest.StopWordTreatment.automatic.rawValue,
        flag: Flag(name: "stop-words", value: "auto|keep|drop"),
        summary: "What to do with very common words of a query")
    static let match = Setting(
        key: "search.match", kind: .choice(SearchRequest.WordMatching.allCases.map(\.rawValue)),
        defaultText: SearchRequest.WordMatching.any.rawValue, flag: Flag(name: "match", value: "any|most|all"),
        summary: "How many of a query's words a document must have")
    static let expand = Setting(
        key: "search.expand", kind: .choice(SearchRequest.Expansion.allCases.map(\.rawValue)),
        defaultText: SearchRequest.Expansion.off.rawValue, flag: Flag(name: "expand", value: "off|auto|always"),
        summary: "Whether words that the best documents have in common are searched as well")
    static let synonyms = Setting(
        key: "search.synonyms", kind: .path, defaultText: "", flag: Flag(name: "synonyms", value: "file|name|none"),
        summary:
            "Words and phrases that mean the same: a file with an entry a line (RLHF = human feedback), a shipped list "
            + "(ai-alignment), or none; the profile's where nothing is said.")
    static let exactTotal = Setting(
        key: "search.exact-total", kind: .boolean, defaultText: "false", flag: Flag(name: "exact-total"),
        summary: "Count all matches, which costs time.")
    static let analyzer = Setting(
        key: "indexing.analyzer", kind: .text, defaultText: "", flag: Flag(name: "analyzer", value: "name"),
        summary: "How text becomes terms: english, german, none, \"fts5:porter unicode61\" … Without it: the profile's."
    )
    static let threads = Setting(
        key: "indexing.threads", kind: .integer(0...1_024), defaultText: "0",
        flag: Flag(name: "threads", value: "count"),
        summary: "Threads that read and analyse; 0 means one for each core.")
    static let memory = Setting(
        key: "indexing.memory", kind: .byteCount(16 << 20...1 << 44), defaultText: "512MiB",
        flag: Flag(name: "memory", value: "amount"), summary: "The most memory the buffers of an index run take.")
    static let wait = Setting(
        key: "indexing.wait", kind: .seconds(0...604_800), defaultText: "auto",
        flag: Flag(name: "wait", value: "seconds"),
        summary:
            "How long to wait for another process that changes the index; auto is 30 seconds on a terminal, else 5."
    )
    static let keepMissing = Setting(
        key: "indexing.keep-missing", kind: .boolean, defaultText: "false", flag: Flag(name: "keep-missing"),
        summary: "Keep documents whose file is gone.")
    static let verbose = Setting(
        key: "indexing.verbose", kind: .boolean, defaultText: "false", flag: Flag(name: "verbose"),
        summary: "Name each record that is skipped, not only the first of each file.")
    static let maximumFileSize = Setting(
        key: "indexing.maximum-file-size", kind: .byteCount(0...1 << 50), defaultText: "0", flag: nil,
        summary: "Larger files are skipped; 0 means no limit.")
    static let maximumDocumentSize = Setting(
        key: "indexing.maximum-document-size", kind: .byteCount(1...1 << 31), defaultText: "64MiB", flag: nil,
        summary: "Larger records, rows and text files are skipped.")
    static let maximumJSONSize = Setting(
        key: "indexing.maximum-json-size", kind: .byteCount(1...1 << 40), defaultText: "1GiB", flag: nil,
        summary: "Larger JSON arrays are skipped, since they are held in memory; JSON Lines are not.")
    static let compression = Setting(
        key: "storage.compression", kind: .choice(["auto"] + TextCompression.allCases.map(\.rawValue)),
        defaultText: "auto", flag: Flag(name: "compression", value: "name"),
        summary: "How a new index stores texts, which stays so; auto leaves it to the profile")
}
