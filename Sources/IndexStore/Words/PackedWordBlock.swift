import Postings

/// A block of a word list as it was compressed (``WordListFormat``), and where its columns begin: what is walked over again and
/// again for near words, of which no more than a few are put together.
struct PackedWordBlock {
    /// Its first word.
    let first: [UInt8]
    /// Number of words.
    let count: Int
    /// The columns, as ``WordListFormat`` describes them.
    let content: [UInt8]
    /// Where the bytes shared with the word before begin, those behind them, the numbers of documents, and the words' own bytes.
    private(set) var shares = 0
    private(set) var lengths = 0
    private(set) var numbers = 0
    private(set) var words = 0

    /// Finds the columns.
    ///
    /// - Throws: ``WordListError`` unless all numbers and words are there.
    /// - Complexity: O(words).
    init(_ content: [UInt8], first: [UInt8], row: Int64) throws(WordListError) {
        var offset = 0
        let found = content.withUnsafeBytes { Varint.read($0, at: &offset) }
        guard let found, found <= UInt64(content.count) else { throw WordListError(row: row, reason: "no count") }
        count = Int(found)
        self.content = content
        self.first = first
        let isWhole = content.withUnsafeBytes { findColumns($0, from: offset) }
        guard isWhole else { throw WordListError(row: row, reason: "it breaks off") }
    }

    private mutating func findColumns(_ content: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var offset = start
        func column(_ isValid: (UInt64) -> Bool) -> Bool {
            for _ in 0..<count {
                guard offset < content.count else { return false }
                var value = UInt64(content[offset])
                if value < 0x80 {
                    offset += 1
                } else {
                    guard let long = Varint.read(content, at: &offset) else { return false }
                    value = long
                }
                guard isValid(value) else { return false }
            }
            return true
        }
        let longest = UInt64(WordListFormat.maximumWordLength)
        shares = offset
        guard column({ $0 <= longest }) else { return false }
        lengths = offset
        var total = 0
        let most = UInt64(content.count)
        guard
            column({
                guard $0 <= most else { return false }
                total += Int($0)
                return true
            })
        else { return false }
        numbers = offset
        guard column({ _ in true }) else { return false }
        words = offset
        return total <= content.count - words
    }

    /// The number at `offset`, which moves behind it.
    ///
    /// - Precondition: A column of the block has a number there.
    @inline(__always)
    static func number(_ content: UnsafeRawBufferPointer, at offset: inout Int) -> Int {
        // Safety: all numbers of the columns were read when the block was made.
        assert(offset < content.count)
        let byte = content[offset]
        if byte < 0x80 {
            offset += 1
            return Int(byte)
        }
        return Int(truncatingIfNeeded: Varint.read(content, at: &offset) ?? 0)
    }

    /// Documents that have a word.
    ///
    /// - Complexity: O(index).
    func documents(of index: Int) -> Int {
        precondition(index < count, "word \(index) of \(count)")
        return content.withUnsafeBytes { content in
            var offset = numbers
            for _ in 0..<index { _ = Self.number(content, at: &offset) }
            let number = Self.number(content, at: &offset)
            return WordListFormat.number(ofZigzag: UInt64(bitPattern: Int64(number)))
        }
    }
}
