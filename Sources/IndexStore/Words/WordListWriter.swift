import CZstd
import GRDB
import TextAnalysis

/// Adds layers to the table `words`; see ``WordListFormat``. Used inside a transaction.
struct WordListWriter {
    private let db: Database
    private let blockLength: Int

    init(_ db: Database, blockLength: Int = WordListFormat.blockLength) {
        self.db = db
        self.blockLength = blockLength
    }

    /// Adds the words of documents that came, and takes off those of documents that went, over which cursors of the sign -1 walk.
    ///
    /// A layer that is no more than twice as large as the ones behind it is merged with them, so that each layer is larger than all
    /// behind it, their number grows with the logarithm of the list, and a word is written again as often.
    func add(_ cursors: [CountedWordsCursor]) throws { try add(Self.blocks(of: cursors, length: blockLength)) }

    /// Adds a layer of ``blocks(of:length:)``.
    func add(_ blocks: [WordListBlock]) throws {
        guard !blocks.isEmpty else { return }
        let reader = try WordListReader(db)
        var layers = try reader.layers()
        let insert = try BlockInsertion(db, layer: (layers.last?.number ?? -1) + 1)
        for block in blocks { try insert.add(block) }
        layers = try reader.layers()
        while let last = layers.last, let before = layers.dropLast().last, before.size <= 2 * last.size {
            try merge(layers.suffix(2), with: reader)
            layers = try reader.layers()
        }
    }

    /// Merges all layers into one.
    func mergeAll() throws {
        let reader = try WordListReader(db)
        let layers = try reader.layers()
        if layers.count > 1 { try merge(layers[...], with: reader) }
    }

    /// Puts another list in the place of this one.
    func replace(with words: [CountedWords]) throws {
        try db.execute(sql: try WordListReader.exists(db) ? "DELETE FROM words" : WordListFormat.definition)
        try write([.counted(CountedWordsCursor(words))], asLayer: 0)
    }

    /// Merges the last layers into the place of the first of them.
    private func merge(_ layers: ArraySlice<WordListReader.Layer>, with reader: WordListReader) throws {
        guard let first = layers.first, let last = layers.last else { return }
        let number = last.number + 1
        try write(layers.map { .layer(try WordLayerCursor(reader, $0)) }, asLayer: number)
        try db.execute(
            sql: "DELETE FROM words WHERE id >= ? AND id < ?",
            arguments: [
                WordListFormat.id(layer: first.number, block: 0), WordListFormat.id(layer: number, block: 0),
            ])
        let shift = WordListFormat.id(layer: number - first.number, block: 0)
        try db.execute(
            sql: "UPDATE words SET id = id - ? WHERE id >= ?",
            arguments: [shift, WordListFormat.id(layer: number, block: 0)])
    }

    private func write(_ sources: [WordSource], asLayer layer: Int) throws {
        let insert = try BlockInsertion(db, layer: layer)
        try Self.forEachBlock(of: sources, length: blockLength, insert.add)
    }

    /// The blocks of words that were counted. Needs no connection, so that another thread can make them.
    static func blocks(
        of cursors: [CountedWordsCursor], length: Int = WordListFormat.blockLength
    ) throws -> [WordListBlock] {
        var blocks: [WordListBlock] = []
        try forEachBlock(of: cursors.map(WordSource.counted), length: length) { blocks.append($0) }
        return blocks
    }

    private static func forEachBlock(
        of sources: [WordSource], length: Int, _ body: (WordListBlock) throws -> Void
    ) throws {
        var block = WordBlockBuilder()
        func flush() throws {
            guard block.count > 0 else { return }
            try body(WordListBlock(first: block.first, frame: try frame(of: block.content)))
            block.removeAll()
        }
        var merge = WordMerge(sources)
        while try merge.next() {
            block.append(merge.word, documents: merge.documents)
            if block.byteCount >= length { try flush() }
        }
        try flush()
    }

    private static func frame(of content: [UInt8]) throws -> [UInt8] {
        var failure: String?
        let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) { buffer, count in
            let size = ZSTD_compress(
                buffer.baseAddress, buffer.count, content, content.count, WordListFormat.level)
            if ZSTD_isError(size) != 0 { failure = String(cString: ZSTD_getErrorName(size)) } else { count = size }
        }
        if let failure { throw TextFrameError.failed(failure) }
        return frame
    }
}

/// A block of a word list as a row has it; see ``WordListFormat``.
struct WordListBlock: Sendable {
    /// The first word.
    var first: [UInt8]
    /// The compressed content.
    var frame: [UInt8]
}

/// Stores the blocks of a layer one after another.
private final class BlockInsertion {
    private let insert: SQLiteStatement
    private let layer: Int
    private var count = 0

    init(_ db: Database, layer: Int) throws {
        insert = try SQLiteStatement("INSERT INTO words(id, first, content) VALUES (?1, ?2, ?3)", on: db.handle)
        self.layer = layer
    }

    func add(_ block: WordListBlock) throws {
        insert.bind(WordListFormat.id(layer: layer, block: count), at: 1)
        block.first.withUnsafeBytes { insert.bind($0, at: 2) }
        try block.frame.withUnsafeBytes {
            insert.bind(borrowing: $0, at: 3)
            try insert.run()
        }
        count += 1
    }
}
