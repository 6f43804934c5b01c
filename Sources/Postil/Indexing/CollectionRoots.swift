import Documents
import IndexStore
import Ingestion

/// The roots that an index run goes through, and how each is read.
///
/// A *root* is a folder, file or pattern that is indexed as a whole. The index remembers each with its profile, so that a later
/// run reads it in the same way. A path below a root belongs to it. A document without an id of its own is named by its file's
/// path below the outermost root around it; so names do not depend on the order of runs:
///
///     index v/sub/s.md, then v      ->  sub/s.md
///     index v, then v/sub/s.md      ->  sub/s.md
struct CollectionRoots {
    /// How the files of a root are read.
    final class Reading: Sendable {
        let root: IndexedRoot
        let reader: DocumentReader
        /// Fingerprint of the way to read; a source that was read in another one has to be read again.
        let fingerprint: String

        init(root: IndexedRoot, reader: DocumentReader, fingerprint: String) {
            self.root = root
            self.reader = reader
            self.fingerprint = fingerprint
        }
    }

    /// What the run walks: each with the number of its way to read.
    private var arguments: [(text: String, reading: Int)] = []
    private(set) var readings: [Reading] = []
    /// Roots that are new, or read in a new way.
    private(set) var changed: [IndexedRoot] = []
    /// Roots that lie in a new one that is read in the same way.
    private(set) var covered: [IndexedRoot] = []
    /// Whether the run looks at each place that the index knows.
    private(set) var goesThroughAll = false
    /// Whether one argument lies below another.
    private var areNested = false
    /// Folders that documents can be named below.
    private var folders: [String]

    /// Resolves what a run was asked for; nothing in particular stands for all roots.
    ///
    /// - Throws: `ProfileError`; ``ProfileConflict`` when a profile is named for several roots, one of which has another.
    ///
    /// - Parameters:
    ///   - usual: What reads a place that is neither known nor given a profile.
    ///   - isNew: Whether the index has none of the known roots yet, because it is built anew.
    init(_ request: IndexingRequest, known: [IndexedRoot], usual: Profile, isNew: Bool) throws {
        var profiles: [String: Profile] = [:]
        func profile(of root: IndexedRoot) throws -> Profile {
            if let profile = profiles[root.path] { return profile }
            let stored = try Profile(yaml: root.profileYAML, origin: root.profileName).refusingCommands
            // The profile may have been edited since.
            let profile = try request.findsProfile?(root.profileName) ?? stored
            profiles[root.path] = profile
            return profile
        }
        folders = known.filter { !$0.isPattern && FileStatus.isFolder($0.path) }.map(\.path)
        let declared = request.declaredPlaces.map { (path: FileStatus.absolute($0.path), profile: $0.profile) }
        // What came from standard input stays as it is: this run's is the caller's.
        let remembered = known.filter { !$0.isStandardInput }.map(\.path)
        let texts =
            request.paths.isEmpty
            ? remembered + declared.map(\.path).filter { !remembered.contains($0) } : request.paths
        for text in texts {
            let place = RootArgument(text, known: known + changed, name: request.name)
            let declaredProfile = declared.first { $0.path.utf8.elementsEqual(place.path.utf8) }?.profile
            let owner = known.filter { $0.covers(place.path) }.max { $0.path.utf8.count < $1.path.utf8.count }
            let own = owner?.path == place.path ? owner : nil
            let chosen = try declaredProfile ?? request.profile ?? owner.map(profile) ?? usual
            if declaredProfile == nil, let own, let named = request.profile, named.name != own.profileName,
                texts.count > 1
            {
                throw ProfileConflict(path: own.path, profile: own.profileName, wanted: named.name)
            }
            let isOwnRoot = owner == nil || own != nil || chosen.name != owner?.profileName
            let root =
                isOwnRoot
                ? IndexedRoot(
                    path: place.path, isPattern: place.isPattern, profileName: chosen.name, profileYAML: chosen.yaml)
                : IndexedRoot(path: owner!.path, profileName: chosen.name, profileYAML: chosen.yaml)
            if isOwnRoot, place.exists, isNew || root != own { changed.append(root) }
            if place.isFolder {
                folders.append(place.path)
                // A place below that has a profile of its own keeps it, and is walked first.
                for inner in known
                where inner.path != place.path && !inner.isPattern && inner.profileName != chosen.name
                    && IndexedRoot.covers(inner.path, below: place.path) && !texts.contains(inner.path)
                {
                    let own = try profile(of: inner)
                    arguments.append((inner.path, try number(of: inner.read(by: own), own, request.limits)))
                }
            }
            arguments.append((place.argument, try number(of: root, chosen, request.limits)))
        }
        let walked = arguments.map(\.text)
        goesThroughAll = known.allSatisfy { root in
            walked.contains { $0 == root.path || IndexedRoot.covers(root.path, below: $0) }
        }
        putInnerFirst()
        for root in changed where !root.isPattern {
            covered += known.filter {
                $0.path != root.path && root.covers($0.path) && $0.profileName == root.profileName
            }
        }
    }

    /// Puts arguments that lie below another one before it: what two of them have is read as the inner one is.
    private mutating func putInnerFirst() {
        let depths = arguments.map { argument in
            arguments.count { IndexedRoot.covers(argument.text, below: $0.text) }
        }
        areNested = depths.contains { $0 > 0 }
        guard areNested else { return }
        arguments = zip(arguments, depths).enumerated().sorted { one, other in
            one.element.1 != other.element.1 ? one.element.1 > other.element.1 : one.offset < other.offset
        }.map(\.element.0)
    }

    /// The root that a path stands for.
    static func root(of path: String, profile: Profile) -> IndexedRoot {
        let place = RootArgument(path, known: [], name: nil)
        return IndexedRoot(
            path: place.path, isPattern: place.isPattern, profileName: profile.name, profileYAML: profile.yaml)
    }

    private mutating func number(of root: IndexedRoot, _ profile: Profile, _ limits: ReadingLimits) throws -> Int {
        if let known = readings.firstIndex(where: { $0.root == root }) { return known }
        readings.append(
            Reading(
                root: root, reader: DocumentReader(mapping: profile.reading, limits: limits),
                fingerprint: profile.readingFingerprint))
        return readings.count - 1
    }

    /// Hash of all that tells which files are looked for, and how they are read.
    var fingerprint: UInt64 {
        var hash = ChangeHash()
        hash.mix(PostilVersion.text)
        // What one user cannot read, another can.
        hash.mix(UInt64(FileStatus.user))
        for (text, number) in arguments {
            hash.mix(text)
            hash.mix(readings[number].fingerprint)
        }
        for folder in Set(folders).sorted() { hash.mix(folder) }
        return hash.value
    }

    /// Whether the index knows all roots as they are read.
    var isKnown: Bool { changed.isEmpty && covered.isEmpty }

    /// Whether the walk sees all that the run reads: not what comes on standard input, nor what waits in a database's log.
    var seesAll: Bool {
        !arguments.contains { $0.text.hasPrefix("-") || readings[$0.reading].reader.mapping.query != nil }
    }

    /// Whether no place can be reached by way of another one, so that folders of which nothing has changed need not be walked.
    var areApart: Bool {
        !areNested && Set(arguments.map(\.text)).count == arguments.count
            && arguments.allSatisfy { FileStatus.real($0.text) == $0.text }
    }

    /// What a walk through the roots has found.
    struct Walk {
        var inputs = WalkedInputs()
        /// For each file the number of its reading.
        var readings: [Int] = []
        /// Paths of roots where nothing was found that could be remembered: nothing is there, or nothing that can be read, or the
        /// pattern matches nothing.
        var unfound: Set<String> = []
        /// Known sources that only symbolic links make others than files which were found by their own paths.
        var doubles: Set<ExactText> = []
    }

    /// Looks at the file system: what lies at each place, in their order.
    ///
    /// - Parameters:
    ///   - index: The index that is written.
    ///   - kept: Folders that need not be entered.
    func look(apartFrom index: IndexPlace?, keeping kept: KeptFolders? = nil) -> [WalkedInputs] {
        arguments.map { argument in
            var walker = InputWalker(formats: readings[argument.reading].reader.mapping.extensions)
            walker.index = index
            walker.kept = kept
            return walker.inputs(at: argument.text)
        }
    }

    /// Puts together what was found. What symbolic links lead to is left out where the index has it by another path, or has had it so
    /// before; so neither the order of runs nor that of names makes a file two documents.
    ///
    /// - Parameters:
    ///   - found: What ``look()`` gave.
    ///   - known: The sources that the index has, but for those of folders that were not entered.
    func walk(_ found: consuming [WalkedInputs], known: [IndexedSource]) -> Walk {
        var walk = Walk()
        var paths: Set<ExactText> = []
        var linked: Set<Int> = []
        for (index, (text, number)) in arguments.enumerated() {
            let inputs = found[index]
            found[index] = WalkedInputs()
            // A link may lead to the place itself.
            let isLinked = inputs.places.contains { FileStatus.real($0.path) ?? $0.path != $0.path }
            // The files of one argument are all different.
            let files =
                arguments.count == 1
                ? inputs.files : inputs.files.filter { paths.insert(ExactText($0.path)).inserted }
            for (place, file) in files.enumerated() where isLinked || file.isLinked {
                linked.insert(walk.inputs.files.count + place)
            }
            if walk.inputs.files.isEmpty { walk.inputs.files = files } else { walk.inputs.files += files }
            walk.readings += repeatElement(number, count: files.count)
            if text == readings[number].root.path, !Self.isFound(inputs) { walk.unfound.insert(text) }
            walk.inputs.skipped += inputs.skipped
            walk.inputs.places += inputs.places
            walk.inputs.kept += inputs.kept
            walk.inputs.seal += inputs.seal
            walk.inputs.otherExtensions.merge(inputs.otherExtensions, uniquingKeysWith: +)
        }
        walk.leaveOutDoubles(linked, known: known)
        nameBelowRoots(&walk.inputs.files)
        return walk
    }

    /// Names files by their paths below the outermost root around them.
    private func nameBelowRoots(_ files: inout [InputFile]) {
        // The outermost first.
        let places = folders.filter { $0 != "/" }.map { $0 + "/" }.sorted { $0.utf8.count < $1.utf8.count }
        for index in files.indices {
            let path = files[index].path
            guard let place = places.first(where: { ExactText(path).hasPrefix(ExactText($0)) }) else { continue }
            // Nearly always it is named so already, by the end of its path.
            let length = path.utf8.count - place.utf8.count
            if length != files[index].relativePath.utf8.count {
                files[index].relativePath = String(decoding: path.utf8.suffix(length), as: UTF8.self)
            }
        }
    }

    /// Whether there is something that is worth looking at again.
    private static func isFound(_ inputs: WalkedInputs) -> Bool {
        guard inputs.files.isEmpty else { return true }
        return inputs.places.contains { place in
            place.isFolder && !inputs.skipped.contains { $0.path == place.path }
        }
    }
}

extension CollectionRoots.Walk {
    /// Leaves out files that only symbolic links make others than those that are met, or are known, by other paths, and notes the
    /// known ones that are.
    ///
    /// - Parameter linked: Places of the files that symbolic links lead to.
    fileprivate mutating func leaveOutDoubles(_ linked: Set<Int>, known: [IndexedSource]) {
        let indexed = NodePaths(known.map { (UInt64(bitPattern: $0.node), $0.path) })
        var met = NodePaths()
        if !linked.isEmpty {
            met = NodePaths(
                inputs.files.indices.filter { !linked.contains($0) }
                    .map { (inputs.files[$0].node, inputs.files[$0].path) })
        }
        var left: Set<Int> = []
        for index in inputs.files.indices {
            let (path, node) = (inputs.files[index].path, inputs.files[index].node)
            if linked.contains(index) {
                if met.hasOther(path: path, of: node)
                    || !indexed.has(path, of: node) && indexed.hasOther(path: path, of: node)
                {
                    left.insert(index)
                    continue
                }
                met.add(path, of: node)
            }
            for path in indexed.others(than: path, of: node) { doubles.insert(ExactText(path)) }
        }
        guard !left.isEmpty else { return }
        inputs.files = inputs.files.indices.filter { !left.contains($0) }.map { inputs.files[$0] }
        readings = readings.indices.filter { !left.contains($0) }.map { readings[$0] }
    }
}

/// Paths of files by their numbers on the device, to find what is one file by several paths.
private struct NodePaths {
    private var first: [UInt64: String] = [:]
    /// Those of files that have more than one here.
    private var more: [UInt64: [String]] = [:]

    init(_ files: some Collection<(UInt64, String)> = []) {
        first.reserveCapacity(files.count)
        for (node, path) in files { add(path, of: node) }
    }

    mutating func add(_ path: String, of node: UInt64) {
        // Standard input has none.
        guard node != 0, let known = first.updateValue(path, forKey: node) else { return }
        more[node, default: []].append(known)
    }

    func has(_ path: String, of node: UInt64) -> Bool {
        first[node] == path || more[node]?.contains(path) ?? false
    }

    func hasOther(path: String, of node: UInt64) -> Bool { !others(than: path, of: node).isEmpty }

    /// Other paths by which symbolic links lead to the file at a path. Hard links are files of their own.
    func others(than path: String, of node: UInt64) -> [String] {
        guard let known = first[node], known != path || more[node] != nil else { return [] }
        let paths = ([known] + (more[node] ?? [])).filter { !$0.utf8.elementsEqual(path.utf8) }
        guard !paths.isEmpty, let real = FileStatus.real(path) else { return [] }
        return paths.filter { FileStatus.real($0) == real }
    }
}

/// An index was to be built anew without places that it has. Nothing was changed.
public struct RootsLeftOut: Error, Sendable, CustomStringConvertible {
    /// The places whose documents would have been lost.
    public let paths: [String]

    /// What would have been lost.
    public var description: String {
        "the index also has \(paths.prefix(3).joined(separator: ", "))\(paths.count > 3 ? " and \(paths.count - 3) more places" : ""), "
            + "which would be lost"
    }

    /// Throws when a request leaves out some of the roots.
    static func refuse(_ request: IndexingRequest, _ roots: [IndexedRoot]) throws {
        guard !request.paths.isEmpty, !request.prunes else { return }
        let named = request.paths.map { RootArgument($0, known: roots, name: request.name) }
        let missing = roots.filter { root in
            !named.contains { $0.path == root.path || ($0.isFolder && IndexedRoot.covers(root.path, below: $0.path)) }
        }
        if !missing.isEmpty { throw RootsLeftOut(paths: missing.map(\.path)) }
    }
}

/// A profile was named for several places, one of which is remembered with another. Nothing was changed.
public struct ProfileConflict: Error, Sendable, CustomStringConvertible {
    /// The place.
    public let path: String
    /// The profile it is read with.
    public let profile: String
    /// The one that was named.
    public let wanted: String

    /// What is in the way.
    public var description: String {
        "\(path) is indexed with profile \(profile), not \(wanted); index it by itself, or change it on purpose"
    }
}

/// An argument of an index run as a place in the file system.
private struct RootArgument {
    /// What the walker is given.
    let argument: String
    let path: String
    let isPattern: Bool
    let isFolder: Bool
    let exists: Bool

    init(_ text: String, known: [IndexedRoot], name: String?) {
        if text.hasPrefix("-") {
            let name = text == "-" ? name ?? "stdin" : String(text.dropFirst())
            path = InputFile.standardInput(named: name).path
            argument = path
            (isPattern, isFolder, exists) = (false, false, true)
            return
        }
        var absolute = FileStatus.absolute(text)
        // A symbolic link to what is indexed already is that, and so is what was indexed by way of a link.
        if let real = FileStatus.real(absolute), !known.contains(where: { $0.covers(absolute) }) {
            if known.contains(where: { $0.covers(real) }) {
                absolute = real
            } else if let linked = known.lazy.compactMap({ $0.linkedPath(of: real) }).first {
                absolute = linked
            }
        }
        path = absolute
        exists = FileStatus.presence(of: absolute) != .absent || GlobPattern.isPattern(text)
        isPattern = FileStatus.presence(of: absolute) == .absent && GlobPattern.isPattern(text)
        isFolder = FileStatus.isFolder(absolute)
        argument = text.isEmpty ? text : absolute
    }
}

extension IndexedRoot {
    /// The root as it is read by a profile.
    func read(by profile: Profile) -> IndexedRoot {
        IndexedRoot(path: path, isPattern: isPattern, profileName: profile.name, profileYAML: profile.yaml)
    }

    /// The path below the root of what is at a real path, where a symbolic link leads from the root to that.
    fileprivate func linkedPath(of real: String) -> String? {
        guard !isPattern, let own = FileStatus.real(path), own != path else { return nil }
        if real.utf8.elementsEqual(own.utf8) { return path }
        guard Self.covers(real, below: own) else { return nil }
        return path + String(decoding: real.utf8.dropFirst(own == "/" ? 0 : own.utf8.count), as: UTF8.self)
    }

    /// Whether a path is the root's or lies below it.
    func covers(_ path: String) -> Bool {
        self.path.utf8.elementsEqual(path.utf8) || (!isPattern && Self.covers(path, below: self.path))
    }

    /// Whether a path lies below a folder.
    static func covers(_ path: String, below folder: String) -> Bool {
        path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }
}
