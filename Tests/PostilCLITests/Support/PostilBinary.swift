import Foundation
import PostilTestSupport
import Testing

/// The built program.
enum PostilBinary {
    /// What a run printed, and how it ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// Output parsed as one JSON object.
        func json() throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)\(errors)")
        }

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// Beside the test bundle, where the build puts both.
    static let url: URL = {
        if let path = ProcessInfo.processInfo.environment["POSTIL_BINARY"] { return URL(filePath: path) }
        let bundles =
            [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()]
            + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let candidates = bundles.compactMap { $0?.appending(path: "postil") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }()

    /// A process that has been set up and not yet started.
    static func process(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Nothing of the user's own settings may show.
        var variables = ["HOME": folder.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        variables.merge(Sanitizer.options) { $1 }
        variables.merge(environment) { $1 }
        process.environment = variables
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs the program in `folder` to its end.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String? = nil
    ) throws -> Outcome {
        try finish(process(arguments, in: folder, environment: environment), input: input)
    }

    /// Runs a line of shell, in which `postil` is the program.
    static func shell(_ line: String, in folder: URL, environment: [String: String] = [:]) throws -> Outcome {
        let process = process([], in: folder, environment: environment)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "postil() { \"\(url.path)\" \"$@\"; }\n" + line]
        return try finish(process, input: nil)
    }

    private static func finish(_ process: Process, input: String?) throws -> Outcome {
        // Files never fill up as pipes do.
        let scratch = try TemporaryFolder()
        let output = try scratch.file("output", "")
        let errors = try scratch.file("errors", "")
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        if let input { process.standardInput = try FileHandle(forReadingFrom: scratch.file("input", input)) }
        try process.start()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
