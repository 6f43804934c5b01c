import Foundation

/// The Python beside which a newer SQLite comes, in the package apsw.
public enum Python {
    /// Runs `script` and returns its output, or nil when Python cannot import what it imports.
    public static func run(_ script: String, _ arguments: [String] = []) throws -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.start()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        if text.contains("ModuleNotFoundError") || process.terminationStatus == 127 { return nil }
        return text
    }

    /// The version of apsw's SQLite; nil when there is none.
    public static let newerSQLite: String? = {
        do {
            return try run("import apsw; print(apsw.sqlite_lib_version())")
        } catch {
            return nil
        }
    }()
}
