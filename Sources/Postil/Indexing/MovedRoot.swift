import IndexStore
import Ingestion

/// A root that has another path now: it, or a folder around it, was renamed or moved.
///
/// Its files are then known under their new paths, as if they had always been there. They are not read again unless they
/// have changed, and one that was deleted meanwhile is missed where it would be now.
struct MovedRoot: Sendable, Hashable {
    let old: String
    let new: String

    /// The path of what had another one before the move; nil for what did not move.
    func newPath(of path: String) -> String? {
        if path.utf8.elementsEqual(old.utf8) { return new }
        guard IndexedRoot.covers(path, below: old) else { return nil }
        return new + String(decoding: path.utf8.dropFirst(old.utf8.count), as: UTF8.self)
    }

    /// Finds the roots that have moved: all of them, when a run goes through all that the index remembers, else those that are
    /// at the paths which it was given.
    ///
    /// - Complexity: Looks at each root. Nothing more, unless one is not there.
    static func find(
        among roots: [IndexedRoot], paths: [String], sources: () throws -> [IndexedSource]
    ) rethrows -> [MovedRoot] {
        var found: [MovedRoot] = []
        for root in roots.sorted(by: { $0.path.utf8.count < $1.path.utf8.count }) {
            guard !root.isPattern, root.path.hasPrefix("/"), FileStatus.presence(of: root.path) == .absent,
                !found.contains(where: { $0.newPath(of: root.path) != nil })
            else { continue }
            let files = try sources().compactMap { RememberedFile($0, below: root) }
            let place = MovedPlace(path: root.path, files: files)
            let new =
                paths.isEmpty
                ? place.afterRenaming()
                : paths.lazy.map(FileStatus.absolute)
                    .filter { path in !roots.contains { $0.covers(path) } }.compactMap(place.within).first
            if let new { found.append(MovedRoot(old: root.path, new: new)) }
        }
        return found
    }
}

extension [MovedRoot] {
    /// The roots as they are now. What lies in one that has moved has moved with it.
    func applied(to roots: [IndexedRoot]) -> [IndexedRoot] {
        roots.map { root in
            var root = root
            root.path = newPath(of: root.path) ?? root.path
            return root
        }
    }

    /// The sources as they are now.
    func applied(to sources: [IndexedSource]) -> [IndexedSource] {
        isEmpty
            ? sources
            : sources.map { source in
                var source = source
                source.path = newPath(of: source.path) ?? source.path
                return source
            }
    }

    private func newPath(of path: String) -> String? { lazy.compactMap { $0.newPath(of: path) }.first }
}

extension RememberedFile {
    /// A source of a root; nil for one that is none, or was not read to its end.
    fileprivate init?(_ source: IndexedSource, below root: IndexedRoot) {
        guard root.covers(source.path), source.hash.count == 8 else { return nil }
        self.init(
            subpath: String(decoding: source.path.utf8.dropFirst(root.path.utf8.count), as: UTF8.self),
            size: source.size, modificationTime: source.modified, node: UInt64(bitPattern: source.node),
            contentHash: source.hash.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
