import CZstd
import Postings
import TextAnalysis

/// The words of the documents as they are written, each with the number of documents that have it: the table `words`.
///
/// A list is made of *layers*. Each transaction adds one with the words of the documents that it brought and, counted below zero, of
/// those it took; a word's number is the sum over all layers. Small layers are merged into the one before
/// (``WordListWriter``), so that there are few. A layer is sorted and cut into blocks, one row each:
///
///     id       layer << 32 | number of the block, from 0 on
///     first    the first word of the block
///     content  a frame of zstd (RFC 8878) with its magic number and the size of its content, which is
///
///     content := varint n
///                n × varint   bytes that a word shares with the one before, 0 for the first
///                n × varint   bytes behind these
///                n × varint   documents, as a zigzag number: 0, -1, 1, -2 … are 0, 1, 2, 3 …
///                the bytes behind the shared ones, word by word
///
/// A word is stored as its key (without diacritics) and, where it has some, a zero byte and the word as it is written. So those
/// that are looked up alike stand together. Which words are listed, `WrittenWord` says.
///
/// Worked example: `art` in 3 documents, `arts` in 1, `économie` in 9 are
/// `03  00 03 00  03 01 12  06 02 12` and the bytes of `art`, `s`, `economie\0économie`.
enum WordListFormat {
    /// The table. An index of an earlier version has none before it is written to.
    static let definition = "CREATE TABLE words(id INTEGER PRIMARY KEY, first BLOB NOT NULL, content BLOB NOT NULL);"

    /// Bytes of words and numbers in a block, about, which are 2,000 words. Compressed they take 9 kB, three to a page of the file;
    /// twice as many would be 3 % smaller, but one to a page.
    static let blockLength = 16 << 10
    /// The largest block that is taken for one: the last word of a block can be a long one.
    static let maximumContent = 4 * blockLength
    /// More bytes than a listed word and its key can have.
    static let maximumWordLength = 4 * WrittenWord.maximumLength
    /// zstd's level 1: the words of 150,000 abstracts take 869 kB at it, a three-hundredth of the index, and 837 kB at level 3.
    static let level: Int32 = 1

    /// The row of a block.
    static func id(layer: Int, block: Int) -> Int64 { Int64(layer) << 32 | Int64(block) }

    /// A number of documents, which can be negative, as one that is short when it is near 0.
    static func zigzag(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value << 1 ^ value >> 63)) }
    static func number(ofZigzag value: UInt64) -> Int { Int(value >> 1) ^ -Int(value & 1) }
}

/// Why a row of the table `words` makes no sense.
struct WordListError: Error {
    /// Which row.
    var row: Int64
    /// What is wrong.
    var reason: String
}

/// A block of a word list that is being put together: words in ascending order.
struct WordBlockBuilder {
    private(set) var first: [UInt8] = []
    private(set) var count = 0
    /// The word that was added last, in memory for any.
    private var last = [UInt8](repeating: 0, count: WordListFormat.maximumWordLength)
    private var lastCount = 0
    private var shared: [UInt8] = []
    private var lengths: [UInt8] = []
    private var documents: [UInt8] = []
    private var bytes: [UInt8] = []

    /// Bytes of the block so far.
    var byteCount: Int { shared.count + lengths.count + documents.count + bytes.count }

    /// Adds a word of at most `WordListFormat.maximumWordLength` bytes, which stands behind all others.
    mutating func append(_ word: [UInt8], documents number: Int) {
        if count == 0 { first = word }
        var common = 0
        word.withUnsafeBufferPointer { word in
            let most = min(lastCount, word.count)
            last.withUnsafeMutableBufferPointer { last in
                while common < most, last[common] == word[common] { common += 1 }
                for place in common..<word.count { last[place] = word[place] }
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: word[common...]))
        }
        Self.append(UInt64(common), to: &shared)
        Self.append(UInt64(word.count - common), to: &lengths)
        Self.append(WordListFormat.zigzag(number), to: &documents)
        lastCount = word.count
        count += 1
    }

    /// Empties the block, and keeps its memory.
    mutating func removeAll() {
        first = []
        (count, lastCount) = (0, 0)
        shared.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// What is compressed.
    var content: [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(byteCount + Varint.maximumLength)
        Self.append(UInt64(count), to: &content)
        content += shared
        content += lengths
        content += documents
        content += bytes
        return content
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        if value < 0x80 { return bytes.append(UInt8(value)) }
        withUnsafeTemporaryAllocation(byteCount: Varint.maximumLength, alignment: 1) { memory in
            // Safety: a varint takes at most as many bytes.
            let length = Varint.encode(value, to: memory.baseAddress.unsafelyUnwrapped)
            bytes.append(contentsOf: memory.prefix(length))
        }
    }
}

/// The words of a block that has been read.
struct WordBlock {
    /// The words' bytes, one after another.
    private(set) var bytes: [UInt8] = []
    /// Where each word begins, and where the last one ends.
    private(set) var starts: [Int] = [0]
    /// Bytes that each shares with the one before.
    private(set) var shared: [Int] = []
    /// Documents that have each.
    private(set) var documents: [Int] = []

    var count: Int { documents.count }

    /// The bytes of a word.
    subscript(index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }

    /// Decodes what a builder's ``WordBlockBuilder/content`` says.
    ///
    /// - Throws: ``WordListError`` unless it is whole and its words ascend.
    init(_ content: [UInt8], row: Int64) throws(WordListError) {
        var reason: String?
        content.withUnsafeBytes { content in reason = decode(content) }
        if let reason { throw WordListError(row: row, reason: reason) }
    }

    private mutating func decode(_ content: UnsafeRawBufferPointer) -> String? {
        var offset = 0
        guard let count = Varint.read(content, at: &offset), count <= UInt64(content.count) else { return "no count" }
        func column() -> [UInt64]? {
            var values: [UInt64] = []
            values.reserveCapacity(Int(count))
            for _ in 0..<count {
                guard let value = Varint.read(content, at: &offset) else { return nil }
                values.append(value)
            }
            return values
        }
        guard let shared = column(), let lengths = column(), let numbers = column() else { return "it breaks off" }
        var total = 0
        for (common, length) in zip(shared, lengths) {
            let limit = UInt64(WordListFormat.maximumWordLength)
            guard common <= limit, length <= limit, common + length <= limit else { return "a word is too long" }
            total += Int(common + length)
        }
        starts.reserveCapacity(Int(count) + 1)
        var isInOrder = true
        bytes = [UInt8](unsafeUninitializedCapacity: total) { memory, used in
            for index in 0..<Int(count) {
                let previous = index == 0 ? 0..<0 : starts[index - 1]..<starts[index]
                let (common, length) = (Int(shared[index]), Int(lengths[index]))
                isInOrder =
                    common <= previous.count && length <= content.count - offset
                    && (index == 0
                        || length > 0
                            && (common == previous.count || content[offset] > memory[previous.lowerBound + common]))
                guard isInOrder else { return }
                // Safety: used + common + length <= total, the word before has `common` bytes, the content `length` more.
                assert(used + common + length <= memory.count)
                for place in 0..<common { memory[used + place] = memory[previous.lowerBound + place] }
                for place in 0..<length { memory[used + common + place] = content[offset + place] }
                used += common + length
                offset += length
                starts.append(used)
            }
        }
        guard isInOrder else { return "words do not ascend" }
        self.shared = shared.map(Int.init)
        documents = numbers.map(WordListFormat.number(ofZigzag:))
        return offset == content.count ? nil : "\(content.count - offset) bytes too many"
    }
}
