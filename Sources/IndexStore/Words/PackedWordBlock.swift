import CByteScan
import Postings

/// A block of a word list as it was compressed (``WordListFormat``), and where its words lie: what is walked over again and again
/// for near words, of which no more than a few are put together.
struct PackedWordBlock {
    /// Its first word.
    let first: [UInt8]
    /// Number of words.
    let count: Int
    /// The columns, as ``WordListFormat`` describes them.
    let content: [UInt8]
    /// How many bytes each word shares with the one before, as far as a byte can tell; zeros follow.
    private var shares: [UInt8] = []
    /// The same of those that share more.
    private var longShares: [Int: Int] = [:]
    /// Where the bytes behind these begin, and where the last word's end.
    private var starts: [UInt32] = []
    /// Where the numbers of documents begin.
    private var numbers = 0

    /// What a byte of ``shares`` says of more.
    private static let manyShared = 255
    /// Bytes that are looked at together.
    private static let step = 16

    /// Finds the words.
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
        let isWhole = content.withUnsafeBytes { findWords($0, from: offset) }
        guard isWhole else { throw WordListError(row: row, reason: "it breaks off") }
    }

    private mutating func findWords(_ content: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var offset = start
        func column(_ take: (UInt64) -> Bool) -> Bool {
            for _ in 0..<count {
                guard let value = Self.number(content, at: &offset), take(value) else { return false }
            }
            return true
        }
        let longest = UInt64(WordListFormat.maximumWordLength)
        shares.reserveCapacity(count + Self.step)
        let hasShares = column { share in
            guard share <= longest else { return false }
            if share >= Self.manyShared { longShares[shares.count] = Int(share) }
            shares.append(UInt8(min(Int(share), Self.manyShared)))
            return true
        }
        guard hasShares else { return false }
        shares += [UInt8](repeating: 0, count: Self.step)
        var total = 0
        starts.reserveCapacity(count + 1)
        let hasLengths = column { length in
            starts.append(UInt32(total))
            guard length <= UInt64(content.count - total) else { return false }
            total += Int(length)
            return true
        }
        starts.append(UInt32(total))
        numbers = offset
        guard hasLengths, column({ _ in true }), total <= content.count - offset else { return false }
        for word in starts.indices { starts[word] += UInt32(offset) }
        return true
    }

    /// The number at `offset`, which moves behind it.
    @inline(__always)
    private static func number(_ content: UnsafeRawBufferPointer, at offset: inout Int) -> UInt64? {
        guard offset < content.count else { return nil }
        let byte = content[offset]
        guard byte >= 0x80 else {
            offset += 1
            return UInt64(byte)
        }
        return Varint.read(content, at: &offset)
    }

    /// Bytes that a word shares with the one before.
    func share(of word: Int) -> Int {
        let share = Int(shares[word])
        return share == Self.manyShared ? longShares[word] ?? share : share
    }

    /// Where the bytes of a word behind the shared ones lie in ``content``.
    func bytes(of word: Int) -> Range<Int> { Int(starts[word])..<Int(starts[word + 1]) }

    /// The first word from `word` on that may share fewer than `limit` bytes with the one before; not below ``count`` where there
    /// is none.
    ///
    /// - Complexity: O(words passed over), sixteen at a time.
    func next(from word: Int, sharingLessThan limit: Int) -> Int {
        guard limit <= Self.manyShared, limit > 0 else { return word }
        return shares.withUnsafeBytes { shares in
            guard let base = shares.baseAddress else { return count }
            var word = word
            while word < count {
                // Safety: as many bytes follow the last word's.
                assert(word + Self.step <= shares.count)
                let found = postil_at_most(base + word, UInt8(limit - 1))
                if found != 0 { return word + found.trailingZeroBitCount }
                word += Self.step
            }
            return word
        }
    }

    /// Documents that have a word.
    ///
    /// - Complexity: O(word).
    func documents(of word: Int) -> Int {
        precondition(word < count, "word \(word) of \(count)")
        return content.withUnsafeBytes { content in
            var offset = numbers
            var number: UInt64?
            // All were read once.
            for _ in 0...word { number = Self.number(content, at: &offset) }
            return WordListFormat.number(ofZigzag: number ?? 0)
        }
    }
}
