import SystemPackage

/// One walk below one folder.
///
/// Real folders are walked before the folders and files that only symbolic links lead to, and nothing is entered or taken
/// twice; so a loop ends, and a file is known by its real path where it has one in the folder.
struct FolderWalk {
    /// Absolute path of the folder.
    let root: String
    /// Takes only paths that match, when the walk serves a glob.
    let filter: GlobPattern?
    let formats: [String: DocumentFormat]
    let includesHidden: Bool

    private(set) var found = WalkedInputs()
    private var visited: Set<FileStatus.Identity> = []
    /// Real paths of those files taken that have several names: by its number such a file is not told from its hard links.
    private var takenNames: Set<String> = []
    /// The folders that hold the root.
    private var ancestors: Set<FileStatus.Identity> = []
    private var pending: [Folder] = []
    private var links: [Entry] = []

    private struct Folder {
        var relative: [Substring]
        var rules: IgnoreRules
        var isLinked = false
    }

    private struct Entry {
        var relative: [Substring]
        var status: FileStatus
        var rules: IgnoreRules
        /// Whether a symbolic link leads to it, or to a folder above it.
        var isLinked: Bool
    }

    init(root: String, filter: GlobPattern?, formats: [String: DocumentFormat], includesHidden: Bool) {
        self.root = root
        self.filter = filter
        self.formats = formats
        self.includesHidden = includesHidden
    }

    /// Walks; the files come sorted byte-wise by relative path.
    mutating func run() -> WalkedInputs {
        do {
            let identity = try FileStatus(of: root).identity
            visited.insert(identity)
            if FileStatus.isMadeUp(device: identity.device) {
                found.skipped.append(SkippedInput(path: root, reason: Self.madeUp))
                return found
            }
            var above = FilePath(root)
            while above.removeLastComponent() { ancestors.insert(try FileStatus(of: above.string).identity) }
        } catch {
            found.skipped.append(SkippedInput(path: root, reason: Self.explanation(of: error)))
            return found
        }
        pending.append(Folder(relative: [], rules: IgnoreRules(above: root, skipped: &found.skipped)))
        while true {
            if let folder = pending.popLast() {
                visit(folder)
            } else if !links.isEmpty {
                let entries = links
                links = []
                for entry in entries where isNew(entry) { take(entry) }
            } else {
                break
            }
        }
        found.files.sort { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
        return found
    }

    private var rootComponents: [Substring] { root.split(separator: "/") }

    private func path(of relative: [Substring]) -> String {
        relative.isEmpty ? root : (root == "/" ? "" : root) + "/" + relative.joined(separator: "/")
    }

    private mutating func visit(_ folder: Folder) {
        let path = path(of: folder.relative)
        found.folders.append(path)
        var rules = folder.rules
        let components = rootComponents + folder.relative
        rules.addFiles(of: path, depth: components.count, skipped: &found.skipped)
        let names: [String?]
        do {
            names = try FileStatus.names(in: path)
        } catch {
            found.skipped.append(SkippedInput(path: path, reason: Self.explanation(of: error)))
            return
        }
        // Folders within a mail folder are hidden ones beside its messages: `.Sent`.
        let isMaildir = names.contains("cur") && names.contains("new")
        for name in names {
            guard let name else {
                let reason = "holds a file whose name is not UTF-8; rename it to have it read"
                found.skipped.append(SkippedInput(path: path, reason: reason))
                continue
            }
            if name == ".git" { continue }
            let relative = folder.relative + [name[...]]
            let link: FileStatus
            let status: FileStatus
            do {
                link = try FileStatus(of: path + "/" + name, followingLinks: false)
                status = link.kind == .link ? try FileStatus(of: path + "/" + name) : link
            } catch {
                let reason =
                    error == .noSuchFileOrDirectory ? "leads nowhere (broken link)" : Self.explanation(of: error)
                found.skipped.append(SkippedInput(path: path + "/" + name, reason: reason))
                continue
            }
            switch rules.verdict(on: components + [name[...]], isFolder: status.kind == .folder) {
            case .ignored: continue
            case .unmentioned where name.hasPrefix(".") && !includesHidden && !(isMaildir && status.kind == .folder):
                continue
            case .included, .unmentioned: break
            }
            let entry = Entry(
                relative: relative, status: status, rules: rules, isLinked: link.kind == .link || folder.isLinked)
            if link.kind == .link {
                links.append(entry)
            } else if isNew(entry) || status.kind == .file && !folder.isLinked {
                // Hard links are files of their own: only folders can loop.
                take(entry)
            }
        }
    }

    /// Whether a file or folder has not been met, by whatever path; it has been from now on.
    private mutating func isNew(_ entry: Entry) -> Bool {
        let isFirst = visited.insert(entry.status.identity).inserted
        guard entry.status.kind == .file, entry.status.linkCount > 1,
            let real = FileStatus.real(path(of: entry.relative))
        else { return isFirst }
        return takenNames.insert(real).inserted
    }

    private mutating func take(_ entry: Entry) {
        switch entry.status.kind {
        case .folder:
            if let reason = reasonNotToEnter(entry) {
                found.skipped.append(SkippedInput(path: path(of: entry.relative), reason: reason))
                return
            }
            pending.append(Folder(relative: entry.relative, rules: entry.rules, isLinked: entry.isLinked))
        case .file:
            guard let name = entry.relative.last else { return }
            let isNamed = filter?.matches(entry.relative) ?? false
            if let filter, !isNamed, !Self.matchesParent(of: entry.relative, filter) { return }
            var format =
                DocumentFormat.named(byFile: name, additional: formats)
                ?? DocumentFormat.named(byPlace: path(of: entry.relative))
            if format == nil, !name.contains(".") { format = MailboxFormat.format(ofFile: path(of: entry.relative)) }
            if format == nil, !isNamed {
                let suffix = DocumentFormat.fileExtension(of: name)
                if !Self.indexExtensions.contains(suffix), !name.hasSuffix(".db.lock") {
                    found.otherExtensions[suffix, default: 0] += 1
                }
                return
            }
            found.files.append(
                InputFile(
                    path: path(of: entry.relative), relativePath: entry.relative.joined(separator: "/"),
                    status: entry.status, isLinked: entry.isLinked, format: format))
        case .link, .other:
            // Sockets, pipes and devices in a folder are never what was meant.
            return
        }
    }

    /// Levels of folders that are entered. A tree that people keep has a dozen; each level costs all above it.
    static let maximumDepth = 256

    private static let madeUp = "is made up by the system, and holds no documents"

    private func reasonNotToEnter(_ folder: Entry) -> String? {
        if folder.relative.count > Self.maximumDepth {
            return "is nested deeper than \(Self.maximumDepth) folders; name it to have it read"
        }
        if ancestors.contains(folder.status.identity) {
            return "leads to a folder that holds this one, and was not followed"
        }
        if FileStatus.isMadeUp(device: folder.status.identity.device) {
            return Self.madeUp
        }
        return nil
    }

    /// Of index files and what stands beside them: they lie in the folder that they index as often as not, and hold no text.
    private static let indexExtensions: Set = ["db", "db-shm", "db-wal", "building"]

    private static func matchesParent(of path: [Substring], _ filter: GlobPattern) -> Bool {
        (1..<max(1, path.count)).contains { filter.matches(path.prefix($0)) }
    }

    /// What went wrong, with the way out.
    static func explanation(of error: Errno) -> String {
        switch error {
        case .permissionDenied: return "cannot be read: permission denied"
        case .noSuchFileOrDirectory: return "does not exist"
        default: return "cannot be read: \(error)"
        }
    }
}
