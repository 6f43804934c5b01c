import Documents

/// Tells whether any two documents of a new file may have one external id in one source, by hashes of both.
///
/// Memory has a bound: from so many documents on, it says that they may. Most collections have no repeated ids, and nobody
/// needs to look for them in the index then.
struct IdentityFilter {
    /// Whether two documents may share an identity.
    private(set) var mayRepeat = false
    /// Hashes at the place that their own bits say, or the next free one; 0 is free.
    private var slots: [UInt64]
    private var count = 0
    private let capacity: Int

    /// A filter for up to `capacity` documents, which takes 11 to 22 bytes for each.
    init(capacity: Int = 1 << 20) {
        self.capacity = capacity
        slots = Array(repeating: 0, count: 1 << 12)
    }

    /// Takes a document in.
    mutating func insert(_ document: Document, source: Int64) {
        if mayRepeat { return }
        if count * 4 >= slots.count * 3 { grow() }
        mayRepeat = count == capacity || !insert(ContentHash.of(externalID: document.externalID, source: source) | 1)
        if mayRepeat { slots = [] }
    }

    private mutating func insert(_ hash: UInt64) -> Bool {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash >> 16) & mask
        while slots[place] != 0 {
            if slots[place] == hash { return false }
            place = (place + 1) & mask
        }
        slots[place] = hash
        count += 1
        return true
    }

    private mutating func grow() {
        let hashes = slots
        slots = Array(repeating: 0, count: 2 * hashes.count)
        count = 0
        for hash in hashes where hash != 0 { _ = insert(hash) }
    }
}
