import IndexStore
import Ingestion

/// What ``Index/update(with:progress:)`` and ``Index/rebuild(at:with:progress:)`` index, and how.
public struct IndexingRequest: Sendable {
    /// Files, folders and globs; `-` is standard input. None stands for all that the index remembers.
    public var paths: [String]
    /// Places that a collection says it consists of, each with its profile. A run without ``paths`` goes through them as well, and
    /// one of a path reads it as they say.
    public var declaredPlaces: [DeclaredPlace] = []
    /// How they are read; nil for the profile that each is remembered with. A place that is new is then read with the default one, or
    /// by ``Index/update(with:progress:)`` with that of the index.
    public var profile: Profile?
    /// Finds a profile that may have been edited since it was remembered; nil keeps what is remembered.
    public var findsProfile: (@Sendable (String) throws -> Profile?)?
    /// What standard input is called; nil for `stdin`.
    public var name: String?
    /// The analyzer of a new index; nil for the profile's, or that of the index which is built anew with its own profile.
    public var analyzer: String?
    /// How a new index stores texts; nil for the profile's way, or that of the index which is built anew with its own profile.
    public var compression: TextCompression?
    /// Whether documents stay whose source is gone.
    public var keepsMissing: Bool
    /// Whether documents go whose folder is missing or empty, or whose file is no longer chosen, and whether a run may remove
    /// most of the index; see ``RemovalRefused``.
    public var prunes: Bool
    /// Whether the run only finds out what it would do: it reads everything and then forgets it.
    public var isDryRun: Bool
    /// How large inputs may be.
    public var limits: ReadingLimits
    /// Bytes that the buffers of a bulk load may take.
    public var memory: Int
    /// Threads that read and analyse; 0 for one for each core.
    public var threads: Int
    /// How long the run waits for others who are changing or building the index.
    public var patience = Patience.short
    /// Is told where the run looked, before it reads any file.
    package var hasWalked: (@Sendable (WalkedPaths) -> Void)?

    /// Creates a request with the usual settings.
    public init(
        paths: [String] = [], profile: Profile? = nil, analyzer: String? = nil, compression: TextCompression? = nil,
        keepsMissing: Bool = false, prunes: Bool = false, isDryRun: Bool = false,
        limits: ReadingLimits = ReadingLimits(), memory: Int = 512 << 20, threads: Int = 0
    ) {
        self.paths = paths
        self.profile = profile
        self.analyzer = analyzer
        self.compression = compression
        self.keepsMissing = keepsMissing
        self.prunes = prunes
        self.isDryRun = isDryRun
        self.limits = limits
        self.memory = memory
        self.threads = threads
    }
}

/// A file, folder or glob that belongs to a collection, with what reads it.
public struct DeclaredPlace: Sendable {
    /// The path, absolute or from the current folder on.
    public var path: String
    /// How it is read; nil as if it had been named without a profile. It is stronger than the request's profile.
    public var profile: Profile?

    /// Describes a place.
    public init(path: String, profile: Profile? = nil) {
        self.path = path
        self.profile = profile
    }
}
