import GRDB
import Postings
import Ranking

/// Lengths and existence of documents, chunk by chunk as they are asked for, from `score_documents`.
///
/// Holds 4 bytes for each document of the chunks that were looked at.
final class ScoreDocuments {
    private let path: String
    private let select: SQLiteStatement
    @exclusivity(unchecked) private var chunks: [DocumentChunk?] = []
    private let empty = DocumentChunk()

    init(_ db: Database, path: String) throws {
        self.path = path
        select = try SQLiteStatement("SELECT lengths FROM score_documents WHERE chunk = ?1", on: try db.handle)
    }

    /// The documents of a block.
    @inline(__always)
    func block(_ block: Int) throws -> DocumentBlock {
        let chunk = try chunk(block >> 6)
        // Safety: a chunk has 64 blocks of 64 documents.
        return DocumentBlock(lengths: chunk.lengths + (block & 63) << 6, live: chunk.live[block & 63])
    }

    /// Tokens of a document.
    @inline(__always)
    func length(of document: Int64) throws -> UInt32 {
        try chunk(Int(document) / DocumentChunkFormat.length).lengths[Int(document) % DocumentChunkFormat.length]
    }

    @inline(__always)
    private func chunk(_ number: Int) throws -> DocumentChunk {
        if number < chunks.count, let chunk = chunks[number] { return chunk }
        return try load(number)
    }

    private func load(_ number: Int) throws -> DocumentChunk {
        guard number >= 0 else { return empty }
        select.bind(Int64(number), at: 1)
        defer { select.reset() }
        var chunk = empty
        if try select.step() {
            guard let read = DocumentChunk(select.bytes(0)) else {
                throw IndexError.corrupt(
                    path: path, table: "score_documents", rowID: Int64(number), reason: "not a chunk of documents")
            }
            chunk = read
        }
        if chunks.count <= number { chunks.append(contentsOf: repeatElement(nil, count: number + 1 - chunks.count)) }
        chunks[number] = chunk
        return chunk
    }
}
