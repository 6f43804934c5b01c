import Foundation

/// The folder that holds Package.swift.
enum ProjectFolder {
    static func path(_ relative: String) -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return tests.deletingLastPathComponent().appendingPathComponent(relative).standardizedFileURL.path
    }
}
