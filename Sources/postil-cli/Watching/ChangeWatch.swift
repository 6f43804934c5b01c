import Postil
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the system tells of changes to files, as far as an index run may have to do with them.
///
/// It need not tell which file has changed: the run that follows looks at all of them.
protocol ChangeWatch: AnyObject {
    /// Can be read when something has happened.
    var descriptor: Int32 { get }
    /// Watches these places from now on, and no others. Returns whether a folder is among them that was not watched before:
    /// what came into it meanwhile has gone unnoticed.
    ///
    /// - Throws: ``CannotWatch`` when the system does not watch that much.
    func watch(_ places: WalkedPaths) throws(CannotWatch) -> Bool
    /// Takes what has happened up to now, and tells whether any of it may be worth a run.
    func takeChanges() -> Bool
}

/// The system does not tell of changes; somebody has to look.
struct CannotWatch: Error, CustomStringConvertible {
    /// Why, and the way out.
    var description: String
}

/// The names of an index file and of what lies beside it while it is written: a run changes them itself.
struct IndexFileNames: Sendable {
    private let name: String

    /// Those of the index at `path`.
    init(ofIndexAt path: String) { name = FilePath(path).lastComponent?.string ?? path }

    /// Whether a file of this name may be one of them, in whatever folder.
    func contains(_ file: String) -> Bool {
        file == name || file == name + ".lock" || file.hasPrefix(name + "-") || file.hasPrefix(name + ".building")
    }
}

extension IndexFileNames {
    /// What this system has to watch files with.
    func makeWatch() throws(CannotWatch) -> any ChangeWatch {
        #if os(Linux) || os(Android)
            try InotifyWatch(ignoring: self)
        #elseif os(macOS)
            EventStreamWatch(ignoring: self)
        #else
            throw CannotWatch(description: "this system does not tell of changes to files")
        #endif
    }
}
