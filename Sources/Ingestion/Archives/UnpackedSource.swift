/// The decompressed bytes of a file that is xz, bzip2 or zstd.
final class UnpackedSource: ByteSource {
    private let reader: ArchiveReader
    private let budget: UnpackingBudget
    private let isEmpty: Bool

    /// Decompresses a source; what comes out counts in `budget`.
    init(_ compressed: any ByteSource, budget: UnpackingBudget) throws {
        self.budget = budget
        reader = try ArchiveReader(.compressed, StreamedArchive(compressed))
        isEmpty = try reader.next() == nil
    }

    /// Whether the first bytes are those of a format that is decompressed here.
    static func isCompressed(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            return true
        }
        // A text may begin with "BZh"; then comes the level, and the digits of pi.
        return bytes.starts(with: Array("BZh".utf8))
            && bytes.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if isEmpty { return 0 }
        let count = try reader.read(into: buffer)
        try budget.take(count)
        return count
    }
}
