/// The terms of identifiers, which have several at one position: of the whole and of its parts (`rightSplit`: rightsplit, right,
/// split).
///
/// A table of tokens knows only one number of each, so that of an identifier is a number of this list, told apart by its highest
/// bit. It is replaced by the terms themselves when a text has been walked through.
struct IdentifierTerms {
    /// Where the terms and words of one identifier begin, and where those of the next one do.
    private struct Entry {
        var firstPart: Int
        var firstWord: Int
    }

    /// The highest bit: no vocabulary has as many terms.
    static let flag: UInt32 = 1 << 31

    private var entries: [Entry] = []
    /// The terms of all identifiers, of none a term twice, that of the whole first, and where each lies in its token.
    private var parts: [(term: TermID, range: Range<Int>)] = []
    /// The numbers of the words of all identifiers, that of the whole first.
    private var words: [TermID] = []

    /// Bytes of memory held.
    var byteCount: Int {
        entries.capacity * MemoryLayout<Entry>.stride + words.capacity * MemoryLayout<TermID>.stride
            + parts.capacity * MemoryLayout<(TermID, Range<Int>)>.stride
    }

    /// Whether `term` is a number of this list.
    @inline(__always)
    static func isNumber(_ term: TermID) -> Bool { term.rawValue & flag != 0 }

    /// Begins an identifier: its whole is the word with the number `word`.
    mutating func begin(_ term: TermID, word: TermID, length: Int) {
        entries.append(Entry(firstPart: parts.count, firstWord: words.count))
        parts.append((term, 0..<length))
        words.append(word)
    }

    /// Adds a part, a word with a number of its own, to the identifier that was begun.
    mutating func add(_ term: TermID, word: TermID, at range: Range<Int>) {
        words.append(word)
        let first = entries[entries.count - 1].firstPart
        if !parts[first...].contains(where: { $0.term == term }) { parts.append((term, range)) }
    }

    /// Adds a word that is listed with the identifier, but is no part of it.
    mutating func add(word: TermID) { words.append(word) }

    /// The number of the identifier that was begun; nil where it has no term but that of its whole and need not be kept.
    ///
    /// - Parameter isKept: Whether it has a number in any case.
    mutating func finish(isKept: Bool) -> TermID? {
        if let entry = entries.last, parts.count == entry.firstPart + 1, !isKept {
            entries.removeLast()
            parts.removeLast()
            words.removeLast(words.count - entry.firstWord)
            return nil
        }
        return TermID(rawValue: Self.flag | UInt32(entries.count - 1))
    }

    /// The terms of the identifier with a number, and where the part of each lies in the token.
    func parts(of number: TermID) -> ArraySlice<(term: TermID, range: Range<Int>)> {
        let index = index(of: number)
        let end = index + 1 < entries.count ? entries[index + 1].firstPart : parts.count
        return parts[entries[index].firstPart..<end]
    }

    /// The numbers of the words of the identifier with a number.
    func words(of number: TermID) -> ArraySlice<TermID> {
        let index = index(of: number)
        let end = index + 1 < entries.count ? entries[index + 1].firstWord : words.count
        return words[entries[index].firstWord..<end]
    }

    private func index(of number: TermID) -> Int {
        precondition(Self.isNumber(number), "term \(number.rawValue) is no identifier")
        return Int(number.rawValue & ~Self.flag)
    }
}
