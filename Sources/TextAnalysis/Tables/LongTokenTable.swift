import CPrefetch

/// Tokens of any length -> their terms, in one open-addressing table beside the tokens' bytes.
struct LongTokenTable: ~Copyable {
    /// 16 bytes. An empty slot has `place` 0.
    private struct Slot {
        /// The low half of the token's hash, whose low bits say where the slot is looked for.
        var hash: UInt32
        var term: TermID
        /// Where its bytes begin, and in the low byte how many there are.
        var place: UInt64
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    private var count = 0
    private var bytes: UnsafeMutablePointer<UInt8>
    private var bytesCapacity: Int
    private var bytesCount = 0
    private let key = ByteHash.key

    /// An empty table of `slots` slots, a power of two.
    init(slots count: Int) {
        slots = Self.empty(count)
        mask = count - 1
        bytesCapacity = 16 * count
        bytes = .allocate(capacity: bytesCapacity)
    }

    deinit {
        slots.deallocate()
        bytes.deallocate()
    }

    /// Bytes of memory held.
    var byteCount: Int { (mask + 1) * MemoryLayout<Slot>.stride + bytesCapacity }

    /// The hash of a token.
    func hash(_ token: UnsafeBufferPointer<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: ByteHash.hash(token, key: key))
    }

    /// Asks for the place where a token with `hash` is looked for.
    func fetch(_ hash: UInt32) {
        // Safety: only an address is made.
        postil_prefetch(slots + Int(hash) & mask)
    }

    /// The term of `token`, if it is known; `hash` is what ``hash(_:)`` gave.
    func term(of token: UnsafeBufferPointer<UInt8>, hash: UInt32) -> TermID? {
        var slot = Int(hash) & mask
        while true {
            // Safety: slot <= mask, and a quarter of the slots is empty; a token's bytes lie where its slot says.
            let found = slots[slot]
            if found.place == 0 { return nil }
            if found.hash == hash {
                let length = Int(found.place & 0xFF)
                let known = UnsafeBufferPointer(start: bytes + Int(found.place >> 8), count: length)
                if ByteHash.areEqual(known, token) { return found.term }
            }
            slot = (slot + 1) & mask
        }
    }

    /// Remembers the term of a token of 1 to 255 bytes that is not yet known.
    mutating func insert(_ token: UnsafeBufferPointer<UInt8>, hash: UInt32, term: TermID) {
        precondition((1...255).contains(token.count), "a token of \(token.count) bytes")
        if 4 * (count + 1) > 3 * (mask + 1) { growSlots() }
        if bytesCount + token.count > bytesCapacity { growBytes() }
        place(Slot(hash: hash, term: term, place: UInt64(bytesCount) << 8 | UInt64(token.count)))
        // Safety: there is room, ensured just now.
        (bytes + bytesCount).initialize(from: token.baseAddress.unsafelyUnwrapped, count: token.count)
        bytesCount += token.count
        count += 1
    }

    private func place(_ entry: Slot) {
        var slot = Int(entry.hash) & mask
        while slots[slot].place != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
    }

    private mutating func growSlots() {
        let (old, oldCount) = (slots, mask + 1)
        slots = Self.empty(2 * oldCount)
        mask = 2 * oldCount - 1
        for index in 0..<oldCount where old[index].place != 0 { place(old[index]) }
        old.deallocate()
    }

    private mutating func growBytes() {
        // Safety: a token has at most 255 bytes, and exactly the initialised ones move.
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * bytesCapacity + 255)
        larger.moveInitialize(from: bytes, count: bytesCount)
        bytes.deallocate()
        bytes = larger
        bytesCapacity = 2 * bytesCapacity + 255
    }

    private static func empty(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        LargePages.prefer(slots, byteCount: count * MemoryLayout<Slot>.stride)
        slots.initialize(repeating: Slot(hash: 0, term: TermID(rawValue: 0), place: 0), count: count)
        return slots
    }
}
