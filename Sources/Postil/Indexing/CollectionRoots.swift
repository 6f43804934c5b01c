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
    struct Reading {
        let root: IndexedRoot
        let reader: DocumentReader
        /// Fingerprint of the way to read; a source that was read in another one has to be read again.
        let fingerprint: String
    }

    /// What the run walks: each with the number of its way to read.
    private var arguments: [(text: String, reading: Int)] = []
    private(set) var readings: [Reading] = []
    /// Roots that are new, or read in a new way.
    private(set) var changed: [IndexedRoot] = []
    /// Roots that lie in a new one that is read in the same way.
    private(set) var covered: [IndexedRoot] = []
    /// Folders that documents can be named below.
    private var folders: [String]

    /// Resolves what a run was asked for; nothing in particular stands for all roots.
    ///
    /// - Throws: `ProfileError`; ``ProfileConflict`` when a profile is named for several roots, one of which has another.
    ///
    /// - Parameter isNew: Whether the index has none of the known roots yet, because it is built anew.
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
            let place = Place(text, known: known, name: request.name)
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
        arguments = Self.innerFirst(arguments)
        for root in changed where !root.isPattern {
            covered += known.filter {
                $0.path != root.path && root.covers($0.path) && $0.profileName == root.profileName
            }
        }
    }

    /// The arguments, those that lie below another one before it: what two of them have is read as the inner one is.
    private static func innerFirst(_ arguments: [(text: String, reading: Int)]) -> [(text: String, reading: Int)] {
        func depth(_ text: String) -> Int {
            arguments.count { IndexedRoot.covers(text, below: $0.text) }
        }
        let depths = arguments.map { depth($0.text) }
        guard depths.contains(where: { $0 > 0 }) else { return arguments }
        return zip(arguments, depths).enumerated().sorted { one, other in
            one.element.1 != other.element.1 ? one.element.1 > other.element.1 : one.offset < other.offset
        }.map(\.element.0)
    }

    /// The root that a path stands for.
    static func root(of path: String, profile: Profile) -> IndexedRoot {
        let place = Place(path, known: [], name: nil)
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

    /// Walks all of it. What symbolic links lead to and is indexed by its own path is left out.
    ///
    /// - Parameter nodes: Numbers of the files that the index has, with their paths.
    /// - Returns: The inputs, and for each file the number of its reading.
    func walk(nodes: [UInt64: String]) -> (inputs: WalkedInputs, readings: [Int]) {
        var all = WalkedInputs()
        var numbers: [Int] = []
        var paths: Set<ExactText> = []
        var found: [(file: InputFile, reading: Int)] = []
        for (text, number) in arguments {
            let walker = InputWalker(formats: readings[number].reader.mapping.extensions)
            let inputs = walker.inputs(at: text)
            found += inputs.files.filter { paths.insert(ExactText($0.path)).inserted }.map { ($0, number) }
            all.skipped += inputs.skipped
            all.places += inputs.places
            all.folders += inputs.folders
            all.otherExtensions.merge(inputs.otherExtensions, uniquingKeysWith: +)
        }
        let met = Set(found.filter { !$0.file.isLinked && !$0.file.isStandardInput }.map(\.file.node))
        for (file, number) in found {
            if file.isLinked {
                if met.contains(file.node) { continue }
                if let path = nodes[file.node], path != file.path, FileStatus.presence(of: path) == .present {
                    continue
                }
            }
            var file = file
            if let folder = outermostFolder(around: file.path) {
                file.relativePath = String(decoding: file.path.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self)
            }
            all.files.append(file)
            numbers.append(number)
        }
        return (all, numbers)
    }

    private func outermostFolder(around path: String) -> String? {
        folders.filter { $0 != "/" && path.utf8.starts(with: ($0 + "/").utf8) }.min { $0.utf8.count < $1.utf8.count }
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
        let named = request.paths.map { Place($0, known: roots, name: request.name) }
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
private struct Place {
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
        // A symbolic link to what is indexed already is that.
        let real = FileStatus.real(absolute)
        if let real, real != absolute, known.contains(where: { $0.covers(real) }),
            !known.contains(where: { $0.covers(absolute) })
        {
            absolute = real
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

    /// Whether a path is the root's or lies below it.
    func covers(_ path: String) -> Bool {
        self.path.utf8.elementsEqual(path.utf8) || (!isPattern && Self.covers(path, below: self.path))
    }

    /// Whether a path lies below a folder.
    static func covers(_ path: String, below folder: String) -> Bool {
        path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }
}
