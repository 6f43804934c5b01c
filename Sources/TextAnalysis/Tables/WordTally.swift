import CPrefetch

/// The words of an analyzer's texts as they are written, each with its term and the number of documents that have it.
///
/// A table of tokens gives the number of a word. When a text has been walked through, one pass over its occurrences puts terms in
/// the place of these numbers and counts, while other occurrences' entries are fetched: some nanoseconds an occurrence.
///
/// Waiting for memory is most of that, so that entries are as small as can be: documents are counted by two bytes in periods of as
/// many documents as these can count, and what was counted before is kept apart.
struct WordTally: ~Copyable {
    /// What is known of a word; 8 bytes.
    fileprivate struct Entry {
        var term: TermID
        /// The last document of the period that has the word, counted from 1, and how many of the period have it.
        var lastDocument: UInt16 = 0
        var documents: UInt16 = 0
    }

    /// The words: folded, but neither stemmed nor without diacritics.
    private(set) var words: TermVocabulary
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int
    private let initialSlots: Int
    /// Documents of a period.
    private let periodLength: UInt16
    /// The document that texts belong to, counted from 1 in its period; 0 while nothing is counted.
    private var document: UInt16 = 0
    /// Documents of each word in earlier periods; empty in the first one.
    private var earlier: [UInt32] = []
    /// For each word that the first document was marked with, whether it has it.
    private var isInFirst: [Bool] = []

    init(initialSlots: Int, periodLength: UInt16 = .max) {
        self.initialSlots = initialSlots
        self.periodLength = periodLength
        words = TermVocabulary(initialSlots: initialSlots)
        capacity = initialSlots
        entries = Self.places(initialSlots)
    }

    private static func places(_ count: Int) -> UnsafeMutablePointer<Entry> {
        let places = UnsafeMutablePointer<Entry>.allocate(capacity: count)
        LargePages.prefer(places, byteCount: count * MemoryLayout<Entry>.stride)
        return places
    }

    deinit { entries.deallocate() }

    /// Bytes of memory held.
    var byteCount: Int {
        words.byteCount + capacity * MemoryLayout<Entry>.stride + isInFirst.count
            + earlier.capacity * MemoryLayout<UInt32>.stride
    }

    /// Forgets all words and what was counted.
    mutating func removeAll() { self = WordTally(initialSlots: initialSlots, periodLength: periodLength) }

    /// Gives the memory back by which words are found.
    mutating func dropLookups() { words.dropLookups() }

    /// Remembers which words the first document has, before another one begins.
    mutating func markFirstDocument() {
        isInFirst = (0..<UInt32(words.count)).map { documents(with: TermID(rawValue: $0)) > 0 }
    }

    /// Whether the first document, if it was marked, has a word.
    func isInFirst(_ number: TermID) -> Bool {
        Int(number.rawValue) < isInFirst.count && isInFirst[Int(number.rawValue)]
    }

    /// Whether the present document has a word.
    func isInLast(_ number: TermID) -> Bool {
        precondition(Int(number.rawValue) < words.count, "word \(number.rawValue) of \(words.count)")
        return entries[Int(number.rawValue)].lastDocument == document
    }

    /// What comes from here on belongs to another document than what came before.
    mutating func beginDocument() {
        if document == periodLength { endPeriod() }
        document += 1
    }

    /// Whether no document came before the present one.
    var hasOneDocument: Bool { document == 1 && earlier.isEmpty }

    private mutating func endPeriod() {
        for number in 0..<words.count {
            // Safety: there is an entry for each word.
            let counted = UInt32(entries[number].documents)
            if number < earlier.count { earlier[number] += counted } else { earlier.append(counted) }
            (entries[number].lastDocument, entries[number].documents) = (0, 0)
        }
        document = 0
    }

    /// The number of a word, and whether it is new: then `setTerm(_:of:)` is to follow.
    mutating func number(of word: UnsafeBufferPointer<UInt8>) -> (number: TermID, isNew: Bool) {
        let count = words.count
        let number = words.intern(word)
        guard words.count > count else { return (number, false) }
        addEntry()
        return (number, true)
    }

    /// The number of a new word that is looked up elsewhere: ``number(of:)`` does not find it.
    mutating func add(_ word: UnsafeBufferPointer<UInt8>, term: TermID) -> TermID {
        let number = words.add(word)
        addEntry()
        setTerm(term, of: number)
        return number
    }

    /// Makes the entry of the word that was added last.
    private mutating func addEntry() {
        let count = words.count - 1
        if count == capacity {
            // Safety: the larger memory takes the `count` entries that are initialised.
            let larger = Self.places(2 * capacity)
            larger.moveInitialize(from: entries, count: count)
            entries.deallocate()
            entries = larger
            capacity *= 2
        }
        (entries + count).initialize(to: Entry(term: TermID(rawValue: 0)))
    }

    mutating func setTerm(_ term: TermID, of number: TermID) {
        precondition(Int(number.rawValue) < words.count, "word \(number.rawValue) of \(words.count)")
        entries[Int(number.rawValue)].term = term
    }

    /// The term of a word.
    func term(of number: TermID) -> TermID {
        precondition(Int(number.rawValue) < words.count, "word \(number.rawValue) of \(words.count)")
        return entries[Int(number.rawValue)].term
    }

    /// Documents that have a word.
    func documents(with number: TermID) -> Int {
        precondition(Int(number.rawValue) < words.count, "word \(number.rawValue) of \(words.count)")
        let index = Int(number.rawValue)
        return Int(entries[index].documents) + (index < earlier.count ? Int(earlier[index]) : 0)
    }

    /// Counts words of the present document; valid until a word is added or a document begins.
    mutating func counter() -> Counter { Counter(entries: entries, count: words.count, document: document) }

    struct Counter {
        fileprivate let entries: UnsafeMutablePointer<Entry>
        /// Words of the tally.
        fileprivate let count: Int
        fileprivate let document: UInt16

        /// Counts a word, and gives its term.
        @inline(__always)
        func count(_ number: TermID) -> TermID {
            // Safety: numbers come from `number(of:)`, and there is an entry for each.
            assert(Int(number.rawValue) < count)
            let entry = entries + Int(number.rawValue)
            // Without a branch: whether a document has had the word already cannot be foretold.
            entry.pointee.documents &+= entry.pointee.lastDocument == document ? 0 : 1
            entry.pointee.lastDocument = document
            return entry.pointee.term
        }

        /// Fetches what is known of a word that will be counted.
        @inline(__always)
        func fetch(_ number: TermID) {
            // Safety: only an address is made, whatever the number is.
            postil_prefetch(entries + Int(number.rawValue))
        }
    }
}
