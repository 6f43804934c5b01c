import Foundation
import Reports
import Postil
import SystemPackage

extension Session {
    /// Opens the index that a flag, variable or file names, else `postil.db` here or in a folder above.
    func openIndex(access: Index.Access = .readOnly) throws -> Index {
        var index = try Index.open(at: indexPath(), access: access)
        if access != .readOnly { index.patience = try patience() }
        return index
    }

    /// How long a command waits for others who are changing the index, and what it says then: a person wants to know why nothing
    /// happens, and would rather wait than start again.
    func patience() throws -> Patience {
        let isTerminal = TextLayout(descriptor: .standardError, color: .never, environment: environment).isTerminal
        let seconds = try settings.seconds(.wait) ?? (isTerminal ? 30 : 5)
        return Patience(.seconds(seconds)) { [messages] occasion in
            messages.note("\(occasion), for up to \(Quantity.count(seconds, "second")) (--wait)")
        }
    }

    /// The same for a command that goes on until it is stopped: without a limit unless one is set.
    func endlessPatience() throws -> Patience {
        guard try settings.seconds(.wait) == nil else { return try patience() }
        // A week, the longest that can be set.
        return Patience(.seconds(604_800)) { [messages] occasion in messages.note("\(occasion)") }
    }

    /// The index to bring up to date, or to create: the one that is named, else this folder's. One of a folder above is not
    /// written to unless it is named.
    ///
    /// - Parameter creates: Whether one is made in this folder if there is none.
    func indexPathForWriting(creates: Bool) throws -> String {
        let path: String
        do { path = try indexPath() } catch IndexError.notFound where creates { return Index.defaultName }
        let isNamed = try settings.text(.index) != nil || environment[Index.environmentVariable]?.isEmpty == false
        if isNamed || !path.hasPrefix("/") { return path }
        guard creates else {
            throw UsageError("there is no index in this folder; for the one above, name it with -i \(path)")
        }
        messages.hint("makes an index in this folder; the one above stays as it is, and is named with -i \(path)")
        return Index.defaultName
    }

    /// The places that the collection's `postil.yaml` names, if the index is that collection's: it lies beside the file, or is
    /// named in it. Those that the command line gives a profile are read by that.
    func declaredPlaces(ofIndexAt path: String) throws -> [DeclaredPlace] {
        guard let file = projectFile, !file.places.isEmpty, try isOwn(path, file) else { return [] }
        let overrides = try settings.resolve(.profile).origin == .flag
        return try file.places.map { place in
            let profile = overrides ? nil : place.profile
            return DeclaredPlace(
                path: place.path,
                profile: try profile.map { try Profile.named($0, searching: folders.profileFolders) })
        }
    }

    /// Whether a run without paths has some to make an index of.
    func declaresPlaces() throws -> Bool {
        guard let file = projectFile, !file.places.isEmpty else { return false }
        return try isOwn(settings.text(.index) ?? Index.defaultName, file)
    }

    private func isOwn(_ path: String, _ file: SettingsFile) throws -> Bool {
        if try settings.resolve(.index).origin == .file(file.path) { return true }
        return FilePath(folder).pushing(FilePath(path)).lexicallyNormalized().removingLastComponent().string
            == file.folder
    }

    private func indexPath() throws -> String {
        let explicit = try settings.text(.index)
        let path = try Index.discover(explicit: explicit, environment: environment, folder: folder)
        guard !path.hasPrefix(":memory:") else {
            throw UsageError("an index in memory would be gone with the command; ./\(path) is a file of that name")
        }
        // The index of this folder is called by its short name.
        var found = FilePath(path)
        return explicit == nil && found.removePrefix(FilePath(folder)) ? found.string : path
    }

    /// The synonyms that a flag, variable or file names, or nil for those of the index.
    func synonyms() throws -> Synonyms? {
        guard let text = try settings.text(.synonyms), !text.isEmpty else { return nil }
        return try Synonyms.chosen(text)
    }

    /// The profile that a flag, variable or file names, or nil to use the index's own.
    func chosenProfile() throws -> Profile? {
        guard let name = try settings.text(.profile) else { return nil }
        return try Profile.named(name, searching: folders.profileFolders)
    }
}

extension Synonyms {
    /// What users mean by a text: a file, the name of a list that is compiled in, or `none`.
    static func chosen(_ text: String) throws -> Synonyms {
        // A settings file has made a name a path in its own folder.
        let name = FilePath(text).lastComponent?.string ?? text
        if !FileManager.default.fileExists(atPath: text) {
            if name == "none" { return .none }
            if builtInNames.contains(name) { return try .named(name) }
        }
        return try Synonyms(TextFile.read(text), path: text)
    }
}
