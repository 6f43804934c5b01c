import Documents

/// Tells whether any two documents of a new file may have one external id in one source, by hashes of both.
///
/// Memory has a bound: from so many documents on, it says that they may. Most collections have no repeated ids, and nobody
/// needs to look for them in the index then.
struct IdentityFilter {
    private var hashes: [UInt64] = []
    private var isOverfull = false
    private let capacity: Int

    /// A filter for up to `capacity` documents. It takes 8 bytes for each, and 16 to 32 more while ``mayRepeat`` is computed.
    init(capacity: Int = 1 << 20) { self.capacity = capacity }

    /// Takes in a document's name in its source.
    mutating func insert(externalID: String, source: SourceID) {
        if isOverfull { return }
        if hashes.count == capacity {
            isOverfull = true
            hashes = []
        } else {
            hashes.append(DocumentFingerprint.of(externalID: externalID, source: source) | 1)
        }
    }

    /// Whether two documents may share an identity.
    ///
    /// One look at all hashes, since a place in a large table is waited for when hashes come one by one, and not when many are
    /// looked up in a row: 6 of 26 ns each.
    ///
    /// - Complexity: O(n) in the number of documents.
    var mayRepeat: Bool {
        if isOverfull { return true }
        var slots = [UInt64](repeating: 0, count: 2 << (UInt64.bitWidth - hashes.count.leadingZeroBitCount))
        let mask = slots.count - 1
        for hash in hashes {
            var place = Int(truncatingIfNeeded: hash >> 16) & mask
            while slots[place] != 0 {
                if slots[place] == hash { return true }
                place = (place + 1) & mask
            }
            slots[place] = hash
        }
        return false
    }
}
