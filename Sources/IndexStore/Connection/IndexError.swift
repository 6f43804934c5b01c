/// What can go wrong with an index file, each with the place.
public enum IndexError: Error, Sendable, Hashable {
    /// There is no file at the path.
    case notFound(path: String)
    /// There is a file already where a new index was asked for.
    case alreadyExists(path: String)
    /// The file is not a Postil index; it was not changed.
    case notAnIndex(path: String, reason: String)
    /// The file was written by a newer Postil.
    case newerFormat(path: String, found: Int, known: Int)
    /// The file was written by an older Postil, in a format that is no longer read.
    case olderFormat(path: String, found: Int, known: Int)
    /// The inverted index is in a format of FTS5 that this SQLite does not read; the documents are as they were.
    case newerFTS5(path: String, sqlite: String)
    /// The file cannot be read or opened.
    case unreadable(path: String, reason: String)
    /// The index was built with another analyzer than the one asked for (or than this version makes).
    case analyzerMismatch(path: String, built: String, wanted: String)
    /// Another process is writing to the index.
    case busy(path: String)
    /// Another process is building the index.
    case beingBuilt(path: String)
    /// Another index has come into the place of the one that was opened.
    case replaced(path: String)
    /// The file has something in it that could run, which Postil did not make; nothing of it was run.
    case foreignObject(path: String, kind: String, name: String)
    /// The index, or the folder it lies in, cannot be written to.
    case readOnly(path: String)
    /// Files that SQLite needs beside the index belong to somebody else, whose program left them there.
    case lockedOut(path: String, files: [String])
    /// Writing failed for another reason than a lack of room: a failing disk, or a limit on the size of files.
    case writeFailed(path: String, reason: String)
    /// There is no room left on the disk.
    case diskFull(path: String)
    /// A record of the index does not make sense.
    case corrupt(path: String, table: String, rowID: Int64?, reason: String)
    /// SQLite reported something else.
    case database(path: String, code: Int32, message: String, sql: String?)
}

extension IndexError: CustomStringConvertible {
    /// What is wrong, and where. What to do about it depends on the program, which can tell by the case.
    public var description: String {
        switch self {
        case .notFound(let path): "\(path): no such index"
        case .alreadyExists(let path): "\(path): exists already"
        case .notAnIndex(let path, let reason): "\(path): not a Postil index (\(reason)); the file was left as it is"
        case .newerFormat(let path, let found, let known):
            "\(path): written in format \(found), this version of Postil knows up to \(known)"
        case .olderFormat(let path, let found, let known):
            "\(path): written in format \(found) by an older Postil, this version writes \(known)"
        case .newerFTS5(let path, let sqlite):
            "\(path): its inverted index is in a format of FTS5 that SQLite \(sqlite) does not read"
        case .unreadable(let path, let reason): "\(path): cannot be opened: \(reason)"
        case .analyzerMismatch(let path, let built, let wanted):
            "\(path) was built with analyzer \(built), not \(wanted)"
        case .busy(let path): "\(path): in use by another process that is writing to it"
        case .beingBuilt(let path): "\(path): another process is building it"
        case .replaced(let path): "\(path): another process has built it anew meanwhile"
        case .foreignObject(let path, let kind, let name):
            "\(path): has a \(kind) “\(name)” that Postil did not make; nothing of it was run"
        case .readOnly(let path): "\(path): cannot be written to"
        case .lockedOut(let path, let files):
            "\(path): cannot be written to, because \(files.joined(separator: " and ")) beside it "
                + (files.count == 1 ? "is" : "are") + " another user's"
        case .writeFailed(let path, let reason):
            "\(path): writing failed (\(reason)); the index is as it was before"
        case .diskFull(let path): "\(path): no space left on the disk; the index is as it was before"
        case .corrupt(let path, let table, let rowID, let reason):
            "\(path): damaged (table \(table)\(rowID.map { ", row \($0)" } ?? ""): \(reason))"
        case .database(let path, let code, let message, let sql):
            "\(path): SQLite error \(code): \(message)\(sql.map { " (in \($0))" } ?? "")"
        }
    }
}
