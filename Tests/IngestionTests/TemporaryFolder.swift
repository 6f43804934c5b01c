import Foundation

@testable import Ingestion

/// A folder for one test, removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("ingestion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        // A leftover in the temporary folder harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file, making the folders above it, and gives it as an input.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> InputFile {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Array(bytes)).write(to: URL(fileURLWithPath: file))
        let format = DocumentFormat.named(byFile: name)
        return InputFile(path: file, relativePath: name, size: Int64(Array(bytes).count), format: format)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> InputFile { try write(Array(text.utf8), to: name) }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }
}
