/// The stored form of a file's 64-bit content hash: eight bytes, big-endian.
enum SourceHash {
    static func bytes(_ hash: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(56 - 8 * $0)) }
    }
}
