/// A value as people read it: without case, accents, blanks around it and a `#` before it; a number by what it counts. Values that
/// differ in nothing else are counted and grouped as one, as conditions on fields find them as one.
package struct ValueSpelling: Hashable, Sendable {
    private let key: [UInt8]

    package init(_ value: String) { key = ValueOrder.natural.key(of: Self.bare(value)) }

    /// A value as it is, where its letters matter: a path, a date.
    package init(exactly value: String) { key = Array(value.utf8) }

    private static func bare(_ value: String) -> String {
        var text = value[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.count > 1, text.first == "#" { text.removeFirst() }
        return text.utf8.count == value.utf8.count ? value : String(text)
    }

    /// The same for values of one spelling; different ones rarely have the same.
    ///
    /// - Complexity: About a nanosecond for each byte of ASCII; other texts and numbers take some hundred.
    static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var bytes = value[...]
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        if bytes.count > 1, bytes.first == UInt8(ascii: "#") { bytes.removeFirst() }
        // What may be a number begins with a digit or sign.
        let isText = bytes.first.map { $0 > UInt8(ascii: "9") || $0 == 0x20 } ?? true
        var hash = Self.start
        var all: UInt8 = 0
        for byte in bytes {
            all |= byte
            hash = Self.step(hash, byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        guard all >= 0x80 || !isText else { return hash }
        let key = ValueSpelling(String(decoding: value, as: UTF8.self)).key
        // The first byte of a key says whether it is a text's.
        return key.dropFirst(ValueOrder.natural.isText(key) ? 1 : 0).reduce(Self.start, Self.step)
    }

    // FNV-1a (Fowler, Noll, Vo 1991); who writes values that all have one place finds them compared, no more.
    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// A value that others are compared with by their spelling.
struct SpelledValue {
    private let hash: UInt64
    private let spelling: ValueSpelling

    init(_ value: String) {
        var value = value
        hash = value.withUTF8(ValueSpelling.hash)
        spelling = ValueSpelling(value)
    }

    func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        ValueSpelling.hash(value) == hash && ValueSpelling(String(decoding: value, as: UTF8.self)) == spelling
    }

    func matches(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { matches($0) }
    }
}

extension ValueOrder {
    /// The spelling of a value that most documents have, of equally many the first; nil for none.
    func usual(_ spellings: [(value: String, count: Int)]) -> (value: String, count: Int)? {
        spellings.min { $0.count != $1.count ? $0.count > $1.count : areInOrder($0.value, $1.value) }
    }
}

extension ValueCounter {
    /// The numbers of values that differ in their spelling alone, in groups of two and more.
    ///
    /// - Complexity: O(values), some nanoseconds for each byte.
    func spellings() -> [[Int]] {
        var buckets: [UInt64: [Int]] = [:]
        let hashes = (0..<valueCount).map { withBytes(of: $0, ValueSpelling.hash) }
        // The number of a value and one more, or 0, at the place of its hash or behind it, at most half full: a dictionary takes
        // several times as long. Each time at other places, so that nobody can write values that all have one.
        let bits = max(6, Int.bitWidth - (2 * valueCount).leadingZeroBitCount)
        let factor = UInt64.random(in: .min ... .max) | 1
        var slots = [UInt32](repeating: 0, count: 1 << bits)
        for (index, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: (hash &* factor) >> UInt64(64 - bits))
            while slots[place] != 0, hashes[Int(slots[place]) - 1] != hash { place = (place + 1) & (slots.count - 1) }
            if slots[place] == 0 {
                slots[place] = UInt32(index + 1)
            } else {
                buckets[hash, default: [Int(slots[place]) - 1]].append(index)
            }
        }
        return buckets.values.flatMap { bucket in
            Dictionary(grouping: bucket) { ValueSpelling(value($0)) }.values.filter { $0.count > 1 }
        }
    }

    /// The same counts with one value for each group: the spelling that most documents have, of equally many the first in the
    /// order. `shared` are the documents of each group that were counted more than once.
    func joining(_ groups: [[Int]], shared: [Int], order: ValueOrder) -> ValueCounter {
        guard !groups.isEmpty else { return self }
        var isGrouped = [Bool](repeating: false, count: valueCount)
        for index in groups.joined() { isGrouped[index] = true }
        var joined = ValueCounter()
        for index in 0..<valueCount where !isGrouped[index] {
            withBytes(of: index) { joined.add($0, count: count(of: index)) }
        }
        for (group, shared) in zip(groups, shared) {
            guard let label = order.usual(group.map { (value($0), count(of: $0)) }) else { continue }
            joined.add(label.value, count: group.reduce(-shared) { $0 + count(of: $1) })
        }
        return joined
    }
}
