import Documents

/// Finds the files that the arguments of a command mean.
///
/// An argument is a file, a folder (walked to its end), a shell-style glob (`posts/**/*.md`; tried when no file has that
/// very name), or `-` for standard input.
/// - A file that is named is read whatever its extension; in folders only the extensions of `DocumentFormat.extensions`
///   and the profile's own are taken, and the others are counted.
/// - In folders and globs, `.gitignore`, `.ignore` and `.postilignore` are honoured with git's pattern rules, and hidden
///   files are passed over unless an ignore file takes them back (`!.notes.md`). What is asked for by name is read even
///   if it is ignored.
/// - Symbolic links are followed, but not to a folder that holds the one walked; nothing is entered or read twice, so loops
///   end. Folders deeper than `FolderWalk.maximumDepth`, and what the kernel makes up, are reported and not entered.
/// - What cannot be read is reported and the rest goes on.
public struct InputWalker: Sendable {
    /// Further extensions (lower case, no dot) and their formats, from the profile.
    public var formats: [String: DocumentFormat]
    /// Whether hidden files and folders are taken as well.
    public var includesHidden: Bool
    /// The index that is written.
    package var index: IndexPlace?
    /// Folders that need not be entered.
    package var kept: KeptFolders?

    /// Sets up a walker.
    public init(formats: [String: DocumentFormat] = [:], includesHidden: Bool = false) {
        self.formats = formats
        self.includesHidden = includesHidden
    }

    /// Finds the files of `arguments`. Costs one `stat` a file and reads no file but the ignore files.
    public func inputs(at arguments: [String]) -> WalkedInputs {
        var all = WalkedInputs()
        var paths: Set<ExactText> = []
        for argument in arguments {
            let found = inputs(at: argument)
            all.files += found.files.filter { paths.insert(ExactText($0.path)).inserted }
            all.skipped += found.skipped
            all.places += found.places
            all.kept += found.kept
            all.seal += found.seal
            all.otherExtensions.merge(found.otherExtensions, uniquingKeysWith: +)
        }
        return all
    }

    /// Finds the files of one argument.
    public func inputs(at argument: String) -> WalkedInputs {
        var found = WalkedInputs()
        if argument.hasPrefix("-") {
            found.files = [argument == "-" ? .standardInput() : .standardInput(named: String(argument.dropFirst()))]
            return found
        }
        if argument.isEmpty {
            // Not the current folder: it is what a shell makes of a variable that is not set.
            found.skipped = [SkippedInput(path: "“”", reason: "an empty path names no file; . is the current folder")]
            return found
        }
        let path = FileStatus.absolute(argument)
        do {
            let status = try FileStatus(of: path)
            if status.kind == .folder {
                found = walk(path, filter: nil)
                found.places = [
                    WalkedPlace(
                        path: path, .folder, fileCount: found.files.count + found.keptCount,
                        keptCount: found.keptCount)
                ]
                return found
            }
            guard status.kind == .file else {
                found.seal.add(name: path, .success(status))
                found.skipped = [SkippedInput(path: argument, reason: FileStatus.notAFile)]
                return found
            }
            let name = path.split(separator: "/").last ?? ""
            found.files = [
                InputFile(
                    path: path, relativePath: String(name), status: status, isLinked: false,
                    format: DocumentFormat.named(byFile: name, additional: formats))
            ]
            found.places = [WalkedPlace(path: path, .file, fileCount: 1)]
            found.seal.add(name: path, .success(status))
        } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory {
                if GlobPattern.isPattern(argument) { return expand(argument) }
                found.places = [WalkedPlace(path: path, .either, fileCount: 0, isMissing: true)]
            }
            found.seal.add(name: path, .failure(error))
            found.skipped = [SkippedInput(path: argument, reason: FolderWalk.explanation(of: error))]
        }
        return found
    }

    /// Walks the folder before the first component with a wildcard and takes what the rest matches.
    private func expand(_ argument: String) -> WalkedInputs {
        let components = argument.split(separator: "/")
        let fixed = components.prefix { !GlobPattern.isPattern($0) }
        let base = (argument.hasPrefix("/") ? "/" : "./") + fixed.joined(separator: "/")
        let pattern = components.dropFirst(fixed.count).joined(separator: "/")
        let folder = FileStatus.absolute(base)
        let glob = GlobPattern(pattern)
        var found = walk(folder, filter: glob)
        let isMissing = FileStatus.presence(of: folder) == .absent
        found.places = [
            WalkedPlace(path: folder, .matches(glob), fileCount: found.files.count, isMissing: isMissing)
        ]
        if found.files.isEmpty {
            found.skipped.append(SkippedInput(path: argument, reason: "no file matches this pattern"))
        }
        found.otherExtensions = [:]
        return found
    }

    private func walk(_ root: String, filter: GlobPattern?) -> WalkedInputs {
        var walk = FolderWalk(
            root: root, filter: filter, formats: formats, includesHidden: includesHidden, index: index,
            kept: filter == nil ? kept : nil)
        return walk.run()
    }
}
