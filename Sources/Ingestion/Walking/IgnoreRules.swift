/// The ignore files that hold for one folder: its own and those above it.
///
/// In one folder `.postilignore` has the last word, then `.ignore`, then `.gitignore`; a deeper folder wins over a higher
/// one, a later line over an earlier one. As with git, nothing below an ignored folder can be taken back, because the
/// folder is never entered.
struct IgnoreRules {
    /// What the rules say about an entry.
    enum Verdict { case ignored, included, unmentioned }

    /// Names of ignore files, the strongest last.
    static let fileNames = [".gitignore", ".ignore", ".postilignore"]

    /// No hand-written ignore file comes near this.
    private static let maximumFileBytes = 1 << 20

    private struct Level {
        var depth: Int
        var rules: [IgnoreRule]
    }

    private var levels: [Level] = []

    /// No rules.
    init() {}

    /// The rules that the folders above `folder` give for what lies in it: those up to the root of the git repository
    /// that holds it, none when there is none. `folder` is absolute. `seal` takes in each place that was looked at.
    init(above folder: String, skipped: inout [SkippedInput], seal: inout WalkSeal) {
        let components = folder.split(separator: "/")
        for depth in stride(from: components.count, through: 0, by: -1) {
            let top = "/" + components.prefix(depth).joined(separator: "/")
            seal.add(name: top + "/.git")
            guard FileStatus.kind(of: top + "/.git") != nil else { continue }
            for level in depth..<max(depth, components.count) {
                let path = "/" + components.prefix(level).joined(separator: "/")
                for name in Self.fileNames { seal.add(name: path + "/" + name) }
                addFiles(of: path, depth: level, skipped: &skipped)
            }
            return
        }
    }

    /// Adds the ignore files of a folder, `depth` components deep.
    ///
    /// - Parameter names: Those of the ignore files that may be there.
    mutating func addFiles(
        of folder: String, depth: Int, names: [String] = IgnoreRules.fileNames, skipped: inout [SkippedInput]
    ) {
        for name in names {
            let path = folder + "/" + name
            guard FileStatus.kind(of: path) == .file else { continue }
            do {
                let stream = try ByteStream(InputFile(path: path, relativePath: name))
                _ = try stream.decode(from: nil, guesses: false)
                let text = String(decoding: try stream.readAll(atMost: Self.maximumFileBytes), as: UTF8.self)
                let rules = text.split(whereSeparator: \.isNewline).compactMap { IgnoreRule(line: $0) }
                if !rules.isEmpty { levels.append(Level(depth: depth, rules: rules)) }
            } catch {
                skipped.append(SkippedInput(path: path, reason: "\(error); this ignore file was not obeyed"))
            }
        }
    }

    /// What the last rule that matches says of what has a name in a folder.
    ///
    /// - Parameter folder: Its path from the file system's root on, with a slash at its end.
    func verdict(on name: String, in folder: String, isFolder: Bool) -> Verdict {
        if levels.isEmpty { return .unmentioned }
        let bytes = Array(name.utf8)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        var path: [Substring]?
        for level in levels.reversed() {
            for rule in level.rules.reversed() where !isASCII || rule.mayMatch(bytes) {
                let components = path ?? (folder + name).split(separator: "/")
                path = components
                guard rule.matches(components[level.depth...], isFolder: isFolder) else { continue }
                return rule.isNegated ? .included : .ignored
            }
        }
        return .unmentioned
    }
}
