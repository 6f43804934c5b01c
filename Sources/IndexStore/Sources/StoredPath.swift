import Documents
import Foundation

/// How an index stores paths: relative to its own folder where they lie in it, so that folder and index can move together.
///
///     index /home/ada/notes/postil.db, file /home/ada/notes/2019/a.md  ->  ./2019/a.md
///     the folder /home/ada/notes itself                                ->  .
///     file /mnt/letters/b.txt                                          ->  /mnt/letters/b.txt
///     standard input                                                   ->  -
package struct StoredPath: Sendable {
    /// Absolute path of the index's folder, without a slash at its end; empty for the root folder.
    private let folder: String
    /// With a slash at its end.
    private let beginning: ExactText

    /// For the index at `path`, which may be relative to the current folder. Where that is a symbolic link, the file it leads to counts.
    package init(indexAt path: String) {
        let path = followingLinks(path)
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [Substring] = []
        for part in absolute.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        folder = parts.dropLast().map { "/" + $0 }.joined()
        beginning = ExactText(folder + "/")
    }

    /// The stored form of an absolute path.
    package func stored(_ path: String) -> String {
        if ExactText(path) == ExactText(folder) { return "." }
        guard ExactText(path).hasPrefix(beginning) else { return path }
        return path.withUTF8Bytes { path in
            let rest = path.dropFirst(folder.utf8.count)
            return String(unsafeUninitializedCapacity: 1 + rest.count) { room in
                room[0] = UInt8(ascii: ".")
                return room[1...].initialize(fromContentsOf: rest)
            }
        }
    }

    /// The path of a stored form.
    package func path(of stored: String) -> String {
        var stored = stored
        return stored.withUTF8 { path(of: UnsafeRawBufferPointer($0)) }
    }

    /// The path of the bytes of a stored form.
    func path(of stored: UnsafeRawBufferPointer) -> String {
        if stored.elementsEqual(".".utf8) { return folder.isEmpty ? "/" : folder }
        guard stored.starts(with: "./".utf8) else { return String(decoding: stored, as: UTF8.self) }
        let rest = stored.dropFirst()
        // Paths are of one piece each: an index run makes one for each of its files.
        return String(unsafeUninitializedCapacity: folder.utf8.count + rest.count) { room in
            let end = room.initialize(fromContentsOf: folder.utf8)
            return room[end...].initialize(fromContentsOf: rest)
        }
    }

    /// The path of a stored form in SQL, given an expression for that.
    func sql(_ expression: String) -> String {
        let quoted = folder.replacing("'", with: "''")
        return
            "CASE WHEN substr(\(expression), 1, 2) = './' THEN '\(quoted)' || substr(\(expression), 2) ELSE \(expression) END"
    }
}

extension DocumentFilter {
    /// The same condition with paths of sources as the index stores them.
    func storing(_ paths: StoredPath) -> DocumentFilter {
        switch self {
        case .words(.source, let path, let isBeginning):
            .words(.source, paths.stored(path), isBeginning: isBeginning)
        case .named(let name): .named(name.storing(paths))
        case .all(let parts): .all(parts.map { $0.storing(paths) })
        case .any(let parts): .any(parts.map { $0.storing(paths) })
        case .not(let part): .not(part.storing(paths))
        default: self
        }
    }
}

extension PastedName {
    /// The same name with its path as the index stores it.
    fileprivate func storing(_ paths: StoredPath) -> PastedName {
        var name = self
        name.path = path.map(paths.stored)
        return name
    }
}
