/// The listed words of an analyzer's documents in the order of their bytes, each with the number of documents that have it.
///
/// A word stands here as a dictionary stores it: its key, and where the word has diacritics a zero byte and the word behind it.
/// So words that are looked up alike stand together: `resume`, `resume\0résumé`.
package final class CountedWords: Sendable {
    private let bytes: [UInt8]
    private let words: [Word]
    /// Whether all of them are of one document, which goes on in the next part.
    package let hasOneDocument: Bool

    /// Where a word lies, and what is known of it.
    package struct Word: Sendable {
        fileprivate var start: UInt32
        fileprivate var length: UInt16
        /// Whether the first document, which is one that was continued, has it.
        package fileprivate(set) var isInFirst: Bool
        /// Whether the last document has it and goes on in the next part.
        package fileprivate(set) var isInLast: Bool
        /// Documents that have it.
        package fileprivate(set) var documents: UInt32
        /// Its first eight bytes as a number that sorts like them, zeros behind a shorter word. Words of one beginning may differ.
        package fileprivate(set) var beginning: UInt64 = 0
    }

    /// No words.
    package init() { (bytes, words, hasOneDocument) = ([], [], false) }

    /// - Parameter goesOn: Whether the last document goes on in the next part.
    init(_ terms: borrowing TermTable, goesOn: Bool) {
        let view = terms.tally.words.view
        var bytes: [UInt8] = []
        var words: [Word] = []
        bytes.reserveCapacity(view.byteCount)
        words.reserveCapacity(view.count)
        var texts: [BeginningOrder.Text] = []
        texts.reserveCapacity(view.count)
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
            let entry = Word(
                start: UInt32(start), length: UInt16(bytes.count - start),
                isInFirst: terms.tally.isInFirst(number), isInLast: goesOn && terms.tally.isInLast(number),
                documents: UInt32(documents))
            bytes.withUnsafeBufferPointer {
                texts.append(BeginningOrder.Text(Self.bytes(of: entry, in: $0), number: UInt32(words.count)))
            }
            words.append(entry)
        }
        hasOneDocument = goesOn && terms.tally.hasOneDocument
        (self.bytes, self.words) = bytes.withUnsafeBufferPointer { Self.inOrder(words, texts, $0) }
    }

    /// The words in order, and their bytes one after another in that order, in which they are read.
    private static func inOrder(
        _ words: [Word], _ texts: consuming [BeginningOrder.Text], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> ([UInt8], [Word]) {
        let order = BeginningOrder(of: texts) {
            Self.bytes(of: words[Int($0)], in: bytes)
                .lexicographicallyPrecedes(Self.bytes(of: words[Int($1)], in: bytes))
        }
        var orderedBytes: [UInt8] = []
        var orderedWords: [Word] = []
        orderedBytes.reserveCapacity(bytes.count)
        orderedWords.reserveCapacity(words.count)
        for text in order.texts {
            var word = words[Int(text.number)]
            let start = UInt32(orderedBytes.count)
            orderedBytes.append(contentsOf: Self.bytes(of: word, in: bytes))
            (word.start, word.beginning) = (start, text.beginning)
            orderedWords.append(word)
        }
        return (orderedBytes, orderedWords)
    }

    /// Number of words.
    package var count: Int { words.count }

    /// Bytes of memory held.
    package var byteCount: Int { bytes.capacity + words.capacity * MemoryLayout<Word>.stride }

    /// What is known of a word.
    package subscript(index: Int) -> Word { words[index] }

    /// The first eight bytes of a word as a number that sorts like them; nil behind the last word. Words of one beginning may differ.
    package func beginning(at index: Int) -> UInt64? { index < words.count ? words[index].beginning : nil }

    /// Puts the bytes of a word behind others.
    package func append(_ index: Int, to bytes: inout [UInt8]) {
        self.bytes.withUnsafeBufferPointer { bytes.append(contentsOf: Self.bytes(of: words[index], in: $0)) }
    }

    /// Less than zero when a word comes before one of another part, zero when it is the same.
    package func order(of index: Int, to otherIndex: Int, of other: CountedWords) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            other.bytes.withUnsafeBufferPointer { otherBytes in
                let word = Self.bytes(of: words[index], in: bytes)
                let otherWord = Self.bytes(of: other.words[otherIndex], in: otherBytes)
                return word.elementsEqual(otherWord) ? 0 : word.lexicographicallyPrecedes(otherWord) ? -1 : 1
            }
        }
    }

    private static func bytes(of word: Word, in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(word.start)..<Int(word.start) + Int(word.length)])
    }
}
