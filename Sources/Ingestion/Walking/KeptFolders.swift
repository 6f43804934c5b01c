/// What the last walk saw of its folders, and which of them look otherwise now: a walk need not enter the others to find the same files
/// in them again.
///
/// A folder is entered all the same when it has something to say to others or in each run (``WalkSeal/Contents``), or when the rules of an
/// ignore file above it may have changed.
package struct KeptFolders: Sendable {
    private struct Known: Sendable {
        var folder: WalkSeal.Folder
        var isChanged: Bool
        /// Names of the folders in it that were entered, each with a slash at its end, in the order of a listing.
        var inner: [String] = []
    }

    private var known: [String: Known] = [:]

    /// Nil where a walk has to look at everything: what symbolic links lead to, or what was entered twice, may have other paths.
    package init?(_ seal: WalkSeal, changed: Set<String>) {
        guard !seal.hasLinks else { return nil }
        known.reserveCapacity(seal.folders.count)
        for folder in seal.folders {
            let entry = Known(folder: folder, isChanged: changed.contains(folder.path))
            guard known.updateValue(entry, forKey: folder.path) == nil else { return nil }
        }
        for folder in seal.folders {
            guard folder.path != "/", let slash = folder.path.lastIndex(of: "/") else { continue }
            let outer = slash == folder.path.startIndex ? "/" : String(folder.path[..<slash])
            known[outer]?.inner.append(folder.path[slash...].dropFirst() + "/")
        }
        for path in known.keys {
            known[path]?.inner.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// A folder that need not be entered, and the names of the folders in it, each with a slash at its end.
    func folder(at path: String) -> (folder: WalkSeal.Folder, inner: [String])? {
        guard let known = known[path], !known.isChanged, known.folder.contents.isEmpty else { return nil }
        return (known.folder, known.inner)
    }

    /// Whether the rules of ignore files in a folder may be others than they were.
    ///
    /// - Parameter hasRules: Whether there are such files in it now.
    func rulesMayDiffer(in path: String, hasRules: Bool) -> Bool {
        guard let known = known[path] else { return hasRules }
        return known.isChanged && (hasRules || known.folder.contents.contains(.rules))
    }
}
