/// A set of documents by row id, one bit each.
///
/// Bit `id % 64` of word `id / 64`, so that a word covers just the documents of one block of a score grid.
public struct DocumentBitmap: Sendable, Hashable {
    /// The bits, from document 0 on. Documents behind the last word are not in the set.
    public private(set) var words: [UInt64]

    /// An empty set with room for ids below `capacity`.
    public init(capacity: Int64 = 0) {
        words = [UInt64](repeating: 0, count: Int((capacity + 63) / 64))
    }

    /// Adds a document. Ids must not be negative.
    public mutating func insert(_ document: Int64) {
        precondition(document >= 0, "document \(document)")
        let word = Int(document >> 6)
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        words[word] |= 1 << UInt64(document & 63)
    }

    /// Adds documents by their places from document `first` on, a multiple of 64; `span` is above all places.
    package mutating func insert(_ places: ArraySlice<UInt16>, from first: Int64, span: Int) {
        precondition(first >= 0 && first & 63 == 0, "document \(first)")
        reserve(first + Int64(span))
        let base = Int(first >> 6)
        words.withUnsafeMutableBufferPointer { words in
            for place in places {
                precondition(place < span, "place \(place)")
                // Safety: there are words for `span` documents from `base` on.
                words[base &+ Int(place >> 6)] |= 1 << UInt64(place & 63)
            }
        }
    }

    /// Takes a document out.
    package mutating func remove(_ document: Int64) {
        guard contains(document) else { return }
        words[Int(document >> 6)] &= ~(1 << UInt64(document & 63))
    }

    /// Calls `body` with each document, ascending, until it returns false.
    package func forEach(_ body: (Int64) throws -> Bool) rethrows {
        for (block, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                guard try body(Int64(block * 64 + rest.trailingZeroBitCount)) else { return }
                rest &= rest &- 1
            }
        }
    }

    /// Adds those of the 64 documents from `64 * block` on that a word has.
    mutating func insert(_ word: UInt64, block: Int) {
        guard word != 0 else { return }
        reserve(Int64(block + 1) << 6)
        words[block] |= word
    }

    /// Replaces the 64 documents from `64 * block` on.
    package mutating func set(block: Int, to word: UInt64) {
        precondition(block >= 0, "block \(block)")
        if block >= words.count, word == 0 { return }
        reserve(Int64(block + 1) << 6)
        words[block] = word
    }

    private mutating func reserve(_ capacity: Int64) {
        let count = Int((capacity + 63) / 64)
        if count > words.count { words.append(contentsOf: repeatElement(0, count: count - words.count)) }
    }

    /// Whether no document is in the set.
    ///
    /// - Complexity: O(n) in the words up to the first that is not 0.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Whether the document is in the set.
    public func contains(_ document: Int64) -> Bool {
        guard document >= 0, Int(document >> 6) < words.count else { return false }
        return words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1
    }

    /// The 64 documents from `64 * block` on.
    public func word(_ block: Int) -> UInt64 { block >= 0 && block < words.count ? words[block] : 0 }

    /// Keeps only documents that are in both sets.
    public mutating func formIntersection(_ other: DocumentBitmap) {
        if words.count > other.words.count { words.removeLast(words.count - other.words.count) }
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// Takes out all documents of the other set.
    public mutating func subtract(_ other: DocumentBitmap) {
        for index in words.indices where index < other.words.count { words[index] &= ~other.words[index] }
    }

    /// Adds all documents of the other set.
    public mutating func formUnion(_ other: DocumentBitmap) {
        if words.count < other.words.count {
            words.append(contentsOf: repeatElement(0, count: other.words.count - words.count))
        }
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    /// The documents in a range of ids, which begins at a multiple of 64, numbered from its beginning.
    package func documents(in range: Range<Int64>) -> DocumentBitmap {
        precondition(range.lowerBound & 63 == 0 && range.upperBound & 63 == 0, "documents \(range)")
        var part = DocumentBitmap()
        part.words = Array(words.dropFirst(Int(range.lowerBound >> 6)).prefix(range.count >> 6))
        return part
    }

    /// Adds all documents of the other set, whose document 0 is document `first` of this one, a multiple of 64.
    package mutating func formUnion(_ other: DocumentBitmap, from first: Int64) {
        precondition(first >= 0 && first & 63 == 0, "document \(first)")
        let base = Int(first >> 6)
        if words.count < base + other.words.count {
            words.append(contentsOf: repeatElement(0, count: base + other.words.count - words.count))
        }
        for index in other.words.indices { words[base + index] |= other.words[index] }
    }

    /// Number of documents in the set.
    ///
    /// - Complexity: O(largest id / 64).
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
