import Postil

/// Every setting with its default. `Config/postil.yaml` says the same, for people.
enum SettingCatalogue {
    static let index = Setting(
        key: "index", kind: .path, defaultText: "", flag: "--index",
        summary: "the index file; without one, postil.db in this folder or one above it")
    static let profile = Setting(
        key: "profile", kind: .text, defaultText: "", flag: "--profile",
        summary: "how a collection is read, analysed and ranked; without one, the index's own")
    static let format = Setting(
        key: "output.format", kind: .choice(OutputFormat.allCases.map(\.rawValue)), defaultText: "text",
        flag: "--format", summary: "how results are printed")
    static let color = Setting(
        key: "output.color", kind: .choice(ColorChoice.allCases.map(\.rawValue)), defaultText: "auto",
        flag: "--color", summary: "when output is coloured")
    static let quiet = Setting(
        key: "output.quiet", kind: .boolean, defaultText: "false", flag: "--quiet",
        summary: "whether progress, hints and notes are left out")
    static let limit = Setting(
        key: "search.limit", kind: .integer(1...1_000_000), defaultText: "10", flag: "--limit",
        summary: "the number of hits on a page")
    static let snippetLength = Setting(
        key: "search.snippet-length", kind: .integer(0...100_000), defaultText: "240", flag: "--snippet-length",
        summary: "characters of the passage shown; 0 shows none")
    static let strategy = Setting(
        key: "search.strategy", kind: .text, defaultText: "auto", flag: "--strategy",
        summary: "how a query is evaluated; every way gives the same hits")
    static let stopWords = Setting(
        key: "search.stop-words", kind: .choice(["keep", "drop"]), defaultText: "keep", flag: "--stop-words",
        summary: "whether very common words of a query count")
    static let exactTotal = Setting(
        key: "search.exact-total", kind: .boolean, defaultText: "false", flag: "--exact-total",
        summary: "whether all matches are counted, which costs time")
    static let analyzer = Setting(
        key: "indexing.analyzer", kind: .text, defaultText: "", flag: "--analyzer",
        summary: "how text becomes terms; without one, the profile's")
    static let threads = Setting(
        key: "indexing.threads", kind: .integer(0...1_024), defaultText: "0", flag: "--threads",
        summary: "threads that read and analyse; 0 means one for each core")
    static let memory = Setting(
        key: "indexing.memory", kind: .byteCount(16 << 20...1 << 44), defaultText: "512MiB", flag: "--memory",
        summary: "the most memory the buffers of an index run take")
    static let keepMissing = Setting(
        key: "indexing.keep-missing", kind: .boolean, defaultText: "false", flag: "--keep-missing",
        summary: "whether documents stay whose file is gone")
    static let verbose = Setting(
        key: "indexing.verbose", kind: .boolean, defaultText: "false", flag: "--verbose",
        summary: "whether each skipped record is named, not only the first of each file")
    static let compression = Setting(
        key: "storage.compression", kind: .choice(["auto"] + TextCompression.allCases.map(\.rawValue)),
        defaultText: "auto",
        flag: "--compression", summary: "how a new index stores texts; auto leaves it to the profile")
    static let maximumFileSize = Setting(
        key: "indexing.maximum-file-size", kind: .byteCount(0...1 << 50), defaultText: "0", flag: nil,
        summary: "larger files are skipped; 0 means no limit")
    static let maximumDocumentSize = Setting(
        key: "indexing.maximum-document-size", kind: .byteCount(1...1 << 31), defaultText: "64MiB", flag: nil,
        summary: "larger records, rows and text files are skipped")
    static let maximumJSONSize = Setting(
        key: "indexing.maximum-json-size", kind: .byteCount(1...1 << 40), defaultText: "1GiB", flag: nil,
        summary: "larger JSON arrays are skipped, since they are held in memory; JSON Lines are not")

    /// In the order they are shown.
    static let all: [Setting] = [
        index, profile, format, color, quiet, limit, snippetLength, strategy, stopWords, exactTotal, analyzer, threads,
        memory, keepMissing, verbose, maximumFileSize, maximumDocumentSize, maximumJSONSize, compression,
    ]
}
