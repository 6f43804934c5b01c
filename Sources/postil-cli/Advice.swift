import Foundation
import Postil
import SystemPackage

/// What a person at the command line can do about what the library reports, which states facts only.
enum Advice {
    /// The way out of an error; nil where there is none to name.
    static func about(_ error: any Error) -> String? {
        if let error = error as? NothingToIndex, error.skipped.isEmpty {
            return "name its files and folders; `postil check --repair` may still find documents in it"
        }
        if error is RemovalRefused { return "if they are meant to go, run it again with --prune" }
        if error is QueryMisread { return "write it so that it has no hint; `postil search` shows what it finds" }
        if error is RootsLeftOut {
            return "name all places, or none to build all of them anew; --prune leaves the others out"
        }
        return switch error as? IndexError {
        case .notFound(let path): aboutMissing(path)
        case .alreadyExists: "choose another name, or build it anew with `postil index --rebuild`"
        case .notAnIndex: "name another one with -i"
        case .newerFormat: "use a newer Postil"
        case .olderFormat: "`postil index --rebuild` builds it anew from the documents in it"
        case .newerFTS5: "use Postil with a newer SQLite, or rebuild the index with `postil index --rebuild`"
        case .unreadable: "check that its folder exists, and the permissions of both"
        case .analyzerMismatch: "rebuild with `postil index --rebuild`"
        case .busy, .beingBuilt: "try again when it has finished, or wait longer with --wait SECONDS"
        case .replaced: "run the command again"
        case .foreignObject:
            "remove it with SQLite's own shell if it is yours, or make an index of your own from the sources"
        case .readOnly: "check the permissions of the file and its folder, or name another one with -i"
        case .lockedOut(_, let files):
            "when nobody uses the index, have them or an administrator give you these files: `chown USER \(files.joined(separator: " "))`"
        case .writeFailed: "check the disk, and the limit on the size of files (`ulimit -f`)"
        case .diskFull: "free some space and run the command again"
        case .corrupt:
            "`postil check --repair` mends what it can, `postil index --rebuild` makes the index anew"
        case .database, nil: nil
        }
    }

    /// The way to an index that is not there: none can be made in a folder that is not there either.
    private static func aboutMissing(_ path: String) -> String {
        let folder = FilePath(path).removingLastComponent()
        let isThere = folder.isEmpty || FileManager.default.fileExists(atPath: folder.string)
        return isThere
            ? "create it with `postil index PATH… -i \(path)`" : "there is no folder \(folder); make it first"
    }

    /// What to do to get what an index run could not do as it was asked.
    static func about(_ notice: IndexingNotice) -> String? {
        switch notice {
        case .compressionKept(_, let wanted): "for \(wanted.rawValue), build it anew with `postil index --rebuild`"
        case .rankingChanged, .placeMoved: nil
        case .olderFormat(_, _, _, let remembersPlaces):
            remembersPlaces ? nil : "it remembers no places: name them once to `postil index`"
        case .documentsLost: "`postil check` looks for further damage"
        }
    }
}
