import Foundation
import PostilTestSupport

@testable import Ingestion

extension TemporaryFolder {
    /// Writes a file, with the folders above it, and gives it as an input.
    @discardableResult
    func input(_ bytes: some Sequence<UInt8>, to name: String) throws -> InputFile {
        let bytes = Array(bytes)
        return InputFile(
            path: try write(bytes, to: name), relativePath: name, size: Int64(bytes.count),
            format: DocumentFormat.named(byFile: name))
    }

    /// Writes a file, with the folders above it, and gives it as an input.
    @discardableResult
    func input(_ text: String, to name: String) throws -> InputFile { try input(text.utf8, to: name) }

    /// Makes a symbolic link.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: file(name), withDestinationPath: target)
    }
}
