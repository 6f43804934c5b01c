import Postil
import SystemPackage

extension Session {
    /// Opens the index that a flag, variable or file names, else `postil.db` here or in a folder above.
    func openIndex(access: Index.Access = .readOnly) throws -> Index {
        try Index.open(at: indexPath(), access: access)
    }

    /// The index to bring up to date, or to create: in this folder if none is named and none is found.
    func indexPathForWriting() throws -> String {
        do {
            return try indexPath()
        } catch IndexError.notFound {
            return Index.defaultName
        }
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
