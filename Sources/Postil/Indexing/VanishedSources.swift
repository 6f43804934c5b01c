import Documents
import IndexStore
import Ingestion

/// What an index run makes of sources that earlier runs read and it did not meet.
///
/// A source is gone when the run looked where it was and there is nothing. It stays when the place as a whole is missing or
/// empty (a volume that is not mounted), when it could not be looked at, and when its file is there but no longer chosen.
/// Where a folder has taken its file's place, the file is gone; where a file has taken a folder's, what the folder had stays.
/// One whose content stands under another path now has moved: the new source replaces it.
struct VanishedSources {
    /// Those to be removed.
    private(set) var gone: [IndexedSource] = []
    /// Those that stay, told in the report.
    private(set) var kept: [KeptDocuments] = []
    /// Folders and patterns of which nothing was met while all that earlier runs read there is gone.
    private(set) var emptied: [String] = []

    /// Decides on the sources that were not met.
    ///
    /// - Parameters:
    ///   - known: All sources of earlier runs, but for those of folders that were not entered.
    ///   - unseen: Those of them that this run did not meet.
    ///   - moved: Whether what a source was stands under another path now, which this run has met.
    ///   - prunes: Whether documents of missing and empty places and of files no longer chosen go as well.
    init(
        known: [IndexedSource], unseen: [IndexedSource], in inputs: WalkedInputs, prunes: Bool,
        moved: (IndexedSource) -> Bool, documentCount: (IndexedSource) throws -> Int
    ) throws {
        // A file that is there was met.
        let places = inputs.places.filter { !$0.isFile }
        let files = inputs.places.filter(\.isFile).map(\.path)
        var goneOf = [Int](repeating: 0, count: places.count)
        var keptAt: [String: Int] = [:]
        func keep(_ source: IndexedSource, at path: String, _ reason: KeptDocuments.Reason) throws {
            let documents = try documentCount(source)
            guard documents > 0 else { return }
            if let index = keptAt[reason == .notChosen ? "" : path] {
                kept[index].files += 1
                kept[index].documents += documents
            } else {
                keptAt[reason == .notChosen ? "" : path] = kept.count
                kept.append(KeptDocuments(path: path, files: 1, documents: documents, reason: reason))
            }
        }
        for source in Self.inOrder(unseen) {
            if moved(source) {
                gone.append(source)
                continue
            }
            guard let place = places.firstIndex(where: { $0.covers(source.path) }) else {
                guard let file = files.first(where: { IndexedRoot.covers(source.path, below: $0) }) else { continue }
                if prunes { gone.append(source) } else { try keep(source, at: file, .replaced) }
                continue
            }
            // What could not be looked at is not gone.
            guard places[place].isMissing || !inputs.skipped.contains(where: { Self.lies(source.path, in: $0.path) })
            else {
                continue
            }
            if places[place].fileCount == 0, !prunes {
                try keep(source, at: places[place].path, places[place].isMissing ? .missing : .empty)
                continue
            }
            switch FileStatus.presence(of: source.path) {
            case .absent:
                goneOf[place] += 1
                gone.append(source)
            // A folder of the file's name stands for it now: an archive that was unpacked, a note that grew.
            case .present where prunes || FileStatus.isFolder(source.path): gone.append(source)
            case .present: try keep(source, at: source.path, .notChosen)
            case .unknown: break
            }
        }
        for (place, count) in zip(places, goneOf)
        where count > 0 && place.keptCount == 0 && known.count(where: { place.covers($0.path) }) == count {
            emptied.append(place.path)
        }
    }

    /// By the bytes of their paths.
    private static func inOrder(_ sources: [IndexedSource]) -> [IndexedSource] {
        sources.map { ExactText($0.path) }.enumerated().sorted { $0.element < $1.element }.map { sources[$0.offset] }
    }

    private static func lies(_ path: String, in folder: String) -> Bool {
        path.utf8.starts(with: folder.utf8)
            && (path.utf8.count == folder.utf8.count
                || path.utf8.dropFirst(folder.utf8.count).first == UInt8(ascii: "/"))
    }
}

/// An index run would have removed so much that it stopped before it changed anything: all documents of a folder or of a file
/// that was named by itself, or more than a quarter of the index and at least ``smallestAlarm`` documents. ``IndexingRequest/prunes`` allows it.
public struct RemovalRefused: Error, Sendable, CustomStringConvertible {
    /// How many documents would have gone.
    public let documents: Int
    /// How many documents the index has.
    public let indexed: Int
    /// Where they were: folders and files of which nothing would be left, and up to three other files.
    public let places: [String]

    /// A quarter of fewer documents is what people delete in an afternoon.
    public static let smallestAlarm = 50

    /// What would have happened.
    public var description: String {
        let list = places.isEmpty ? "" : " (of \(places.joined(separator: ", ")))"
        return "this run would remove \(documents) of \(indexed) documents\(list); nothing was changed"
    }
}
