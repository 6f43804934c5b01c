import Foundation
import TextAnalysis

/// Adds up counts by value: texts in one memory, found by a hash of their bytes, since making a text of each value of each chunk takes
/// longer than counting.
struct ValueCounter: Sendable {
    /// A value, what has been counted of it, and where it is.
    private struct Entry {
        let hash: UInt64
        let start: Int
        let length: Int
        var count: Int
    }

    private var text: [UInt8] = []
    private var entries: [Entry] = []
    /// The number of a value and one more, or 0, at the place of its hash or behind it: open addressing, at most half full.
    private var slots = [UInt32](repeating: 0, count: 64)
    /// Of each counter another one, so that nobody can write values that all have one place.
    private let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// Number of different values.
    var valueCount: Int { entries.count }

    func count(of index: Int) -> Int { entries[index].count }

    func value(_ index: Int) -> String { withBytes(of: index) { String(decoding: $0, as: UTF8.self) } }

    func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let entry = entries[index]
        return text.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + entry.length]))
        }
    }

    /// The count that at least `rank` values reach, from 1 on, and none greater; 0 when there are fewer.
    func count(atRank rank: Int) -> Int {
        var having = [Int](repeating: 0, count: 1 + (entries.lazy.map(\.count).max() ?? 0))
        for entry in entries { having[entry.count] += 1 }
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

    /// The number of a value; nil for one that was not counted.
    func index(of value: UnsafeBufferPointer<UInt8>) -> Int? {
        let slot = slots[place(of: value, hash: ByteHash.hash(value, key: key))]
        return slot == 0 ? nil : Int(slot) - 1
    }

    /// Adds to the count of a value.
    mutating func add(_ value: UnsafeBufferPointer<UInt8>, count: Int) {
        let hash = ByteHash.hash(value, key: key)
        let place = place(of: value, hash: hash)
        if slots[place] != 0 {
            entries[Int(slots[place]) - 1].count += count
            return
        }
        entries.append(Entry(hash: hash, start: text.count, length: value.count, count: count))
        text.append(contentsOf: value)
        slots[place] = UInt32(entries.count)
        if 2 * entries.count > slots.count { grow() }
    }

    /// Which of ``slots`` has a value, or is free for it.
    @inline(__always)
    private func place(of value: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] != 0 {
            let entry = entries[Int(slots[place]) - 1]
            if entry.hash == hash, has(value, at: entry) { break }
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private func has(_ value: UnsafeBufferPointer<UInt8>, at entry: Entry) -> Bool {
        guard entry.length == value.count, let bytes = value.baseAddress else { return entry.length == value.count }
        return text.withUnsafeBufferPointer { text in
            // Safety: an entry's bytes lie in `text`, and there are as many as of the value.
            assert(entry.start + entry.length <= text.count)
            return text.baseAddress.map { memcmp($0 + entry.start, bytes, entry.length) == 0 } ?? false
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 4 * slots.count)
        for (index, entry) in entries.enumerated() {
            var place = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = UInt32(index + 1)
        }
    }
}
