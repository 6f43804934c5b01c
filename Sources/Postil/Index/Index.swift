import Documents
import IndexStore
import Ranking
import TextAnalysis

/// An index: one SQLite file with documents and the means to search them.
///
///     let index = try Index.open(at: "postil.db")
///     let searcher = try index.makeSearcher()
///     for hit in try searcher.search(SearchRequest("mesa-optimizer deception")).hits {
///         print(hit.rank, hit.title, hit.url ?? "")
///     }
///
/// Opening takes no lock that lasts. Any number of searchers, in any number of processes, can read while one writer writes.
public struct Index: Sendable {
    /// Path of the file.
    public var path: String { file.path }
    /// The profile the index was created with, in its latest version when the index was opened.
    ///
    /// - Complexity: Reads YAML.
    /// - Throws: `ProfileError` when this version does not understand it.
    public var profile: Profile {
        get throws {
            try settings.profile(ofIndexAt: file.path)
        }
    }

    /// What the index said about itself when it was opened.
    public var settings: IndexSettings { file.settings }

    /// How long those who change the index wait for others who do.
    public var patience = Patience.short

    let file: IndexFile

    /// What an index is opened for.
    public enum Access: Sendable {
        /// Searching.
        case readOnly
        /// Searching and changing; opening fails when the file cannot be written.
        case readWrite
        /// Mending, also where the file was cut off: it is made as long again as it says it is, with empty pages.
        case repair
    }

    /// Opens an existing index.
    ///
    /// - Throws: `IndexError` when there is none, or none that this version can use; the file is not changed.
    public static func open(at path: String, access: Access = .readOnly) throws -> Index {
        let file = try access == .repair ? IndexFile(mendingLengthOf: path) : IndexFile(path: path)
        if access != .readOnly { try file.requireWritable() }
        return try Index(file)
    }

    init(_ file: IndexFile) throws {
        self.file = file
        try file.settings.requireAnalyzer(ofIndexAt: file.path)
    }

    /// Creates an empty index.
    ///
    /// At `:memory:` it is one in memory, which lasts as long as this value or a copy of it; ``path`` then is a name by which the
    /// same process can open it. Searchers do not wait for a writer nor it for them, each transaction that writes takes a copy of the
    /// whole index, and there is no rebuilding it.
    ///
    /// - Parameters:
    ///   - path: Where the index will be.
    ///   - profile: How its collection is read, analysed and ranked.
    ///   - analyzer: The analyzer; nil for the profile's.
    ///   - compression: How texts are stored, for good; nil for the profile's way.
    /// - Throws: `IndexError.alreadyExists(path:)` when there is something at the path.
    public static func create(
        at path: String, profile: Profile, analyzer: String? = nil, compression: TextCompression? = nil
    )
        throws -> Index
    {
        try build(at: path, profile: profile, analyzer: analyzer, compression: compression, replaces: false) { _ in }
            .index
    }

    /// Opens the index at `path` for searching and changing, or creates an empty one.
    ///
    /// - Parameters:
    ///   - path: Where the index is, or will be.
    ///   - profile: The profile of a new index; nil for the default one. An index that is there keeps its own.
    ///   - analyzer: The analyzer of a new index; nil for the profile's.
    ///   - compression: How a new index stores texts, for good; nil for the profile's way.
    /// - Throws: `IndexError`, also when there is something at the path that is no index.
    public static func openOrCreate(
        at path: String, profile: Profile? = nil, analyzer: String? = nil, compression: TextCompression? = nil
    ) throws -> Index {
        do {
            return try open(at: path, access: .readWrite)
        } catch IndexError.notFound {
            do {
                return try create(
                    at: path, profile: try profile ?? .named(Profile.defaultName), analyzer: analyzer,
                    compression: compression)
            } catch IndexError.alreadyExists {
                // Another process was faster.
                return try open(at: path, access: .readWrite)
            }
        }
    }

    /// Builds an index in a file beside `path` and puts it there once `fill` has returned.
    static func build<Value>(
        at path: String, profile: Profile, analyzer: String?, compression: TextCompression? = nil, replaces: Bool,
        patience: Patience = .short, isDryRun: Bool = false, fill: (DocumentWriter) throws -> Value
    ) throws -> (index: Index, value: Value) {
        try profile.requireStorable()
        let specification = try AnalyzerSpecification(analyzer ?? profile.analyzer)
        let settings = IndexSettings(
            analyzer: specification.name, analyzerIdentity: try specification.identity, profileName: profile.name,
            profileYAML: profile.yaml, ranking: profile.ranking, stopWords: profile.stopWords,
            synonyms: try profile.synonymEntries,
            compression: compression ?? profile.compression ?? TextCompression.none)
        let (file, value) = try IndexFile.build(
            at: path, settings: settings, tokenizer: specification.tokenizeOption,
            replaces: replaces, patience: patience, isTrial: isDryRun, fill: fill)
        return (try Index(file), value)
    }

    /// A searcher on the present state of the index, for one thread.
    public func makeSearcher() throws -> Searcher {
        try Searcher(file.snapshot())
    }

    /// A searcher on the present states of several indexes, for one thread. It ranks their documents as one index would that held
    /// all of them, those of the first index first: by statistics of the whole, with the same scores and the same order. Counts,
    /// sorting, groups and copies are over all, too.
    ///
    ///     let searcher = try Index.makeSearcher(over: [try .open(at: "a.db"), try .open(at: "b.db")])
    ///     for hit in try searcher.search(SearchRequest("goodhart")).hits { print(hit.index ?? "", hit.title) }
    ///
    /// Ranking parameters and stop words are those of the first index.
    ///
    /// - Precondition: There is one index at least.
    /// - Throws: `AnalyzersDiffer`, and `IndexError` when one cannot be read.
    public static func makeSearcher(over indexes: [Index]) throws -> Searcher {
        if indexes.count == 1 { return try indexes[0].makeSearcher() }
        return try Searcher(JointSnapshot(indexes.map { try $0.file.snapshot() }))
    }

    /// A transaction that adds and removes documents one by one; for whole collections there is
    /// ``update(with:progress:)``.
    ///
    /// - Throws: `IndexError.busy(path:)` when another writer is still at work after ``patience``.
    public func makeWriter() throws -> DocumentWriter { try file.writer(patience: patience) }

    /// Figures about the index.
    public func information() throws -> IndexInformation { try file.information() }

    /// Looks for damage; with `repair`, rebuilds what can be rebuilt from the documents.
    public func check(repair: Bool = false, depth: CheckDepth = .whole) throws -> CheckReport {
        try file.check(repair: repair, depth: depth, patience: patience)
    }

    /// Merges the inverted index into one segment, so that queries read less.
    ///
    /// - Parameter progress: Is told how far it came.
    public func optimize(progress: (OptimizationProgress) -> Void = { _ in }) throws {
        try file.optimize(patience: patience, progress: progress)
    }
}

extension IndexSettings {
    /// The profile that an index stores.
    ///
    /// - Throws: `ProfileError` when this version does not understand it.
    func profile(ofIndexAt path: String) throws -> Profile {
        var profile = try Profile(yaml: profileYAML, origin: "\(path): profile \(profileName)").refusingCommands
        guard profile.name != profileName else { return profile }
        // A file that does not say its name is called by its own, which the index does not have.
        profile.name = profileName
        profile.text = profileYAML
        return profile
    }
}
