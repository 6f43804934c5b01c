/// The listed words of an analyzer's documents in the order of their bytes, each with the number of documents that have it.
///
/// A word stands here as a dictionary stores it: its key, and where the word has diacritics a zero byte and the word behind it.
/// So words that are looked up alike stand together: `resume`, `resume\0résumé`.
package struct CountedWords: Sendable {
    private var bytes: [UInt8] = []
    private var places: [Place] = []
    /// Whether all of them are of one document, which goes on in the next part.
    package private(set) var hasOneDocument = false

    /// Where a word lies.
    private struct Place {
        var start: UInt32
        var length: UInt16
        var isInFirst: Bool
        var isInLast: Bool
        var documents: UInt32
    }

    /// No words.
    package init() {}

    /// - Parameter goesOn: Whether the last document goes on in the next part.
    init(_ terms: borrowing TermTable, goesOn: Bool) {
        let view = terms.tally.words.view
        bytes.reserveCapacity(view.byteCount)
        places.reserveCapacity(view.count)
        var beginnings: [UInt64] = []
        beginnings.reserveCapacity(view.count)
        for index in 0..<UInt32(view.count) {
            let number = TermID(rawValue: index)
            let word = view.bytes(of: number)
            let documents = terms.tally.documents(with: number)
            guard documents > 0, WrittenWord.isListed(word) else { continue }
            let start = bytes.count
            let isPlain = word.allSatisfy { $0 < 0x80 }
            bytes.append(contentsOf: isPlain ? word : terms.key(of: word))
            if !isPlain, !bytes[start...].elementsEqual(word) {
                bytes.append(0)
                bytes.append(contentsOf: word)
            }
            beginnings.append(Self.beginning(of: bytes[start...]))
            places.append(
                Place(
                    start: UInt32(start), length: UInt16(bytes.count - start),
                    isInFirst: terms.tally.isInFirst(number), isInLast: goesOn && terms.tally.isInLast(number),
                    documents: UInt32(documents)))
        }
        hasOneDocument = goesOn && terms.tally.document == 1
        places = bytes.withUnsafeBufferPointer { bytes in
            BeginningOrder(of: beginnings) {
                Self.view(places[$0], in: bytes).lexicographicallyPrecedes(Self.view(places[$1], in: bytes))
            }.numbers.map { places[$0] }
        }
    }

    /// Number of words.
    package var count: Int { places.count }

    /// Bytes of memory held.
    package var byteCount: Int { bytes.capacity + places.capacity * MemoryLayout<Place>.stride }

    /// Whether the first document, which is one that was continued, has a word.
    package func isInFirst(at index: Int) -> Bool { places[index].isInFirst }

    /// Whether the last document has a word and goes on in the next part.
    package func isInLast(at index: Int) -> Bool { places[index].isInLast }

    /// The first eight bytes of a word as a number that sorts like them; nil behind the last word. Words of one beginning may differ.
    package func beginning(at index: Int) -> UInt64? {
        guard index < places.count else { return nil }
        let (start, length) = (Int(places[index].start), Int(places[index].length))
        return Self.beginning(of: bytes[start..<start + length])
    }

    /// Hands a word to `body`.
    package func withWord<Value>(
        at index: Int, _ body: (_ word: UnsafeBufferPointer<UInt8>, _ documents: Int) throws -> Value
    ) rethrows -> Value {
        try bytes.withUnsafeBufferPointer {
            try body(Self.view(places[index], in: $0), Int(places[index].documents))
        }
    }

    private static func view(_ place: Place, in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(place.start)..<Int(place.start) + Int(place.length)])
    }

    /// The first eight bytes as a number that sorts like them, zeros behind a shorter word.
    private static func beginning(of word: ArraySlice<UInt8>) -> UInt64 {
        var prefix: UInt64 = 0
        for byte in word.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
        return prefix << UInt64(8 * max(0, 8 - word.count))
    }
}
