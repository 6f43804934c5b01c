import Foundation
import SystemPackage

/// Where configuration files and profiles of a project and a user lie.
struct SettingsFolders: Sendable {
    /// The nearest `postil.yaml`, here or in a folder above, if there is one.
    var projectFile: String?
    /// `$XDG_CONFIG_HOME/postil/config.yaml`, whether it exists or not; nil without a home.
    var userFile: String?
    /// Folders of profiles, nearest first: `profiles` beside each of the two files.
    var profileFolders: [String]

    static let projectFileName = "postil.yaml"

    init(environment: [String: String], folder: String) {
        projectFile = SettingsFolders.nearest(SettingsFolders.projectFileName, from: folder)
        let base =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { $0 + "/.config" }
        userFile = base.map { $0 + "/postil/config.yaml" }
        let files = [projectFile ?? folder + "/" + SettingsFolders.projectFileName, userFile]
        profileFolders = files.compactMap { file in
            file.flatMap { SettingsFolders.folder(of: $0) }.map { FilePath($0).appending("profiles").string }
        }
    }

    /// The files that exist, the stronger one first.
    ///
    /// - Throws: ``SettingError``, also for places in the user's file: they would belong to every collection.
    func readFiles() throws -> [SettingsFile] {
        let files = try [projectFile, userFile].compactMap { path in try path.flatMap { try SettingsFile(path: $0) } }
        for file in files where file.path != projectFile && !file.places.isEmpty {
            throw SettingError(
                place: file.path,
                reason: "sources belong to one collection; move them to a \(Self.projectFileName) in its folder")
        }
        return files
    }

    private static func nearest(_ name: String, from folder: String) -> String? {
        var next: String? = folder
        while let folder = next {
            let path = FilePath(folder).appending(name).string
            if FileManager.default.fileExists(atPath: path) { return path }
            next = SettingsFolders.folder(of: folder)
        }
        return nil
    }

    /// The folder of an absolute path; nil for the root. `FilePath` knows it, too, but the first time it asks costs a
    /// hundredth of a search: its generic code looks conformances up.
    private static func folder(of path: String) -> String? {
        guard path != "/", let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
