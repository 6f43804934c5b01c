import TextAnalysis

/// Where words come from in their order: a layer of the list, or what an analyzer has counted.
enum WordSource {
    case layer(WordLayerCursor)
    case counted(CountedWordsCursor)

    var isAtEnd: Bool {
        switch self {
        case .layer(let cursor): cursor.isAtEnd
        case .counted(let cursor): cursor.isAtEnd
        }
    }

    /// The present word in the place of `word`, and its number of documents.
    func read(into word: inout [UInt8]) -> Int {
        word.removeAll(keepingCapacity: true)
        switch self {
        case .layer(let cursor):
            word.append(contentsOf: cursor.word)
            return cursor.documents
        case .counted(let cursor): return cursor.read(into: &word)
        }
    }

    func advance() throws {
        switch self {
        case .layer(let cursor): try cursor.advance()
        case .counted(let cursor): cursor.advance()
        }
    }
}

/// A walk over what an analyzer has counted.
final class CountedWordsCursor {
    private let words: CountedWords
    private let sign: Int
    private var index = 0

    /// `sign` is -1 for documents that went.
    init(_ words: CountedWords, sign: Int = 1) {
        self.words = words
        self.sign = sign
    }

    var isAtEnd: Bool { index == words.count }

    func advance() { index += 1 }

    /// Puts the bytes of the word behind those of `word`, and gives its number of documents.
    func read(into word: inout [UInt8]) -> Int {
        words.withWord(at: index) { bytes, documents in
            word.append(contentsOf: bytes)
            return sign * documents
        }
    }
}

/// Several sources of words seen as one: each word once, with the sum of its numbers; those whose sum is 0 are left out.
struct WordMerge {
    private var sources: [WordSource]
    /// The present word of each source that is not at its end.
    private var heads: [(word: [UInt8], documents: Int)]
    /// The present word.
    private(set) var word: [UInt8] = []
    /// Its number of documents.
    private(set) var documents = 0

    init(_ sources: [WordSource]) {
        self.sources = sources.filter { !$0.isAtEnd }
        heads = self.sources.map { source in
            var word: [UInt8] = []
            let documents = source.read(into: &word)
            return (word, documents)
        }
    }

    /// Moves to the next word; false behind the last.
    ///
    /// - Complexity: O(sources) comparisons.
    mutating func next() throws -> Bool {
        repeat {
            guard var least = heads.indices.first else { return false }
            for index in heads.indices.dropFirst()
            where heads[index].word.lexicographicallyPrecedes(heads[least].word) {
                least = index
            }
            swap(&word, &heads[least].word)
            documents = heads[least].documents
            var index = heads.count - 1
            while index >= 0 {
                if index != least, heads[index].word == word {
                    documents += heads[index].documents
                    try advance(index)
                } else if index == least {
                    try advance(index)
                }
                index -= 1
            }
        } while documents == 0
        return true
    }

    /// Moves one source on. Only sources at `index` and behind it change places.
    private mutating func advance(_ index: Int) throws {
        try sources[index].advance()
        if sources[index].isAtEnd {
            sources.remove(at: index)
            heads.remove(at: index)
        } else {
            heads[index].documents = sources[index].read(into: &heads[index].word)
        }
    }
}
