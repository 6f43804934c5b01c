import Documents

/// The sketches of an index's documents: 72 bytes a document.
struct DocumentSketches: Sendable {
    /// The documents, each at its number; those without words are not among them.
    private(set) var ids: [DocumentID] = []
    /// ``MinHash/bands`` keys a document.
    private var keys: [UInt32] = []

    /// With room for `capacity` documents.
    init(capacity: Int = 0) {
        ids.reserveCapacity(capacity)
        keys.reserveCapacity(capacity * MinHash.bands)
    }

    var count: Int { ids.count }

    /// Adds a document whose text has these shingles, unless it has none.
    mutating func append(_ id: DocumentID, shingles: [UInt64], by hash: MinHash) {
        guard !shingles.isEmpty else { return }
        ids.append(id)
        hash.append(sketchOf: shingles, to: &keys)
    }

    mutating func append(_ other: DocumentSketches) {
        ids += other.ids
        keys += other.keys
    }

    /// Hands out the documents that have a key in common, by number and ascending, key by key.
    ///
    /// - Complexity: O(count log count), and 8 bytes of memory a document meanwhile.
    func forEachBucket(inBand band: Int, _ body: (ArraySlice<Int>) throws -> Void) rethrows {
        var entries = (0..<count).map { UInt64(key($0, band)) << 32 | UInt64($0) }
        entries.sort()
        var bucket: [Int] = []
        var index = 0
        while index < entries.count {
            bucket.removeAll(keepingCapacity: true)
            let key = entries[index] >> 32
            while index < entries.count, entries[index] >> 32 == key {
                bucket.append(Int(entries[index] & 0xFFFF_FFFF))
                index += 1
            }
            if bucket.count > 1 { try body(bucket[...]) }
        }
    }

    /// Whether two documents have a key in common in a band before `band`.
    func meet(_ first: Int, _ second: Int, before band: Int) -> Bool {
        (0..<band).contains { key(first, $0) == key(second, $0) }
    }

    private func key(_ number: Int, _ band: Int) -> UInt32 { keys[number * MinHash.bands + band] }
}
