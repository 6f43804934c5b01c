import CSQLite
import GRDB
import Threads

/// An index in memory: what stands in a file's place, by a name that begins with `:memory:`.
///
/// Its content is an ``Image``, the bytes of a database as they would lie in a file, which nobody changes. A reader's connection
/// reads these very bytes, so that any number of them share them without locks, each with the state that it began with. A
/// writer's connection works on a copy, which becomes the present image when its transaction has ended.
///
/// - Complexity: A transaction that writes copies the index twice; reading copies nothing.
package final class MemoryFile: Sendable {
    /// The name that stands for a new index.
    package static let newName = ":memory:"

    /// Its name in this process: `:memory:1`.
    let path: String
    private let state = Locked(State())

    private struct State {
        var image = Image?.none
        var isWriting = false
        /// Changes with the image.
        var version = 0
    }

    private struct Weak { weak var file: MemoryFile? }
    private struct Known {
        var last = 0
        var files: [String: Weak] = [:]
    }
    private static let known = Locked(Known())

    /// Makes an empty one under a name that none has had before. It is there as long as somebody holds it.
    init() {
        var path = ""
        MemoryFile.known.withLock { known in
            known.last += 1
            path = MemoryFile.newName + String(known.last)
        }
        self.path = path
        MemoryFile.known.withLock { known in known.files[path] = Weak(file: self) }
    }

    deinit { MemoryFile.known.withLock { [path] known in known.files[path] = nil } }

    /// Whether a path names an index in memory, which may be there or not.
    package static func isName(_ path: String) -> Bool { path.hasPrefix(newName) }

    /// The index of that name.
    ///
    /// - Throws: ``IndexError/notFound(path:)``
    static func named(_ path: String) throws(IndexError) -> MemoryFile {
        guard let file = known.withLock({ $0.files[path]?.file }) else { throw .notFound(path: path) }
        return file
    }

    /// The present content, and its number; nil before there is any.
    var image: Image? { state.withLock { $0.image } }

    /// Grows with every change.
    var version: Int { state.withLock { $0.version } }

    /// Bytes of the present content.
    var byteCount: Int64 { image?.count ?? 0 }

    /// Takes the right to write, which one connection has at a time; false when another has it.
    func beginWriting() -> Bool {
        state.withLock { state in
            guard !state.isWriting else { return false }
            state.isWriting = true
            return true
        }
    }

    /// Gives the right to write back, and makes what was written the present content.
    func endWriting(_ image: Image?) {
        state.withLock { state in
            state.isWriting = false
            guard let image else { return }
            state.image = image
            state.version += 1
        }
    }

    /// The bytes of a database.
    final class Image: @unchecked Sendable {
        // Safety: the bytes are never written to after `init`, and live as long as this.
        private let bytes: UnsafeMutablePointer<UInt8>
        /// How many there are.
        let count: Int64

        /// Copies a connection's `main`.
        init(of connection: OpaquePointer) throws {
            var count: sqlite3_int64 = 0
            guard let bytes = sqlite3_serialize(connection, "main", &count, 0) else {
                throw DatabaseError(resultCode: .SQLITE_NOMEM, message: "no memory for a copy of the index")
            }
            self.bytes = bytes
            self.count = count
        }

        deinit { sqlite3_free(bytes) }

        /// Makes this the `main` of a connection that has none open yet. One that only reads must not outlive this.
        func open(on connection: OpaquePointer, forWriting: Bool) throws {
            var pointer = bytes
            var flags = SQLITE_DESERIALIZE_READONLY
            if forWriting {
                guard let copy = sqlite3_malloc64(sqlite3_uint64(count)) else {
                    throw DatabaseError(resultCode: .SQLITE_NOMEM, message: "no memory for a copy of the index")
                }
                copy.copyMemory(from: bytes, byteCount: Int(count))
                pointer = copy.assumingMemoryBound(to: UInt8.self)
                flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE
            }
            let code = sqlite3_deserialize(connection, "main", pointer, count, count, UInt32(flags))
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
            guard forWriting else { return }
            // SQLite's own limit is a gibibyte; memory is one as well.
            var limit: sqlite3_int64 = 1 << 46
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_SIZE_LIMIT, &limit)
        }
    }
}
