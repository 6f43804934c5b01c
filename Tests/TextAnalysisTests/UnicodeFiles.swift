import Foundation
import Testing

/// Unicode's own files, where the system or the folder beside the project has them.
enum UnicodeFiles {
    static let wordBreakProperty = "/usr/share/unicode/auxiliary/WordBreakProperty.txt"

    /// Files of word-break cases: the edition of the tables, and a newer one with the same rules.
    static let wordBreakTests = [
        "/usr/share/unicode/auxiliary/WordBreakTest.txt",
        ProjectFolder.path("../shared/data/unicode/WordBreakTest-15.1.0.txt"),
    ]

    /// The text of a file, or nil when it need not be there: on Linux the system's files must be.
    static func content(of path: String) throws -> String? {
        if FileManager.default.fileExists(atPath: path) { return try String(contentsOfFile: path, encoding: .utf8) }
        #if os(Linux)
            if path.hasPrefix("/usr/share/unicode/") {
                Issue.record("\(path) is missing: install the package unicode-data, or run Scripts/test")
            }
        #endif
        print("skipped: \(path) is not here")
        return nil
    }
}
