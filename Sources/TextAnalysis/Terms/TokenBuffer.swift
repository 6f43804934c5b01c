/// The occurrences of a text's terms, one after another in memory that the next text uses again.
///
/// Positions begin at 0, leave none out and never fall; no term stands twice at one position. 8 bytes an occurrence, and 16 more for its range in the text when ranges are kept.
public struct TokenBuffer: ~Copyable {
    /// Occurrences in the buffer.
    public private(set) var count = 0
    /// Whether the byte range of every occurrence is kept.
    public let keepsRanges: Bool
    private var capacity: Int
    private var occurrenceStorage: UnsafeMutablePointer<TermOccurrence>
    private var rangeStorage: UnsafeMutablePointer<Range<Int>>?
    /// Where the joined forms of compounds stand that may have to go again.
    private var joinedForms: [Int] = []
    /// The terms of those joined forms that are no words of the list, which come into their places when words are counted.
    private var unlistedTerms: [(index: Int, term: TermID)] = []
    /// Whether numbers of identifiers may stand in the place of terms.
    private var hasIdentifiers = false
    /// Where they stand; empty but while their terms come there.
    private var identifierPlaces: [Int] = []

    /// The term of an occurrence that goes when joined forms are finished.
    static let noTerm = TermID(rawValue: IdentifierTerms.flag - 1)

    /// An empty buffer.
    public init(keepsRanges: Bool = false) {
        self.keepsRanges = keepsRanges
        capacity = 256  // the tokens of a short abstract; the buffer doubles from there
        occurrenceStorage = .allocate(capacity: capacity)
        rangeStorage = keepsRanges ? .allocate(capacity: capacity) : nil
    }

    deinit {
        occurrenceStorage.deallocate()
        rangeStorage?.deallocate()
    }

    /// All occurrences, valid until the buffer is filled again.
    public var occurrences: UnsafeBufferPointer<TermOccurrence> {
        UnsafeBufferPointer(start: occurrenceStorage, count: count)
    }

    /// The byte range of each occurrence in the text, on UTF-8 boundaries; empty unless `keepsRanges`.
    public var ranges: UnsafeBufferPointer<Range<Int>> {
        UnsafeBufferPointer(start: rangeStorage, count: rangeStorage == nil ? 0 : count)
    }

    /// Positions of the text: its length in tokens without the colocated ones, as FTS5 counts.
    public var positionCount: Int { count == 0 ? 0 : Int(occurrenceStorage[count - 1].position) + 1 }

    /// Bytes of memory held for occurrences and their ranges.
    package var byteCount: Int {
        capacity
            * (MemoryLayout<TermOccurrence>.stride + (keepsRanges ? MemoryLayout<Range<Int>>.stride : 0))
    }

    /// Forgets all occurrences and keeps the memory.
    public mutating func removeAll() {
        count = 0
        joinedForms.removeAll(keepingCapacity: true)
        unlistedTerms.removeAll(keepingCapacity: true)
        hasIdentifiers = false
    }

    @inline(__always)
    mutating func append(_ term: TermID, position: UInt32, start: Int, end: Int) {
        if count == capacity { grow() }
        // Safety: count < capacity, ensured by grow().
        assert(count < capacity)
        occurrenceStorage[count] = TermOccurrence(term: term, position: position)
        rangeStorage?[count] = Range(uncheckedBounds: (start, end))
        count += 1
    }

    /// Free places behind the last occurrence, `room` of them. What is put there counts once they are given to ``take(_:)``.
    mutating func places(_ room: Int) -> Places {
        while count + room > capacity { grow() }
        // Safety: there is room.
        return Places(
            index: count, end: count + room, occurrences: occurrenceStorage, ranges: rangeStorage)
    }

    mutating func take(_ places: Places) { count = places.index }

    /// See ``places(_:)``.
    struct Places {
        /// Where the next occurrence stands in the buffer.
        private(set) var index: Int
        fileprivate let end: Int
        fileprivate let occurrences: UnsafeMutablePointer<TermOccurrence>
        fileprivate let ranges: UnsafeMutablePointer<Range<Int>>?

        fileprivate init(
            index: Int, end: Int, occurrences: UnsafeMutablePointer<TermOccurrence>,
            ranges: UnsafeMutablePointer<Range<Int>>?
        ) {
            (self.index, self.end, self.occurrences, self.ranges) = (index, end, occurrences, ranges)
        }

        /// Puts an occurrence whose term is looked up later there; there must be room.
        @inline(__always)
        mutating func append(position: UInt32, start: Int, end: Int) {
            // Safety: as the caller says.
            assert(index < self.end)
            occurrences[index] = TermOccurrence(term: TokenBuffer.noTerm, position: position)
            if let ranges { ranges[index] = Range(uncheckedBounds: (start, end)) }
            index &+= 1
        }
    }

    mutating func replace(at index: Int, term: TermID, start: Int, end: Int) {
        precondition(index < count, "occurrence \(index) of \(count)")
        occurrenceStorage[index].term = term
        rangeStorage?[index] = Range(uncheckedBounds: (start, end))
    }

    /// Sets the term of an occurrence whose lookup was put off.
    @inline(__always)
    mutating func setTerm(_ term: TermID, at index: Int) {
        // Safety: checked.
        precondition(index < count, "occurrence \(index) of \(count)")
        occurrenceStorage[index].term = term
    }

    /// How many occurrences ahead a word's entry is fetched from memory.
    private static let fetchDistance = 32

    /// Puts terms in the place of words' numbers, and counts the words. Those of identifiers stay.
    mutating func countWords(_ tally: inout WordTally, _ identifiers: IdentifierTerms) {
        // Taken once: behind each occurrence that is written, what they are would be read again.
        let (occurrences, count, counter) = (occurrenceStorage, count, tally.counter())
        let fetched = max(0, count - Self.fetchDistance)
        for range in [0..<fetched, fetched..<count] {
            for index in range {
                // Safety: the first range ends as far before `count`.
                if range.lowerBound < fetched { counter.fetch(occurrences[index &+ Self.fetchDistance].term) }
                let number = occurrences[index].term
                if number.rawValue < Self.noTerm.rawValue {
                    occurrences[index].term = counter.count(number)
                } else if number != Self.noTerm {
                    hasIdentifiers = true
                    for word in identifiers.words(of: number) { _ = counter.count(word) }
                }
            }
        }
        for (index, term) in unlistedTerms { setTerm(term, at: index) }
        unlistedTerms.removeAll(keepingCapacity: true)
    }

    /// Notes that a joined form stands at `index`, behind the first part of its compound; with its term, if it is no word of the
    /// list.
    mutating func addJoinedForm(at index: Int, term: TermID? = nil) {
        precondition(index > 0 && index < count, "occurrence \(index) of \(count)")
        joinedForms.append(index)
        if let term { setJoinedForm(term, at: index) }
    }

    /// The term of a joined form that is no word of the list.
    mutating func setJoinedForm(_ term: TermID, at index: Int) { unlistedTerms.append((index, term)) }

    /// Takes out the joined form that was added last, at `index`, and the part behind it, the last one.
    mutating func removeJoinedForm(at index: Int) {
        precondition(index == joinedForms.last && index + 2 == count, "joined form \(index) of \(count)")
        joinedForms.removeLast()
        count -= 2
    }

    /// Takes out the joined forms without a term, and those that stand at their position already: "run-ning" gives run
    /// twice, and a term stands at a position once.
    mutating func finishJoinedForms(_ identifiers: IdentifierTerms = IdentifierTerms()) {
        // Safety: joined forms lie in 1 ..< count and ascend, checked when they came.
        guard let first = joinedForms.firstIndex(where: { isSuperfluous($0, identifiers) }) else {
            joinedForms.removeAll(keepingCapacity: true)
            return
        }
        var rest = joinedForms[first...]
        var kept = joinedForms[first]
        for index in kept..<count {
            if index == rest.first {
                rest.removeFirst()
                if isSuperfluous(index, identifiers) { continue }
            }
            occurrenceStorage[kept] = occurrenceStorage[index]
            if let rangeStorage { rangeStorage[kept] = rangeStorage[index] }
            kept += 1
        }
        count = kept
        joinedForms.removeAll(keepingCapacity: true)
    }

    private func isSuperfluous(_ index: Int, _ identifiers: IdentifierTerms) -> Bool {
        let occurrence = occurrenceStorage[index]
        if occurrence.term == Self.noTerm { return true }
        var other = index - 1
        // Safety: 0 <= other < index < count; places from `index` on are not yet overwritten, and those before it hold what
        // stands at the same position or before.
        while other >= 0, occurrenceStorage[other].position == occurrence.position {
            let term = occurrenceStorage[other].term
            if term == occurrence.term { return true }
            if IdentifierTerms.isNumber(term),
                identifiers.parts(of: term).contains(where: { $0.term == occurrence.term })
            {
                return true
            }
            other -= 1
        }
        return false
    }

    /// Puts the terms of identifiers in the place of their numbers.
    mutating func expandIdentifiers(_ identifiers: IdentifierTerms) {
        guard hasIdentifiers else { return }
        insertParts(of: identifiers)
        hasIdentifiers = false
    }

    @inline(never)
    private mutating func insertParts(of identifiers: IdentifierTerms) {
        var length = count
        for index in 0..<count where IdentifierTerms.isNumber(occurrenceStorage[index].term) {
            identifierPlaces.append(index)
            length += identifiers.parts(of: occurrenceStorage[index].term).count - 1
        }
        while capacity < length { grow() }
        // From the end on, so that nothing is overwritten before it has been moved.
        var (end, place) = (count, length)
        for index in identifierPlaces.reversed() {
            let (following, occurrence) = (end - index - 1, occurrenceStorage[index])
            place -= following
            // Safety: index < place, for as many places are left as terms, and place + following <= length <= capacity.
            assert(place > index && place + following <= length)
            (occurrenceStorage + place).update(from: occurrenceStorage + index + 1, count: following)
            if let rangeStorage { (rangeStorage + place).update(from: rangeStorage + index + 1, count: following) }
            let whole = rangeStorage?[index]
            let parts = identifiers.parts(of: occurrence.term)
            for part in parts.indices.reversed() {
                // Safety: 0 <= index <= place, for as many places are left as terms.
                place -= 1
                assert(place >= index)
                let (term, within) = parts[part]
                occurrenceStorage[place] = TermOccurrence(term: term, position: occurrence.position)
                if let rangeStorage, let whole {
                    // The whole may be longer than the bytes that make its term.
                    rangeStorage[place] =
                        part == parts.startIndex
                        ? whole : whole.lowerBound + within.lowerBound..<whole.lowerBound + within.upperBound
                }
            }
            end = index
        }
        assert(place == end)
        count = length
        identifierPlaces.removeAll(keepingCapacity: true)
    }

    @inline(never)
    private mutating func grow() {
        // Safety: both elements are trivial; exactly the `count` initialised ones move to the new memory.
        let doubled = UnsafeMutablePointer<TermOccurrence>.allocate(capacity: 2 * capacity)
        doubled.moveInitialize(from: occurrenceStorage, count: count)
        occurrenceStorage.deallocate()
        occurrenceStorage = doubled
        if let old = rangeStorage {
            let ranges = UnsafeMutablePointer<Range<Int>>.allocate(capacity: 2 * capacity)
            ranges.moveInitialize(from: old, count: count)
            old.deallocate()
            rangeStorage = ranges
        }
        capacity *= 2
    }
}

/// One occurrence of a term in a text.
public struct TermOccurrence: Hashable, Sendable {
    /// The term, in the vocabulary of the analyzer that found it.
    public var term: TermID
    /// Position in tokens, from 0. An occurrence at the position of the one before it is colocated.
    public var position: UInt32

    /// Creates an occurrence.
    @inlinable
    public init(term: TermID, position: UInt32) {
        self.term = term
        self.position = position
    }
}
