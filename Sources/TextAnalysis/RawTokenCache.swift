import CPrefetch

/// Raw bytes of a token -> its term, so that a token seen before is neither folded nor stemmed again.
///
/// Two open-addressing tables with linear probing. Tokens of up to `shortLength` bytes are their own key, padded with
/// zeros (no token holds a zero byte); longer ones lie in `longBytes`. A probe of the first costs one cache miss and
/// little else, so four slots share a cache line and the table may be three quarters full.
struct RawTokenCache: ~Copyable {
    /// The longest token that is its own key, in bytes.
    static let shortLength = 12

    /// 16 bytes. An empty slot has `low` 0.
    struct ShortSlot {
        /// Bytes 0 to 7 of the token.
        var low: UInt64
        /// Bytes 8 to 11.
        var high: UInt32
        var term: TermID
    }

    /// An empty slot has `length` 0.
    struct LongSlot {
        var hash: UInt64
        var offset: Int
        var length: Int32
        var term: TermID
    }

    private(set) var shortSlots: UnsafeMutableBufferPointer<ShortSlot>
    private var shortCount = 0
    private var longSlots: [LongSlot]
    private var longCount = 0
    private var longBytes: [UInt8] = []
    private let initialSlots: Int
    private let key = ByteHash.key

    init(initialSlots: Int) {
        self.initialSlots = initialSlots
        shortSlots = Self.emptyShortSlots(initialSlots)
        longSlots = Self.emptyLongSlots(initialSlots)
    }

    deinit { shortSlots.deallocate() }

    /// Bytes of memory held.
    var byteCount: Int {
        shortSlots.count * MemoryLayout<ShortSlot>.stride + longSlots.count * MemoryLayout<LongSlot>.stride
            + longBytes.capacity
    }

    /// The hash of the token of up to `shortLength` bytes that `low` and `high` hold, whose slot is fetched from memory
    /// meanwhile.
    @inline(__always)
    func fetch(low: UInt64, high: UInt32) -> Int {
        let hash = Int(truncatingIfNeeded: ByteHash.hash(low, UInt64(high), key: key))
        // Safety: only an address is made.
        postil_prefetch(shortSlots.baseAddress.unsafelyUnwrapped + hash & (shortSlots.count - 1))
        return hash
    }

    /// The term of the token that `low` and `high` hold, if it is known; `hash` is what ``fetch(low:high:)`` gave.
    @inline(__always)
    func term(low: UInt64, high: UInt32, hash: Int) -> TermID? {
        assert(low != 0, "an empty token")
        let mask = shortSlots.count - 1
        var slot = hash & mask
        while true {
            // Safety: slot <= mask < shortSlots.count. The loop ends, for a quarter of the slots is empty.
            let found = shortSlots[slot]
            if found.low == low && found.high == high { return found.term }
            if found.low == 0 { return nil }
            slot = (slot + 1) & mask
        }
    }

    /// The term of a longer token, if it is known.
    func term(of token: UnsafeBufferPointer<UInt8>) -> TermID? {
        let hash = ByteHash.hash(token)
        var slot = Int(truncatingIfNeeded: hash) & (longSlots.count - 1)
        while longSlots[slot].length != 0 {
            let found = longSlots[slot]
            if found.hash == hash && isEqual(found, token) { return found.term }
            slot = (slot + 1) & (longSlots.count - 1)
        }
        return nil
    }

    private func isEqual(_ slot: LongSlot, _ token: UnsafeBufferPointer<UInt8>) -> Bool {
        longBytes.withUnsafeBufferPointer { bytes in
            let range = slot.offset..<slot.offset + Int(slot.length)
            return ByteHash.areEqual(UnsafeBufferPointer(rebasing: bytes[range]), token)
        }
    }

    /// Remembers the term of a token of up to `shortLength` bytes that is not yet known.
    mutating func insert(low: UInt64, high: UInt32, term: TermID) {
        if 4 * (shortCount + 1) > 3 * shortSlots.count { growShort() }
        place(ShortSlot(low: low, high: high, term: term))
        shortCount += 1
    }

    /// Remembers the term of a longer token that is not yet known.
    mutating func insert(_ token: UnsafeBufferPointer<UInt8>, term: TermID) {
        if 2 * (longCount + 1) > longSlots.count { growLong() }
        place(
            LongSlot(hash: ByteHash.hash(token), offset: longBytes.count, length: Int32(token.count), term: term))
        longBytes.append(contentsOf: token)
        longCount += 1
    }

    /// Forgets all tokens and gives their memory back.
    mutating func removeAll() {
        shortSlots.deallocate()
        shortSlots = Self.emptyShortSlots(initialSlots)
        shortCount = 0
        longSlots = Self.emptyLongSlots(initialSlots)
        longCount = 0
        longBytes = []
    }

    private static func emptyShortSlots(_ count: Int) -> UnsafeMutableBufferPointer<ShortSlot> {
        let slots = UnsafeMutableBufferPointer<ShortSlot>.allocate(capacity: count)
        slots.initialize(repeating: ShortSlot(low: 0, high: 0, term: TermID(rawValue: 0)))
        return slots
    }

    private static func emptyLongSlots(_ count: Int) -> [LongSlot] {
        Array(repeating: LongSlot(hash: 0, offset: 0, length: 0, term: TermID(rawValue: 0)), count: count)
    }

    private mutating func place(_ entry: ShortSlot) {
        let mask = shortSlots.count - 1
        var slot = Int(truncatingIfNeeded: ByteHash.hash(entry.low, UInt64(entry.high), key: key)) & mask
        while shortSlots[slot].low != 0 { slot = (slot + 1) & mask }
        shortSlots[slot] = entry
    }

    private mutating func place(_ entry: LongSlot) {
        var slot = Int(truncatingIfNeeded: entry.hash) & (longSlots.count - 1)
        while longSlots[slot].length != 0 { slot = (slot + 1) & (longSlots.count - 1) }
        longSlots[slot] = entry
    }

    private mutating func growShort() {
        let old = shortSlots
        shortSlots = Self.emptyShortSlots(2 * old.count)
        for entry in old where entry.low != 0 { place(entry) }
        old.deallocate()
    }

    private mutating func growLong() {
        let old = longSlots
        longSlots = Self.emptyLongSlots(2 * old.count)
        for entry in old where entry.length != 0 { place(entry) }
    }
}
