import IndexStore
import Ingestion

/// What an index run did.
public struct IndexingReport: Sendable {
    /// Documents that were new.
    public internal(set) var added = 0
    /// Documents whose text or fields had changed.
    public internal(set) var updated = 0
    /// Documents that are as they were.
    public internal(set) var unchanged = 0
    /// Documents that are gone.
    public internal(set) var removed = 0
    /// Files and records that could not be read, with the reason.
    public internal(set) var skipped: [SkippedInput] = []
    /// Paths of the files in ``skipped`` of which nothing became a document: they may not be meant for the profile.
    public internal(set) var failed: Set<String> = []
    /// Remarks on inputs that were read, but not as they stood.
    public internal(set) var warnings: [SkippedInput] = []
    /// Documents that stay though their files were not found.
    public internal(set) var kept: [KeptDocuments] = []
    /// What the run did otherwise than a user might expect.
    public internal(set) var notices: [IndexingNotice] = []
    /// Files in folders that were passed over because their extension is of no known format, by extension (lower case, without
    /// the dot; empty for none).
    public internal(set) var passedOver: [String: Int] = [:]
    /// Paths of the files whose documents came, changed or went: the first ``namedFiles`` of them.
    package internal(set) var files: [String] = []
    /// How many files that were.
    package internal(set) var fileCount = 0
    /// Documents in the index after the run.
    public internal(set) var documents = 0
    /// Bytes of the titles and bodies that were read.
    public internal(set) var textBytes: Int64 = 0
    /// How long it took.
    public internal(set) var seconds = 0.0
    /// Size of the index file after the run.
    public internal(set) var indexBytes: Int64 = 0
    /// Seconds spent in each stage, added up over threads; stages that the run did not need are missing.
    public internal(set) var stages: [IndexingStage: Double] = [:]

    /// Files that are named: as many as the skipped records of one file are.
    package static let namedFiles = SkipList.maximumCount

    /// Counts a file whose documents came, changed or went.
    mutating func note(file path: String) {
        fileCount += 1
        if files.count < Self.namedFiles { files.append(path) }
    }

    /// Documents that came, changed or went.
    package var changes: Int { added + updated + removed }
}

/// Something about an index that a run changed, or did not change, though its request might be read otherwise.
public enum IndexingNotice: Sendable, Hashable, CustomStringConvertible {
    /// Texts go on being stored as when the index was made.
    case compressionKept(stored: TextCompression, wanted: TextCompression)
    /// The profile that the index was made with ranks otherwise now, and so does the index. Nothing was read for that.
    case rankingChanged(profile: String)
    /// The index that was built anew was of an earlier format; so many of its documents came from it and not from their files.
    case olderFormat(Int, taken: Int, of: Int, remembersPlaces: Bool)
    /// A folder or file was renamed or moved, and is followed. What has not changed in it was not read again.
    case placeMoved(from: String, to: String)
    /// Another program had deleted rows of documents. Their files (nil: all of them) were read again, as far as they are there;
    /// documents that came from no file do not come back.
    case documentsLost(count: Int, files: [String]?)

    /// What happened.
    public var description: String {
        switch self {
        case .compressionKept(let stored, _):
            "texts go on being stored with compression \(stored.rawValue), as when the index was made"
        case .rankingChanged(let profile):
            "the ranking settings of profile \(profile) have changed, and now hold; no text had to be read for that"
        case .olderFormat(let format, let taken, let all, _):
            "the index was of format \(format); \(taken) of its \(all) documents were taken over from it"
        case .placeMoved(let old, let new): "\(old) was moved to \(new)"
        case .documentsLost(let count, let files):
            "\(count) \(count == 1 ? "document was" : "documents were") gone from the index without Postil's doing; "
                + Self.read(again: files)
        }
    }
}

extension IndexingNotice {
    /// The first three of the files by their paths.
    private static func read(again files: [String]?) -> String {
        guard let files else { return "read again: all files" }
        guard !files.isEmpty else { return "they came from no file, which could be read again" }
        let rest = files.count > 3 ? " and \(files.count - 3) more" : ""
        return "read again: \(files.prefix(3).joined(separator: ", "))\(rest)"
    }
}

/// What an index run spends its time on, in the order a document passes it.
public enum IndexingStage: String, Sendable, Hashable, CaseIterable {
    /// Reading files and parsing records.
    case read
    /// Deciding how texts are compressed, and compressing them.
    case pack
    /// Turning text into terms.
    case analyse
    /// Sorting occurrences by term.
    case invert
    /// Storing the documents' rows.
    case write
    /// Writing segments and score grids from the inverted runs.
    case merge
    /// Handing documents to FTS5, when they are few or the analyzer is its own.
    case index
    /// The commit, and waiting for the disk.
    case sync
}

/// How far an index run has come.
public struct IndexingProgress: Sendable {
    /// Files dealt with.
    public internal(set) var filesDone = 0
    /// Files there are.
    public internal(set) var filesTotal = 0
    /// Documents read.
    public internal(set) var documents = 0
    /// Bytes of their titles and bodies.
    public internal(set) var textBytes: Int64 = 0
    /// The file being read.
    public internal(set) var currentPath = ""
}
