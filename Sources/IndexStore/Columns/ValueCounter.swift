/// Adds up counts by value: texts in one memory, found by a hash of their bytes, since making a text of each value of each chunk takes
/// longer than counting.
struct ValueCounter: Sendable {
    private var text: [UInt8] = []
    /// Where each value's text ends, and a zero in front.
    private var ends: [Int] = [0]
    private var counts: [Int] = []
    private var hashes: [UInt64] = []
    /// The number of a value and one more, or 0, at the place of its hash or behind it: open addressing, at most half full.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// Number of different values.
    var valueCount: Int { counts.count }

    func count(of index: Int) -> Int { counts[index] }

    func value(_ index: Int) -> String { withBytes(of: index) { String(decoding: $0, as: UTF8.self) } }

    func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[ends[index]..<ends[index + 1]])) }
    }

    /// The count that just so many values reach, `rank` from 1 on; more may reach it.
    func count(atRank rank: Int) -> Int {
        var having = [Int](repeating: 0, count: 1 + (counts.max() ?? 0))
        for count in counts { having[count] += 1 }
        var (count, reached) = (having.count - 1, 0)
        while count > 0 {
            reached += having[count]
            if reached >= rank { break }
            count -= 1
        }
        return count
    }

    mutating func add(_ value: String, count: Int) {
        var value = value
        value.withUTF8 { add($0, count: count) }
    }

    /// Adds to the count of a value.
    mutating func add(_ value: UnsafeBufferPointer<UInt8>, count: Int) {
        let hash = WordFilter.hash(value)
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] != 0 {
            let index = Int(slots[place]) - 1
            if hashes[index] == hash, withBytes(of: index, { $0.elementsEqual(value) }) {
                counts[index] += count
                return
            }
            place = (place + 1) & (slots.count - 1)
        }
        text.append(contentsOf: value)
        ends.append(text.count)
        counts.append(count)
        hashes.append(hash)
        slots[place] = UInt32(counts.count)
        if 2 * counts.count > slots.count { grow() }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        for (index, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = UInt32(index + 1)
        }
    }
}
