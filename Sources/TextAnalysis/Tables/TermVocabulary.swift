import CPrefetch

/// The terms of one analyzer, each once: bytes <-> `TermID`.
///
/// The terms lie one after another in one allocation. Those of up to twelve bytes are found in a ``ShortTokenTable``, which has
/// them beside their numbers: one place in memory is waited for. Longer ones are found in an open-addressing table, which keeps
/// a part of each term's hash, so that other terms are seldom looked at.
struct TermVocabulary: ~Copyable {
    /// Terms in the vocabulary.
    private(set) var count = 0
    private var short: ShortTokenTable
    private var longCount = 0
    private var bytes: UnsafeMutableBufferPointer<UInt8>
    /// Where each term begins, and where the last one ends.
    private var starts: UnsafeMutableBufferPointer<Int>
    /// A power of two, at most three quarters used.
    private var slots: UnsafeMutableBufferPointer<Slot>
    private let initialSlots: Int

    /// An empty slot has `number` 0.
    private struct Slot {
        /// The low half of the term's hash, whose low bits say where the slot is looked for.
        var hash: UInt32
        /// 1 + id of the term.
        var number: UInt32
    }

    init(initialSlots: Int) {
        self.initialSlots = initialSlots
        short = ShortTokenTable(slots: initialSlots)
        bytes = .allocate(capacity: 16 * initialSlots)
        starts = .allocate(capacity: initialSlots)
        starts.initialize(repeating: 0)
        slots = .allocate(capacity: initialSlots)
        slots.initialize(repeating: Slot(hash: 0, number: 0))
    }

    deinit {
        bytes.deallocate()
        starts.deallocate()
        slots.deallocate()
    }

    /// Bytes of memory held.
    var byteCount: Int {
        bytes.count + starts.count * MemoryLayout<Int>.stride + slots.count * MemoryLayout<Slot>.stride
            + short.byteCount
    }

    /// The bytes of `term`, valid until a term is added.
    func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> { view.bytes(of: term) }

    /// The terms as they are now, valid until a term is added.
    var view: TermView {
        TermView(bytes: UnsafeBufferPointer(bytes), starts: UnsafeBufferPointer(starts), count: count)
    }

    /// The id of `term`, which is added when it is new. It has a byte, and none that is zero.
    ///
    /// - Complexity: O(n) in the bytes of `term`, amortised.
    mutating func intern(_ term: UnsafeBufferPointer<UInt8>) -> TermID {
        term.count > ShortTokenTable.maximumLength ? internLong(term) : internShort(term)
    }

    /// Asks for the place where a term of up to twelve bytes is looked for that has `hash` (``RawTokenCache/hash(low:high:)``).
    func fetchShort(_ hash: Int) { short.fetch(hash) }

    /// Adds a term that is looked up elsewhere: ``intern(_:)`` does not find it.
    mutating func add(_ term: UnsafeBufferPointer<UInt8>) -> TermID {
        let id = TermID(rawValue: UInt32(count))
        append(term)
        return id
    }

    private mutating func internShort(_ term: UnsafeBufferPointer<UInt8>) -> TermID {
        let (low, high) = ByteHash.shortKey(of: term)
        if let known = short.term(low: low, high: high, hash: short.hash(low: low, high: high)) { return known }
        let id = TermID(rawValue: UInt32(count))
        append(term)
        short.insert(low: low, high: high, term: id)
        return id
    }

    private mutating func internLong(_ term: UnsafeBufferPointer<UInt8>) -> TermID {
        if 4 * (longCount + 1) > 3 * slots.count { grow() }
        let hash = UInt32(truncatingIfNeeded: ByteHash.hash(term))
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot].number != 0 {
            let id = TermID(rawValue: slots[slot].number - 1)
            if slots[slot].hash == hash && ByteHash.areEqual(bytes(of: id), term) { return id }
            slot = (slot + 1) & mask
        }
        let id = TermID(rawValue: UInt32(count))
        append(term)
        longCount += 1
        slots[slot] = Slot(hash: hash, number: id.rawValue + 1)
        return id
    }

    /// Gives the memory back by which terms are found; they stay, and none may be added before all are forgotten.
    mutating func dropLookups() {
        short = ShortTokenTable(slots: initialSlots)
        slots.deallocate()
        slots = .allocate(capacity: initialSlots)
        slots.initialize(repeating: Slot(hash: 0, number: 0))
    }

    /// Forgets all terms and gives their memory back.
    mutating func removeAll() { self = TermVocabulary(initialSlots: initialSlots) }

    private mutating func append(_ term: UnsafeBufferPointer<UInt8>) {
        let used = starts[count]
        // Safety: the larger memory holds more than what is initialised, which is copied.
        if used + term.count > bytes.count {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * bytes.count + term.count)
            _ = larger.moveInitialize(fromContentsOf: bytes[..<used])
            bytes.deallocate()
            bytes = larger
        }
        if count + 1 == starts.count {
            let larger = UnsafeMutableBufferPointer<Int>.allocate(capacity: 2 * starts.count)
            let rest = larger.moveInitialize(fromContentsOf: starts)
            larger[rest...].initialize(repeating: 0)
            starts.deallocate()
            starts = larger
        }
        _ = bytes[used...].initialize(fromContentsOf: term)
        count += 1
        starts[count] = used + term.count
    }

    private mutating func grow() {
        let old = slots
        slots = .allocate(capacity: 2 * old.count)
        slots.initialize(repeating: Slot(hash: 0, number: 0))
        let mask = slots.count - 1
        for entry in old where entry.number != 0 {
            var slot = Int(entry.hash) & mask
            while slots[slot].number != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
        old.deallocate()
    }
}

/// The number of a term in the vocabulary of one `TextAnalyzer`: dense, from 0, in order of first appearance.
///
/// It means nothing to another analyzer, nor to the same one after `removeAllTerms()`.
public struct TermID: Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// The term numbered `rawValue`.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The terms of an analyzer as they are at one moment, for looking many up; valid until the next text is analysed.
public struct TermView {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where each term begins, and where the last one ends.
    let starts: UnsafeBufferPointer<Int>
    /// Terms in the vocabulary.
    public let count: Int

    /// Bytes of all terms.
    var byteCount: Int { starts[count] }

    /// Asks for the place where it stands in memory where the bytes of `term` are.
    package func fetchPlace(of term: TermID) {
        guard let starts = starts.baseAddress else { return }
        // Safety: only an address is made.
        postil_prefetch(starts + Int(term.rawValue))
    }

    /// Asks for the bytes of `term`.
    package func fetch(_ term: TermID) {
        let bytes = bytes(of: term)
        if let start = bytes.baseAddress { postil_prefetch(start) }
    }

    /// The bytes of `term`, UTF-8.
    public func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> {
        let index = Int(term.rawValue)
        precondition(index < count, "term \(index) of \(count)")
        // Safety: index < count, so both ends are initialised, and the terms lie in `bytes`.
        let (start, end) = (starts[index], starts[index + 1])
        assert(start <= end && end <= bytes.count)
        return UnsafeBufferPointer(start: bytes.baseAddress.map { $0 + start }, count: end - start)
    }
}
