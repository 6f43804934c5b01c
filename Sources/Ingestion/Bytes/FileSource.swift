import SystemPackage

/// Bytes that are hashed while they are read.
protocol HashedSource: ByteSource {
    /// The hash of what was read.
    var hash: ContentHash { get }
}

/// A file on disk, or standard input, hashed while it is read.
final class FileSource: HashedSource {
    private let descriptor: FileDescriptor
    private let closes: Bool
    /// Whether there is nothing more: a small file is asked for its end by everybody who looks at its beginning.
    private var isEnd = false
    private(set) var hash = ContentHash()

    init(_ file: InputFile) throws {
        closes = !file.isStandardInput
        do {
            // A pipe that nobody writes to must not be waited for.
            descriptor =
                closes
                ? try file.path.withPlatformString { try FileDescriptor.open($0, .readOnly, options: .nonBlocking) }
                : .standardInput
        } catch let error as Errno {
            throw ReadingError(FolderWalk.explanation(of: error))
        }
        // In place of `deinit`, which does not run for an object that was never whole.
        if closes, FileStatus.kind(of: descriptor.rawValue) == .other {
            try? descriptor.close()
            throw ReadingError(FileStatus.notAFile)
        }
    }

    deinit {
        // Nothing was written, so a failed close loses nothing.
        if closes { try? descriptor.close() }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if isEnd { return 0 }
        do {
            let count = try descriptor.read(into: buffer)
            isEnd = count == 0
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return count
        } catch let error as Errno {
            throw ReadingError(error == .isDirectory ? "is a folder" : "cannot be read: \(error)")
        }
    }
}
