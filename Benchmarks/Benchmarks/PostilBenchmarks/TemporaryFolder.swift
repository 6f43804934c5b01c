import Foundation

/// A folder that lasts as long as the program: the library's own hooks run after every single benchmark.
enum TemporaryFolder {
    /// Its path, or why there is none.
    static let path: Result<String, any Error> = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "postil-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit {
            guard case .success(let path) = TemporaryFolder.path else { return }
            do { try FileManager.default.removeItem(atPath: path) } catch {
                FileHandle.standardError.write(Data("\(path) could not be removed: \(error)\n".utf8))
            }
        }
        return folder.path
    }
}
