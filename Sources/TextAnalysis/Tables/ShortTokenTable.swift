import CPrefetch

/// Short tokens -> their terms, in one open-addressing table with linear probing.
///
/// A token of up to `maximumLength` bytes is its own key, padded with zeros (no token holds a zero byte). Four slots share a
/// cache line, so the table may be three quarters full.
struct ShortTokenTable: ~Copyable {
    /// The longest token that is its own key, in bytes.
    static let maximumLength = 12

    /// 16 bytes. An empty slot has `low` 0.
    struct Slot {
        /// Bytes 0 to 7 of the token.
        var low: UInt64
        /// Bytes 8 to 11.
        var high: UInt32
        var term: TermID
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    /// Tokens in the table.
    private(set) var count = 0
    private let key = ByteHash.key

    /// An empty table of `slots` slots, a power of two.
    init(slots count: Int) {
        slots = Self.empty(count)
        mask = count - 1
    }

    deinit { slots.deallocate() }

    /// Slots of the table.
    var slotCount: Int { mask + 1 }

    /// Bytes of memory held.
    var byteCount: Int { slotCount * MemoryLayout<Slot>.stride }

    /// The hash of the token that `low` and `high` hold, in every table the same.
    @inline(__always)
    func hash(low: UInt64, high: UInt32) -> Int { places.hash(low: low, high: high) }

    /// Asks for the place where a token with `hash` is looked for.
    @inline(__always)
    func fetch(_ hash: Int) { places.fetch(hash) }

    /// Where tokens are looked for, valid until one is added.
    @inline(__always)
    var places: Places { Places(slots: slots, mask: mask, key: key) }

    struct Places {
        fileprivate let slots: UnsafePointer<Slot>
        fileprivate let mask: Int
        fileprivate let key: (UInt64, UInt64)

        /// The hash of the token that `low` and `high` hold.
        @inline(__always)
        func hash(low: UInt64, high: UInt32) -> Int {
            Int(truncatingIfNeeded: ByteHash.hash(low, UInt64(high), key: key))
        }

        /// Asks for the place where a token with `hash` is looked for.
        @inline(__always)
        func fetch(_ hash: Int) {
            // Safety: only an address is made.
            postil_prefetch(slots + hash & mask)
        }
    }

    /// The term of the token that `low` and `high` hold, if it is known.
    @inline(__always)
    func term(low: UInt64, high: UInt32, hash: Int) -> TermID? {
        assert(low != 0, "an empty token")
        var slot = hash & mask
        while true {
            // Safety: slot <= mask. The loop ends, for a quarter of the slots is empty.
            let found = slots[slot]
            if found.low == low && found.high == high { return found.term }
            if found.low == 0 { return nil }
            slot = (slot + 1) & mask
        }
    }

    /// Whether a token more makes the table grow.
    var isFull: Bool { 4 * (count + 1) > 3 * slotCount }

    /// Remembers the term of a token that is not yet known.
    mutating func insert(low: UInt64, high: UInt32, term: TermID) {
        if isFull {
            let (old, oldCount) = (slots, slotCount)
            slots = Self.empty(2 * oldCount)
            mask = 2 * oldCount - 1
            for index in 0..<oldCount where old[index].low != 0 { place(old[index]) }
            old.deallocate()
        }
        place(Slot(low: low, high: high, term: term))
        count += 1
    }

    @inline(__always)
    private func place(_ entry: Slot) {
        var slot = hash(low: entry.low, high: entry.high) & mask
        // Safety: slot <= mask, and a quarter of the slots is empty.
        while slots[slot].low != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
    }

    private static func empty(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        LargePages.prefer(slots, byteCount: count * MemoryLayout<Slot>.stride)
        slots.initialize(repeating: Slot(low: 0, high: 0, term: TermID(rawValue: 0)), count: count)
        return slots
    }
}
