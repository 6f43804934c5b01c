import Foundation

/// A folder that goes away with its last user.
final class TemporaryFolder {
    let url: URL

    init() throws {
        // Real path: on macOS the temporary folder is behind a symbolic link.
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "postil-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // A test may have taken write permission away.
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a file, with the folders above it.
    @discardableResult
    func file(_ path: String, _ text: String) throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }
}
