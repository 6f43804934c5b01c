import CSQLite
import GRDB

/// Ends a statement that goes on for longer than any can on a file of its size.
///
/// In a damaged file, or one that was made to do so, pages can lead to the same page thousands of times, and a walk over a
/// table of a megabyte then never ends. Reading a row takes a few dozen of SQLite's steps and a row some dozen bytes, so that a
/// search takes fewer steps than the file has bytes.
final class StepLimit: @unchecked Sendable {
    // Safety: SQLite calls on its connection, which one thread uses at a time.
    private var rest: Int64 = 0
    private let most: Int64

    /// Steps between two looks: a few milliseconds.
    private static let stride: Int32 = 1_000_000

    /// - Parameters:
    ///   - path: The file.
    ///   - bytes: Its size, where it is in memory.
    ///   - writes: Whether the connection changes it, which can take many steps for each byte that is there already.
    init(_ path: String, bytes known: Int64? = nil, writes: Bool) {
        let bytes: Int64
        if let known {
            bytes = known
        } else if case .file(let size) = FileKind(path) {
            bytes = size
        } else {
            bytes = 0
        }
        // About a second at least, whatever the size: a row's filter may call a function of the program.
        most = writes ? 10_000_000_000 + 64 * bytes : 5_000_000 + 4 * bytes
        rest = most
    }

    /// Counts anew, for another piece of work.
    func begin() { rest = most }

    /// Has the connection, which must not outlive this, ask it.
    func watch(_ connection: OpaquePointer) {
        sqlite3_progress_handler(
            connection, Self.stride,
            { context in
                guard let context else { return 0 }
                // Safety: `watch` gave it, and it lives as long as the connection.
                let limit = Unmanaged<StepLimit>.fromOpaque(context).takeUnretainedValue()
                limit.rest -= Int64(StepLimit.stride)
                return limit.rest < 0 ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
