/// The bytes of one record, in memory that is kept for the next one.
///
/// Behind the record follow ``padding`` zero bytes, so that a decoder can read a number or an eight-byte word at any
/// offset of the record without asking whether it ends there. Not for use from two threads at a time.
public final class FTS5DataBuffer {
    /// Zero bytes behind the record: a row id and a size of nine bytes each, and an eight-byte word.
    public static let padding = 32

    private var memory: UnsafeMutableRawBufferPointer
    /// The size of the record in bytes.
    public private(set) var count = 0

    /// An empty record.
    public init() {
        memory = .allocate(byteCount: 4096 + Self.padding, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { memory.deallocate() }

    /// Makes the buffer `count` bytes long and lets `body` write all of them, say with `sqlite3_blob_read`.
    ///
    /// - Complexity: O(`count`) only when the memory has to grow.
    public func fill(count: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        precondition(count >= 0)
        if memory.count < count + Self.padding {
            memory.deallocate()
            memory = .allocate(byteCount: (count + Self.padding) * 2, alignment: 16)
            memory.initializeMemory(as: UInt8.self, repeating: 0)
        }
        self.count = 0
        try body(UnsafeMutableRawBufferPointer(rebasing: memory[..<count]))
        self.count = count
        let tail = UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + Self.padding])
        tail.initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// Makes the buffer a copy of `bytes`.
    public func fill(copying bytes: UnsafeRawBufferPointer) {
        fill(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    /// The record. Valid until the next `fill`; ``padding`` zero bytes follow.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
}
