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

    /// The first eight bytes of the present word as a number that sorts like them.
    var beginning: UInt64 {
        switch self {
        case .layer(let cursor): Self.beginning(of: cursor.word)
        case .counted(let cursor): cursor.beginning
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

    private static func beginning(of word: ArraySlice<UInt8>) -> UInt64 {
        var beginning: UInt64 = 0
        for byte in word.prefix(8) { beginning = beginning << 8 | UInt64(byte) }
        return beginning << UInt64(8 * max(0, 8 - word.count))
    }

    func advance() throws {
        switch self {
        case .layer(let cursor): try cursor.advance()
        case .counted(let cursor): cursor.advance()
        }
    }
}

/// A walk over what an analyzer has counted, perhaps in several parts.
///
/// Each part ends inside of a document and the next one goes on with it: a word that is in that document on both sides is counted once.
final class CountedWordsCursor {
    private let parts: [CountedWords]
    private let sign: Int
    // No access to these outlives a statement, so their exclusivity needs no check at run time.
    /// The next word of each part.
    @exclusivity(unchecked) private var places: [Int]
    /// Its beginning, which nearly always tells which of two comes first; nil behind the last.
    @exclusivity(unchecked) private var beginnings: [UInt64?]
    /// Whether it is the present word.
    @exclusivity(unchecked) private var isPresent: [Bool]
    /// The first part that has the present word; nil behind the last word.
    @exclusivity(unchecked) private var present: Int?

    /// `sign` is -1 for documents that went.
    init(_ parts: [CountedWords], sign: Int = 1) {
        self.parts = parts
        self.sign = sign
        places = parts.map { _ in 0 }
        beginnings = parts.map { $0.beginning(at: 0) }
        isPresent = parts.map { _ in false }
        findPresent()
    }

    /// A walk over words that were counted at once.
    convenience init(_ words: CountedWords, sign: Int = 1) { self.init([words], sign: sign) }

    var isAtEnd: Bool { present == nil }

    /// The beginning of the present word.
    var beginning: UInt64 { present.flatMap { beginnings[$0] } ?? 0 }

    func advance() {
        // Most counts have one part.
        if parts.count == 1 {
            places[0] += 1
            beginnings[0] = parts[0].beginning(at: places[0])
            present = beginnings[0] == nil ? nil : 0
            return
        }
        for part in isPresent.indices where isPresent[part] {
            places[part] += 1
            beginnings[part] = parts[part].beginning(at: places[part])
        }
        findPresent()
    }

    /// Puts the bytes of the word behind those of `word`, and gives its number of documents.
    func read(into word: inout [UInt8]) -> Int {
        guard let present else { return 0 }
        parts[present].append(places[present], to: &word)
        if parts.count == 1 { return sign * Int(parts[0][places[0]].documents) }
        var sum = 0
        // Whether the document that the part before ended in has the word.
        var isOpen = false
        for part in isPresent.indices where isOpen || isPresent[part] {
            guard isPresent[part] else {
                isOpen = parts[part].hasOneDocument
                continue
            }
            let known = parts[part][places[part]]
            sum += Int(known.documents)
            if isOpen, known.isInFirst { sum -= 1 }
            isOpen = known.isInLast || isOpen && parts[part].hasOneDocument
        }
        return sign * sum
    }

    /// Finds the parts whose next word is least.
    private func findPresent() {
        present = nil
        for part in beginnings.indices {
            isPresent[part] = false
            guard let beginning = beginnings[part] else { continue }
            var isLess = true
            if let present, let least = beginnings[present] {
                isLess = beginning < least
                if beginning == least {
                    let order = parts[part].order(of: places[part], to: places[present], of: parts[present])
                    isPresent[part] = order == 0
                    isLess = order < 0
                }
            }
            guard isLess else { continue }
            for other in 0..<part { isPresent[other] = false }
            isPresent[part] = true
            present = part
        }
    }
}

/// Several sources of words seen as one: each word once, with the sum of its numbers; those whose sum is 0 are left out.
struct WordMerge {
    private var sources: [WordSource]
    /// The present word of each source that is not at its end.
    private var heads: [Head]
    /// The present word.
    private(set) var word: [UInt8] = []
    /// Its number of documents.
    private(set) var documents = 0

    /// The present word of a source.
    private struct Head {
        var word: [UInt8] = []
        /// Its first eight bytes, which nearly always tell which of two comes first.
        var beginning: UInt64 = 0
        var documents = 0

        /// Takes the place of what came before in the same memory.
        mutating func read(_ source: WordSource) {
            documents = source.read(into: &word)
            beginning = source.beginning
        }

        func precedes(_ other: Head) -> Bool {
            beginning == other.beginning
                ? word.lexicographicallyPrecedes(other.word) : beginning < other.beginning
        }
    }

    init(_ sources: [WordSource]) {
        self.sources = sources.filter { !$0.isAtEnd }
        heads = self.sources.map { source in
            var head = Head()
            head.read(source)
            return head
        }
    }

    /// Moves to the next word; false behind the last.
    ///
    /// - Complexity: O(sources) comparisons.
    mutating func next() throws -> Bool {
        repeat {
            guard var least = heads.indices.first else { return false }
            for index in heads.indices.dropFirst() where heads[index].precedes(heads[least]) { least = index }
            swap(&word, &heads[least].word)
            documents = heads[least].documents
            let beginning = heads[least].beginning
            var index = heads.count - 1
            while index >= 0 {
                if index != least, heads[index].beginning == beginning, heads[index].word == word {
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
            heads[index].read(sources[index])
        }
    }
}
