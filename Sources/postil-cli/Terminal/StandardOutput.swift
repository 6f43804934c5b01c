import SystemPackage

/// Buffered standard output.
final class StandardOutput {
    private var buffer: [UInt8] = []
    /// One write per this many bytes: a page of hits is one system call.
    private static let capacity = 64 * 1024

    /// Standard output was closed by its reader (`| head`): there is nobody left to write for.
    struct Closed: Error {}

    /// Standard output cannot be written to, as when it goes to a full disk.
    struct Failed: Error, CustomStringConvertible {
        var errno: Errno
        var description: String { "the results cannot be written: \(errno)" }
    }

    func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { try flush() }
    }

    /// Writes out what is buffered; throws ``Closed`` when nobody reads it.
    func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        do {
            _ = try FileDescriptor.standardOutput.writeAll(buffer)
        } catch Errno.brokenPipe {
            throw Closed()
        } catch let error as Errno {
            throw Failed(errno: error)
        }
    }
}
