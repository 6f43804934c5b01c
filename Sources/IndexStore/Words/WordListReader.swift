import CZstd
import GRDB

/// Reads the layers of the table `words`; see ``WordListFormat``. Belongs to a connection.
final class WordListReader {
    private let select, seek, end: SQLiteStatement
    /// Makes room for zstd's tables once instead of for each block.
    private let context = ZSTD_createDCtx()
    /// What ``packedBlock(_:of:)`` has read, by row.
    private var packed: [Int64: PackedWordBlock] = [:]
    private var packedBytes = 0

    /// Bytes of blocks that are kept: the words of a million documents take some 30 MB.
    private static let contentLimit = 64 << 20

    /// Whether there is a list: not in an index of an earlier version that has not been written to.
    static func exists(_ db: Database) throws -> Bool {
        try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'words'") != nil
    }

    init(_ db: Database) throws {
        select = try SQLiteStatement("SELECT first, content FROM words WHERE id = ?1", on: db.handle)
        seek = try SQLiteStatement("SELECT first FROM words WHERE id = ?1", on: db.handle)
        end = try SQLiteStatement(
            "SELECT id, length(content) FROM words WHERE id < ?1 ORDER BY id DESC LIMIT 1", on: db.handle)
    }

    deinit { ZSTD_freeDCtx(context) }

    /// A layer: which one, and how large.
    struct Layer {
        var number: Int
        var blocks: Int
        /// Bytes, about.
        var size: Int
    }

    /// The layers, the oldest first.
    ///
    /// - Complexity: One look-up for each.
    func layers() throws -> [Layer] {
        var layers: [Layer] = []
        var limit = Int64.max
        while true {
            end.bind(limit, at: 1)
            defer { end.reset() }
            guard try end.step() else { break }
            let (id, length) = (end.integer(0), Int(end.integer(1)))
            guard id >= 0 else { throw WordListError(row: id, reason: "a row id out of range") }
            let blocks = Int(id & 0xFFFF_FFFF) + 1
            layers.append(
                Layer(
                    number: Int(id >> 32), blocks: blocks,
                    size: blocks > 1 ? blocks * WordListFormat.blockLength / 2 : length))
            limit = WordListFormat.id(layer: Int(id >> 32), block: 0)
        }
        return layers.reversed()
    }

    /// A block of a layer.
    ///
    /// - Throws: ``WordListError`` when it is missing or damaged.
    func block(_ number: Int, of layer: Layer) throws -> WordBlock {
        let id = WordListFormat.id(layer: layer.number, block: number)
        select.bind(id, at: 1)
        defer { select.reset() }
        guard try select.step() else { throw WordListError(row: id, reason: "it is not there") }
        let block = try WordBlock(decompress(select.bytes(1), row: id), row: id)
        guard block.count > 0, select.bytes(0).elementsEqual(block[0]) else {
            throw WordListError(row: id, reason: "it does not begin with its first word")
        }
        return block
    }

    /// The block of a layer in which `word` stands, if it does.
    func block(with word: [UInt8], of layer: Layer) throws -> Int {
        var range = 0..<layer.blocks
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            let id = WordListFormat.id(layer: layer.number, block: middle)
            seek.bind(id, at: 1)
            defer { seek.reset() }
            guard try seek.step() else { throw WordListError(row: id, reason: "it is not there") }
            range =
                word.lexicographicallyPrecedes(seek.bytes(0))
                ? range.lowerBound..<middle : middle..<range.upperBound
        }
        return range.lowerBound
    }

    /// The first words of all blocks of a layer.
    func firstWords(of layer: Layer) throws -> [[UInt8]] {
        // No room is made for all at once: a damaged row id speaks of four billion.
        var words: [[UInt8]] = []
        for number in 0..<layer.blocks {
            let id = WordListFormat.id(layer: layer.number, block: number)
            if let known = packed[id] {
                words.append(known.first)
                continue
            }
            seek.bind(id, at: 1)
            defer { seek.reset() }
            guard try seek.step() else { throw WordListError(row: id, reason: "it is not there") }
            words.append(Array(seek.bytes(0)))
        }
        return words
    }

    /// A block of a layer as it was compressed; kept for the next time, since who looks for near words looks at most blocks.
    func packedBlock(_ number: Int, of layer: Layer) throws -> PackedWordBlock {
        let id = WordListFormat.id(layer: layer.number, block: number)
        if let known = packed[id] { return known }
        select.bind(id, at: 1)
        defer { select.reset() }
        guard try select.step() else { throw WordListError(row: id, reason: "it is not there") }
        let block = try PackedWordBlock(decompress(select.bytes(1), row: id), first: Array(select.bytes(0)), row: id)
        if packedBytes + block.content.count <= Self.contentLimit {
            packedBytes += block.content.count
            packed[id] = block
        }
        return block
    }

    private func decompress(_ frame: UnsafeRawBufferPointer, row: Int64) throws(WordListError) -> [UInt8] {
        let size = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
        // The two values for none are beyond it.
        guard size <= UInt64(WordListFormat.maximumContent) else {
            throw WordListError(row: row, reason: "no frame of a block")
        }
        var content = [UInt8](repeating: 0, count: Int(size))
        let count = ZSTD_decompressDCtx(context, &content, content.count, frame.baseAddress, frame.count)
        guard ZSTD_isError(count) == 0, count == content.count else {
            throw WordListError(row: row, reason: "its frame is damaged")
        }
        return content
    }
}

/// A walk over the words of one layer in their order.
final class WordLayerCursor {
    private let reader: WordListReader
    private let layer: WordListReader.Layer
    private var number: Int
    private var block: WordBlock
    private var index: Int

    /// Begins with the first word that is not before `start`.
    init(_ reader: WordListReader, _ layer: WordListReader.Layer, from start: [UInt8] = []) throws {
        self.reader = reader
        self.layer = layer
        number = start.isEmpty ? 0 : try reader.block(with: start, of: layer)
        block = try reader.block(number, of: layer)
        var range = 0..<block.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                block[middle].lexicographicallyPrecedes(start)
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        index = range.lowerBound
        try skipToNextBlock()
    }

    var isAtEnd: Bool { index == block.count }
    /// The word; not at the end.
    var word: ArraySlice<UInt8> { block[index] }
    /// Bytes that the word has in common with the one before it, at least.
    var shared: Int { index == 0 ? 0 : block.shared[index] }
    /// The documents that the layer counts.
    var documents: Int { block.documents[index] }

    func advance() throws {
        index += 1
        try skipToNextBlock()
    }

    private func skipToNextBlock() throws {
        guard index == block.count, number + 1 < layer.blocks else { return }
        number += 1
        let last = block.count > 0 ? Array(block[block.count - 1]) : []
        block = try reader.block(number, of: layer)
        guard last.lexicographicallyPrecedes(block[0]) else {
            throw WordListError(
                row: WordListFormat.id(layer: layer.number, block: number), reason: "words do not ascend")
        }
        index = 0
    }
}
