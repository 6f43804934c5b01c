import Foundation
import IndexStore
import Ingestion
import TextAnalysis

extension Index {
    /// Brings the index at `path` up to date with files and folders; makes it if there is none.
    ///
    ///     let report = try Index.update(at: "postil.db", with: IndexingRequest(paths: ["reviews"]))
    ///     for skipped in report.skipped { print(skipped) }
    ///
    /// A new index is built in a file beside `path`, which is several times as fast as filling an empty one, and stands there
    /// once it is whole. An index that is there already is updated as by ``update(with:progress:)``, except that a place which is new
    /// to it and given no profile is read with the default one, whatever other places are read with: the order of runs does not
    /// matter.
    ///
    /// - Parameters:
    ///   - path: Where the index is, or will be.
    ///   - request: What to index, and how.
    ///   - progress: Is told now and then how far it came.
    /// - Throws: `IndexError`, `ProfileError`, and ``NothingToIndex`` instead of making an index of inputs that are not
    ///   there; the index is then as it was.
    public static func update(
        at path: String, with request: IndexingRequest, progress: (IndexingProgress) -> Void = { _ in }
    ) throws -> IndexingReport {
        if !MemoryFile.isName(path), !FileManager.default.fileExists(atPath: path) {
            do { return try build(at: path, with: request, replacing: nil, progress) } catch IndexError.alreadyExists {
                // Another process had begun to build it before, and this one has waited.
            }
        }
        return try open(at: path, access: request.isDryRun ? .readOnly : .readWrite)
            .update(with: request, usual: .named(Profile.defaultName), progress)
    }

    /// Builds the index at `path` anew from files and folders, and replaces what is there only when the new one is whole.
    ///
    /// A profile, analyzer or compression that the request does not name stays as it was. So do documents whose sources the run
    /// could not look for, as ``update(with:progress:)`` keeps them, and those that came from none. An index too damaged to be opened
    /// can be rebuilt, too; it gets what the request says, and else the default profile. One of an earlier format or analyzer becomes one
    /// of the present.
    ///
    /// - Parameters:
    ///   - path: Where the index is, or will be.
    ///   - request: What to index, and how.
    ///   - progress: Is told now and then how far it came.
    /// - Throws: As ``update(at:with:progress:)``, and ``RootsLeftOut`` when the request names some of the index's places and not
    ///   others; the index is then as it was.
    public static func rebuild(
        at path: String, with request: IndexingRequest, progress: (IndexingProgress) -> Void = { _ in }
    ) throws -> IndexingReport {
        guard !MemoryFile.isName(path) else {
            throw IndexError.unreadable(path: path, reason: "an index in memory cannot be built anew; make another one")
        }
        let former =
            FileManager.default.fileExists(atPath: path) ? try FormerIndex(at: path, request.paths) : FormerIndex()
        try RootsLeftOut.refuse(request, former.roots)
        return try build(at: path, with: request, replacing: former, progress)
    }

    /// Brings the index up to date with files and folders, in one transaction.
    ///
    /// Only files that changed since the last run are read (size and modification time, then a hash); of those, only documents
    /// that changed are written. Documents are removed when the run looked for their file and it is gone; those of a folder that
    /// is missing or empty stay. What cannot be read is skipped and named in the report.
    ///
    /// If the request has the profile that the index was made with (by its name) in a new version, the index is ranked as
    /// that says from now on. When it reads files as before, no file is read for that.
    ///
    /// - Parameters:
    ///   - request: What to index, and how.
    ///   - progress: Is told now and then how far it came.
    /// - Throws: `IndexError`, `ProfileError`, and ``RemovalRefused`` when much would be removed; the index is then as it was.
    public func update(
        with request: IndexingRequest, progress: (IndexingProgress) -> Void = { _ in }
    ) throws -> IndexingReport {
        try update(with: request, usual: nil, progress)
    }

    /// - Parameter usual: What reads places that are new to the index and given no profile; nil for the index's own.
    private func update(
        with request: IndexingRequest, usual: Profile?, _ progress: (IndexingProgress) -> Void
    ) throws -> IndexingReport {
        let clock = ContinuousClock()
        let start = clock.now
        try request.profile?.requireStorable()
        try requireAnalyzer(of: request)
        var writer = try file.writer(patience: request.patience, onCopy: request.isDryRun)
        var notices: [IndexingNotice] = []
        if let lost = try writer.lostDocuments() {
            if !request.isDryRun {
                // By itself: FTS5 goes on with what it has read of its index, which a bulk load must be the first to change.
                try writer.rollback()
                try file.forget(lost, patience: request.patience)
                writer = try file.writer(patience: request.patience)
            }
            notices.append(.documentsLost(count: lost.count, files: try writer.readAgain(lost)))
        }
        if let own = request.profile, own.name == writer.settings.profileName {
            let settings = try writer.settings.adopting(own)
            if !settings.ranksLike(writer.settings) {
                notices.append(.rankingChanged(profile: own.name))
            }
            try writer.change(to: settings)
        }
        var indexer = CollectionIndexer(
            request, usual: try usual ?? writer.settings.profile(ofIndexAt: path),
            analyzer: try AnalyzerSpecification(settings.analyzer),
            writer: writer, at: IndexPlace(path: path))
        try indexer.run(progress)
        let indexed = clock.now
        var report = indexer.report
        if request.isDryRun {
            (report.documents, report.indexBytes) = try writer.sizeWhenCommitted()
            try writer.rollback()
        } else {
            try writer.commit()
        }
        let stored = settings.compression
        if let wanted = request.compression ?? request.profile?.compression, wanted != stored {
            notices.append(.compressionKept(stored: stored, wanted: wanted))
        }
        report.notices = notices + report.notices
        report.stages[.sync] = (clock.now - indexed).seconds
        if request.isDryRun {
            report.seconds = (clock.now - start).seconds
            return report
        }
        return try Self.complete(report, ofIndexAt: path, since: start)
    }

    private static func build(
        at path: String, with request: IndexingRequest, replacing former: FormerIndex?,
        _ progress: (IndexingProgress) -> Void
    ) throws -> IndexingReport {
        let clock = ContinuousClock()
        let start = clock.now
        let profile = try request.profile ?? former?.profile ?? Profile.named(Profile.defaultName)
        // A profile that is named brings its own analyzer and compression.
        let settings = request.profile == nil ? former?.settings : nil
        let analyzer = request.analyzer ?? settings?.analyzer
        // An index that remembers no places was made before they were.
        let usual = try former?.roots.isEmpty == true ? profile : Profile.named(Profile.defaultName)
        var indexed = start
        var report = try build(
            at: path, profile: profile, analyzer: analyzer,
            compression: request.compression ?? settings?.compression,
            replaces: former != nil, patience: request.patience, isDryRun: request.isDryRun
        ) { writer in
            var indexer = CollectionIndexer(
                request, usual: usual, analyzer: try AnalyzerSpecification(analyzer ?? profile.analyzer),
                writer: writer, at: IndexPlace(path: path), isNew: true, formerRoots: former?.roots ?? [],
                moved: former?.moved ?? [],
                formerPath: former == nil ? nil : path)
            try indexer.run(progress)
            indexed = clock.now
            var report = indexer.report
            if request.isDryRun { (report.documents, report.indexBytes) = try writer.sizeWhenCommitted() }
            return report
        }.value
        if request.isDryRun {
            report.seconds = (clock.now - start).seconds
            return report
        }
        report.stages[.sync] = (clock.now - indexed).seconds
        return try complete(report, ofIndexAt: path, since: start)
    }

    /// The report with what can be said after the commit.
    static func complete(
        _ report: IndexingReport, ofIndexAt path: String, since start: ContinuousClock.Instant
    ) throws -> IndexingReport {
        var report = report
        let information = try Index.open(at: path).information()
        report.documents = information.documents
        report.indexBytes = information.indexBytes
        report.seconds = (ContinuousClock.now - start).seconds
        return report
    }

    /// Throws when a run asks for another analyzer than the index was built with.
    private func requireAnalyzer(of request: IndexingRequest) throws {
        guard let wanted = request.analyzer ?? request.profile?.analyzer else { return }
        let specification = try AnalyzerSpecification(wanted)
        guard try specification.identity == settings.analyzerIdentity else {
            throw IndexError.analyzerMismatch(path: path, built: settings.analyzer, wanted: specification.name)
        }
    }
}

extension IndexSettings {
    /// The settings after the index's own profile has changed. What was decided for good when the index was made stays.
    fileprivate func adopting(_ profile: Profile) throws -> IndexSettings {
        var settings = self
        settings.profileYAML = profile.yaml
        settings.ranking = profile.ranking
        settings.stopWords = profile.stopWords
        settings.synonyms = try profile.synonymEntries
        return settings
    }

    /// Whether queries are ranked alike by both.
    fileprivate func ranksLike(_ other: IndexSettings) -> Bool {
        ranking == other.ranking && stopWords == other.stopWords && synonyms == other.synonyms
    }
}

/// What is known of an index that is built anew.
private struct FormerIndex {
    /// How it was made; nil when there was none, or when that is lost with its pages.
    var settings: IndexSettings?
    var profile: Profile?
    /// The places that it has, where they are now.
    var roots: [IndexedRoot] = []
    /// Those of them that have moved.
    var moved: [MovedRoot] = []

    /// None.
    init() {}

    /// The index at `path`, which may be of an earlier format. One that is too damaged to be opened tells nothing: being rebuilt is
    /// its only way on.
    ///
    /// - Throws: `ProfileError` when this version does not understand the profile of the index.
    init(at path: String, _ paths: [String]) throws {
        do {
            let former = try FormerDocuments(indexAt: path)
            settings = former.settings
            moved = MovedRoot.find(among: former.roots, paths: paths) { former.sources }
            roots = moved.applied(to: former.roots)
        } catch IndexError.corrupt, IndexError.notAnIndex, IndexError.foreignObject {
            return
        }
        profile = try settings?.profile(ofIndexAt: path)
    }
}
