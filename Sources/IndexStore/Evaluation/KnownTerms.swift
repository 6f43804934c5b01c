import Postings
import TextAnalysis

/// What is kept of terms that were asked for: their grids in the segments of an index, and their document frequencies.
///
/// What is kept of a term lies in one piece, together with the first seven and the last eight bytes of the term, which tell it
/// from others of up to fifteen: so a look-up waits for memory twice, for the slot of a table with open addressing and for that.
/// A prefix asks for hundreds of terms that no query has asked for lately.
struct KnownTerms {
    /// A term.
    struct Entry {
        fileprivate let key: Key
        let term: [UInt8]
        fileprivate let first: TermGrid?
        fileprivate let others: [TermGrid?]
        fileprivate var frequency = -1
        /// When it was asked for last, by ``KnownTerms/clock``.
        fileprivate var use: Int

        /// Its grid in a segment; nil in one that does not have the term.
        func grid(inSegment segment: Int) -> TermGrid? { segment == 0 ? first : others[segment - 1] }

        /// By segment.
        var grids: [TermGrid?] { [first] + others }

        /// The number of live documents with it, once it is known.
        var documentFrequency: Int? {
            get { frequency < 0 ? nil : frequency }
            set { frequency = newValue ?? -1 }
        }

        /// Bytes that it takes.
        var memory: Int {
            others.reduce(KnownTerms.entryBytes + term.count + (first?.memory ?? 0)) { $0 + 8 + ($1?.memory ?? 0) }
        }
    }

    /// The beginning and the end of a term, and its length up to 255; and a hash of all of it.
    fileprivate struct Key {
        let head: UInt64
        let tail: UInt64
        let hash: UInt64

        init(_ term: [UInt8]) {
            (head, tail, hash) = term.withUnsafeBufferPointer { bytes in
                var head: UInt64 = 0
                for byte in bytes.prefix(7).reversed() { head = head << 8 | UInt64(byte) }
                head |= UInt64(min(bytes.count, 255)) << 56
                // Safety: eight bytes end at the end of a term of at least eight.
                let tail =
                    bytes.count < 8
                    ? 0 : UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
                return (head, tail, ByteHash.hash(bytes))
            }
        }
    }

    /// Bytes of a kept term beside its letters and grids.
    private static let entryBytes = MemoryLayout<Entry>.stride + 2 * MemoryLayout<UInt32>.stride + 32
    private static let longestToldApart = 15

    private var entries: ContiguousArray<Entry> = []
    /// One more than the place in ``entries``, or 0; at most half of them are taken.
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var clock = 0
    /// Bytes of all that is kept.
    private(set) var bytes = 0

    /// The place of a term; nil for one that is not kept.
    mutating func index(of term: [UInt8]) -> Int? {
        let key = Key(term)
        var slot = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].key.head == key.head, entries[index].key.tail == key.tail,
                term.count <= Self.longestToldApart || entries[index].term == term
            {
                clock += 1
                entries[index].use = clock
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// What is kept at a place, which holds until the next term is kept.
    subscript(index: Int) -> Entry {
        _read { yield entries[index] }
        _modify { yield &entries[index] }
    }

    /// Keeps a term that is not kept, and gives its place; before that, where all would take more than `limit` bytes, those asked for
    /// longest ago are let go of, down to half of that.
    mutating func keep(_ term: [UInt8], grids: [TermGrid?], limit: Int) -> Int {
        clock += 1
        let entry = Entry(
            key: Key(term), term: term, first: grids.first ?? nil, others: Array(grids.dropFirst()),
            use: clock)
        if bytes + entry.memory > limit { forget(downTo: limit / 2) }
        entries.append(entry)
        bytes += entry.memory
        if 2 * entries.count > slots.count {
            fill(slotCount: 2 * slots.count)
        } else {
            fill(index: entries.count - 1)
        }
        return entries.count - 1
    }

    private mutating func forget(downTo limit: Int) {
        var kept: ContiguousArray<Entry> = []
        bytes = 0
        for entry in entries.sorted(by: { $0.use > $1.use }) {
            guard bytes + entry.memory <= limit else { break }
            bytes += entry.memory
            kept.append(entry)
        }
        entries = kept
        fill(slotCount: slots.count)
    }

    private mutating func fill(slotCount: Int) {
        slots = [UInt32](repeating: 0, count: slotCount)
        for index in entries.indices { fill(index: index) }
    }

    private mutating func fill(index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].key.hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }
}
