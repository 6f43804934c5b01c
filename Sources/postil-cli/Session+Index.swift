import Reports
import Postil
import SystemPackage

extension Session {
    /// Opens the index that a flag, variable or file names, else `postil.db` here or in a folder above.
    func openIndex(access: Index.Access = .readOnly) throws -> Index {
        try Index.open(at: indexPath(), access: access)
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

    private func indexPath() throws -> String {
        let explicit = try settings.text(.index)
        let path = try Index.discover(explicit: explicit, environment: environment, folder: folder)
        // The index of this folder is called by its short name.
        var found = FilePath(path)
        return explicit == nil && found.removePrefix(FilePath(folder)) ? found.string : path
    }

    /// The profile that a flag, variable or file names, or nil to use the index's own.
    func chosenProfile() throws -> Profile? {
        guard let name = try settings.text(.profile) else { return nil }
        return try Profile.named(name, searching: folders.profileFolders)
    }
}
