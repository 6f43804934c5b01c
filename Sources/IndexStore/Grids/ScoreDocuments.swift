import GRDB
import Postings
import Ranking

/// Lengths and existence of documents, block by block as they are asked for, from `score_documents`.
///
/// A row has 64 blocks, but a search of half a million documents needs the lengths of a fifth of the blocks at most, and
/// giving a new process each page that it writes takes longer than decoding. Holds 4 bytes for each document of the blocks
/// that were looked at, and 1 kB for each row.
final class ScoreDocuments {
    let path: String
    private let select: SQLiteStatement
    @exclusivity(unchecked) private var chunks: [Blocks?] = []
    /// The row that was read last: blocks are mostly asked for row by row.
    private let row = DocumentChunk()
    private var rowNumber: Int?
    /// Memory for lengths: pieces of ``pieceLength`` blocks, the last of which has room for ``room`` more.
    private var pieces: [UnsafeMutablePointer<DocumentLengths>] = []
    private var room = 0

    /// The blocks of a row that were looked at.
    private final class Blocks {
        let live: UnsafeMutablePointer<UInt64>
        /// 64 documents a block; nil for one that was not looked at.
        let lengths: UnsafeMutablePointer<UnsafePointer<DocumentLengths>?>

        init() {
            live = .allocate(capacity: DocumentChunkFormat.blockCount)
            lengths = .allocate(capacity: DocumentChunkFormat.blockCount)
            live.initialize(repeating: 0, count: DocumentChunkFormat.blockCount)
            lengths.initialize(repeating: nil, count: DocumentChunkFormat.blockCount)
        }

        deinit {
            lengths.deallocate()
            live.deallocate()
        }
    }

    private static let pieceLength = 256

    init(_ db: Database, path: String) throws {
        self.path = path
        select = try SQLiteStatement("SELECT lengths FROM score_documents WHERE chunk = ?1", on: try db.handle)
    }

    deinit { for piece in pieces { piece.deallocate() } }

    /// The documents of a block below `IndexSchema.idLimit / 64`.
    @inline(__always)
    func block(_ block: Int) throws -> DocumentBlock {
        let number = block >> 6
        // Safety: a row has 64 blocks.
        if number < chunks.count, let blocks = chunks[number], let lengths = blocks.lengths[block & 63] {
            return DocumentBlock(lengths: lengths, live: blocks.live[block & 63])
        }
        return try read(block)
    }

    /// Tokens of a document.
    @inline(__always)
    func lengths(of document: Int64) throws -> DocumentLengths {
        try block(Int(document >> 6)).lengths[Int(document & 63)]
    }

    /// Whether there is a document.
    func contains(_ document: Int64) throws -> Bool {
        try block(Int(document >> 6)).live >> UInt64(document & 63) & 1 == 1
    }

    private func read(_ block: Int) throws -> DocumentBlock {
        let number = block >> 6
        let place = block & 63
        try load(number)
        if room == 0 {
            pieces.append(.allocate(capacity: 64 * ScoreDocuments.pieceLength))
            room = ScoreDocuments.pieceLength
        }
        room -= 1
        // Safety: a piece has room for `pieceLength` blocks, and `room` of them are free.
        let lengths = pieces[pieces.count - 1] + 64 * room
        row.readLengths(ofBlock: place, into: lengths)
        if chunks.count <= number { chunks.append(contentsOf: repeatElement(nil, count: number + 1 - chunks.count)) }
        let blocks = chunks[number] ?? Blocks()
        chunks[number] = blocks
        blocks.live[place] = row.live(inBlock: place)
        blocks.lengths[place] = UnsafePointer(lengths)
        return DocumentBlock(lengths: lengths, live: blocks.live[place])
    }

    /// Makes `row` the one of a chunk; without documents when there is no such row.
    private func load(_ number: Int) throws {
        guard rowNumber != number else { return }
        rowNumber = nil
        select.bind(Int64(number), at: 1)
        defer { select.reset() }
        if try select.step() {
            guard row.load(select.bytes(0)) else {
                throw IndexError.corrupt(
                    path: path, table: "score_documents", rowID: Int64(number), reason: "not a chunk of documents")
            }
        } else {
            row.clear()
        }
        rowNumber = number
    }
}
