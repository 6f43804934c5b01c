import Foundation
import PostilTestSupport

extension TemporaryFolder {
    /// Writes a file, with the folders above it.
    @discardableResult
    func file(_ path: String, _ text: String) throws -> URL { URL(fileURLWithPath: try write(text, to: path)) }
}
