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
    /// The index that is written.
    let index: IndexPlace?
    /// Folders that need not be entered.
    let kept: KeptFolders?

    private(set) var found = WalkedInputs()
    private var visited: Set<FileStatus.Identity> = []
    /// Real paths of those files taken that have several names: by its number such a file is not told from its hard links.
    private var takenNames: Set<String> = []
    /// The folders that hold the root.
    private var ancestors: Set<FileStatus.Identity> = []
    /// Folders that are to be entered.
    private var pending: [Folder] = []
    /// What was taken of each folder that was entered by its own path.
    private var contents: [[Part]] = []
    /// Files taken that symbolic links lead to.
    private var linkedFiles: [InputFile] = []
    private var links: [Link] = []
    /// Files and folders passed over so far.
    private var passedOver = 0
    /// The extension of the last file that had one, with its dot, and what it tells.
    private var usual: (ending: String, format: DocumentFormat)?

    private struct Folder {
        /// Absolute, with a slash at its end.
        var path: String
        /// Below the root, with a slash at its end; empty for the root.
        var relativePath: String
        var depth: Int
        var rules: IgnoreRules
        /// Its place in ``FolderWalk/contents``; nil where symbolic links lead to it.
        var number: Int?
        /// Whether the rules of ignore files above are what they were.
        var isKeepable = true

        /// The path that it is known by.
        var place: String { path.utf8.count == 1 ? path : String(path.dropLast()) }
    }

    /// Something that symbolic links lead to.
    private struct Link {
        var item: FolderListing.Item
        /// The folder that it lies in.
        var folder: Folder
    }

    /// Something that a folder holds.
    private enum Part {
        case file(InputFile)
        /// A folder, by its place in ``FolderWalk/contents``.
        case folder(Int)
    }

    init(
        root: String, filter: GlobPattern?, formats: [String: DocumentFormat], includesHidden: Bool, index: IndexPlace?,
        kept: KeptFolders?
    ) {
        self.root = root
        self.filter = filter
        self.formats = formats
        self.includesHidden = includesHidden
        self.index = index
        self.kept = kept
    }

    /// Walks; the files come sorted byte-wise by relative path.
    mutating func run() -> WalkedInputs {
        do {
            let identity = try FileStatus(of: root).identity
            visited.insert(identity)
            if FileStatus.isMadeUp(device: identity.device) {
                found.seal.add(name: root)
                found.skipped.append(SkippedInput(path: root, reason: Self.madeUp))
                return found
            }
            var above = FilePath(root)
            while above.removeLastComponent() { ancestors.insert(try FileStatus(of: above.string).identity) }
        } catch {
            found.seal.add(name: root, .failure(error))
            found.skipped.append(SkippedInput(path: root, reason: Self.explanation(of: error)))
            return found
        }
        let rules = IgnoreRules(above: root, skipped: &found.skipped, seal: &found.seal)
        contents.append([])
        pending.append(
            Folder(path: root == "/" ? root : root + "/", relativePath: "", depth: 0, rules: rules, number: 0))
        while true {
            if !pending.isEmpty {
                // All folders of one depth together, so that several threads can look at them.
                let folders = takePending()
                for (folder, listing) in zip(folders, FolderListing.all(of: folders.map(\.path), apartFrom: index)) {
                    visit(folder, listing)
                }
            } else if !links.isEmpty {
                let found = links
                links = []
                for link in found where isNew(link.item, in: link.folder) {
                    take(link.item, in: link.folder, isLinked: true)
                }
            } else {
                break
            }
        }
        gather(0)
        if !linkedFiles.isEmpty {
            found.files += linkedFiles
            found.files.sort { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
        }
        return found
    }

    /// Puts the files below a folder that was entered in the order of their paths, which its listing has. Folders are no deeper than
    /// ``maximumDepth``.
    private mutating func gather(_ folder: Int) {
        let parts = contents[folder]
        contents[folder] = []
        for part in parts {
            switch part {
            case .file(let file): found.files.append(file)
            case .folder(let number): gather(number)
            }
        }
    }

    /// The folders that are to be listed; those that need not be are passed through.
    private mutating func takePending() -> [Folder] {
        var listed: [Folder] = []
        while !pending.isEmpty {
            let folders = pending
            pending = []
            for folder in folders {
                guard folder.isKeepable, let known = kept?.folder(at: folder.place) else {
                    listed.append(folder)
                    continue
                }
                found.kept.append(known.folder)
                found.seal.add(known.folder)
                for name in known.inner { enter(name, in: folder, isLinked: false) }
            }
        }
        return listed
    }

    private mutating func visit(_ folder: Folder, _ listing: Result<FolderListing, Errno>) {
        let held: FolderListing
        do throws(Errno) {
            held = try listing.get()
        } catch {
            found.seal.add(folder: folder.place, listing, contents: .remarks)
            found.skipped.append(SkippedInput(path: folder.place, reason: Self.explanation(of: error)))
            return
        }
        var folder = folder
        let depth = rootDepth + folder.depth
        let remarksBefore = passedOver + found.skipped.count
        var about: WalkSeal.Contents = []
        let ignoreFiles = IgnoreRules.fileNames.filter { name in held.items.contains { $0.name == name } }
        if !ignoreFiles.isEmpty { about.insert(.rules) }
        if kept?.rulesMayDiffer(in: folder.place, hasRules: !ignoreFiles.isEmpty) ?? false { folder.isKeepable = false }
        folder.rules.addFiles(of: folder.place, depth: depth, names: ignoreFiles, skipped: &found.skipped)
        for name in held.unreadableNames {
            let reason = "holds “\(name)”, a name that is not UTF-8; rename it to have it read"
            found.skipped.append(SkippedInput(path: folder.place, reason: reason))
        }
        for unseen in held.unseen {
            let reason =
                unseen.error == .noSuchFileOrDirectory
                ? "leads nowhere (broken link)" : Self.explanation(of: unseen.error)
            found.skipped.append(SkippedInput(path: folder.path + unseen.name, reason: reason))
        }
        // Folders within a mail folder are hidden ones beside its messages: `.Sent`.
        let isMaildir = ["cur", "new"].allSatisfy { name in held.items.contains { $0.name == name } }
        for item in held.items {
            let isFolder = item.status.kind == .folder
            switch folder.rules.verdict(on: item.name, in: folder.path, isFolder: isFolder) {
            case .ignored: continue
            case .unmentioned where item.name.hasPrefix(".") && !includesHidden && !(isMaildir && isFolder): continue
            case .unmentioned where !isFolder && item.name.hasPrefix(Self.openMark): continue
            case .included, .unmentioned: break
            }
            if item.isLink {
                links.append(Link(item: item, folder: folder))
            } else if isNew(item, in: folder) || !isFolder && folder.number != nil {
                // Hard links are files of their own: only folders can loop.
                take(item, in: folder, isLinked: folder.number == nil)
            }
        }
        if held.items.contains(where: \.isLink) { about.insert(.links) }
        if passedOver + found.skipped.count > remarksBefore { about.insert(.remarks) }
        let files = folder.number.map { contents[$0].count { if case .file = $0 { true } else { false } } }
        found.seal.add(folder: folder.place, listing, fileCount: files ?? 0, contents: about)
    }

    /// How many folders the root lies in, with itself.
    private var rootDepth: Int { root.utf8.count { $0 == UInt8(ascii: "/") } - (root == "/" ? 1 : 0) }

    /// Whether a file or folder has not been met, by whatever path; it has been from now on.
    private mutating func isNew(_ item: FolderListing.Item, in folder: Folder) -> Bool {
        let isFirst = visited.insert(item.status.identity).inserted
        guard item.status.kind == .file, item.status.linkCount > 1, let real = FileStatus.real(folder.path + item.name)
        else { return isFirst }
        return takenNames.insert(real).inserted
    }

    /// Takes what is wanted of what lies in a folder.
    ///
    /// - Parameter isLinked: Whether a symbolic link leads to it, or to a folder above it.
    private mutating func take(_ item: FolderListing.Item, in folder: Folder, isLinked: Bool) {
        switch item.status.kind {
        case .folder:
            let path = folder.path + item.name
            if let reason = reasonNotToEnter(item.status, depth: folder.depth + 1) {
                found.skipped.append(SkippedInput(path: path, reason: reason))
                return
            }
            enter(item.name + "/", in: folder, isLinked: isLinked)
        case .file:
            let relativePath = folder.relativePath + item.name
            var isNamed = false
            if let filter {
                let components = relativePath.split(separator: "/")
                isNamed = filter.matches(components)
                if !isNamed, !Self.matchesParent(of: components, filter) { return }
            }
            let path = folder.path + item.name
            let format = format(of: item.name, at: path)
            if format == nil, !isNamed {
                let suffix = DocumentFormat.fileExtension(of: item.name)
                if !Self.indexExtensions.contains(suffix), !item.name.hasSuffix(".db.lock") {
                    found.otherExtensions[suffix, default: 0] += 1
                    passedOver += 1
                }
                return
            }
            let file = InputFile(
                path: path, relativePath: relativePath, status: item.status, isLinked: isLinked, format: format)
            if !isLinked, let number = folder.number {
                contents[number].append(.file(file))
            } else {
                linkedFiles.append(file)
            }
        case .link, .other:
            // Sockets, pipes and devices in a folder are never what was meant.
            return
        }
    }

    /// Has a folder entered that lies in another one, by its name with a slash at its end.
    private mutating func enter(_ name: String, in folder: Folder, isLinked: Bool) {
        var inner = Folder(
            path: folder.path + name, relativePath: folder.relativePath + name, depth: folder.depth + 1,
            rules: folder.rules, isKeepable: folder.isKeepable)
        if !isLinked, let number = folder.number {
            inner.number = contents.count
            contents[number].append(.folder(contents.count))
            contents.append([])
        }
        pending.append(inner)
    }

    /// The format that a file's name tells, or its place.
    private mutating func format(of name: String, at path: String) -> DocumentFormat? {
        // Nearly all files of a folder have one extension.
        if let usual, name.utf8.count > usual.ending.utf8.count, name.hasSuffix(usual.ending) { return usual.format }
        let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        if let format = DocumentFormat.named(byFile: name, additional: formats) {
            if let dot, !DocumentFormat.compressions.contains(name[dot...].dropFirst().lowercased()) {
                usual = (String(name[dot...]), format)
            }
            return format
        }
        if let format = DocumentFormat.named(byPlace: path) { return format }
        return dot == nil ? MailboxFormat.format(ofFile: path) : nil
    }

    /// Levels of folders that are entered. A tree that people keep has a dozen; each level costs all above it.
    static let maximumDepth = 256

    private static let madeUp = "is made up by the system, and holds no documents"

    private func reasonNotToEnter(_ status: FileStatus, depth: Int) -> String? {
        if depth > Self.maximumDepth {
            return "is nested deeper than \(Self.maximumDepth) folders; name it to have it read"
        }
        if ancestors.contains(status.identity) {
            return "leads to a folder that holds this one, and was not followed"
        }
        if FileStatus.isMadeUp(device: status.identity.device) {
            return Self.madeUp
        }
        return nil
    }

    /// How the names begin of files that Office keeps beside those that are open, which say who has them open: `~$plan.docx`.
    private static let openMark = "~$"

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
