/// What is kept of 4096 consecutive documents: which of them exist, and how long their fields are.
///
///     chunk  = widths , live , titles , bodies
///     widths = 2 bytes: bytes of a title length and of a body length, each 0, 1, 2 or 4; 0 when all are 0
///     live   = 512 bytes: bit `i % 8` of byte `i / 8` is set when document `i` of the chunk exists
///     titles = for each document that exists, in order, its number of title tokens, little-endian
///     bodies = the same for the body
///
/// Example: documents 0 and 9 with titles of 2 and 3 tokens and bodies of 5 and 300 are
/// `01 02`, the bytes `01 02` and 510 zeros, `02 03`, `05 00 2C 01`.
public enum DocumentChunkFormat {
    /// Documents in a chunk.
    public static let length = 64 * blockCount

    /// Blocks of 64 documents in a chunk.
    public static let blockCount = 64

    static let liveBytes = length / 8

    static func width(_ most: UInt32) -> Int { most == 0 ? 0 : most < 1 << 8 ? 1 : most < 1 << 16 ? 2 : 4 }
}
