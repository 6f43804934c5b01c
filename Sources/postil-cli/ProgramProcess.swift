import Foundation
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The running process.
enum ProgramProcess {
    /// Makes writing to a closed pipe an error that can be handled, where it would end an index run halfway.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Becomes another program, which takes over the terminal and everything else that this one had.
    ///
    /// - Throws: ``UsageError`` when there is no such program.
    static func become(_ path: String, _ arguments: [String]) throws -> Never {
        signal(SIGPIPE, SIG_DFL)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        // Safety: the words are copies, which nobody frees, and end with a null.
        assert(words.count == arguments.count + 1)
        execv(path, words)
        throw UsageError("\(path) cannot be run: \(Errno(rawValue: errno))")
    }

    /// Makes standard input a file that holds a text and has no name any more.
    static func readFrom(_ text: String) throws {
        let path = NSTemporaryDirectory() + "postil-\(UUID().uuidString)"
        let rights: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: rights) else {
            throw UsageError("\(path) cannot be written")
        }
        defer { unlink(path) }
        let file = try FileDescriptor.open(FilePath(path), .readOnly)
        _ = try file.duplicate(as: .standardInput)
        try file.close()
    }

    /// Ends the process.
    static func exit(_ status: Int32) -> Never {
        #if canImport(Darwin)
            Darwin.exit(status)
        #elseif canImport(Glibc)
            Glibc.exit(status)
        #elseif canImport(Musl)
            Musl.exit(status)
        #endif
    }
}
