import Postings

/// One field's values in the documents of a chunk; see ``ColumnChunkFormat``.
struct ColumnChunk: Equatable {
    /// Number of different values; 0 for an order.
    let valueCount: Int
    /// The documents of the values, one value after the other, or of all documents in the order of their values.
    let places: [UInt16]
    /// For each value the number of places before it, and last that of all.
    private let starts: [UInt32]
    /// Where each value's text begins, and last where the text ends.
    private let ends: [UInt32]
    private let text: [UInt8]

    /// Decodes the stored form; nil for what is none. `isLong` is set for a chunk whose values are in the documents alone.
    ///
    /// - Complexity: O(bytes), at the speed of copying them: a condition reads the column of all documents.
    init?(_ stored: UnsafeRawBufferPointer, isLong: inout Bool) {
        isLong = false
        var rest = stored
        func take(_ count: Int) -> UnsafeRawBufferPointer? {
            guard count >= 0, count <= rest.count else { return nil }
            defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
            return UnsafeRawBufferPointer(rebasing: rest[..<count])
        }
        guard let form = take(1)?[0] else { return nil }
        switch form {
        case ColumnChunkFormat.values:
            guard let number = take(4).map(Self.numbers)?[1], let count = Int(exactly: number), count > 0,
                let ends = take(4 * count).map(Self.numbers), let starts = take(4 * count).map(Self.numbers),
                Self.ascend(ends, bySteps: false), Self.ascend(starts, bySteps: true),
                let text = take(Int(ends[count])), let places = Self.places(rest), places.count == Int(starts[count])
            else { return nil }
            valueCount = count
            self.places = places
            self.ends = ends
            self.starts = starts
            self.text = Array(text)
        case ColumnChunkFormat.order:
            guard let places = Self.places(rest) else { return nil }
            valueCount = 0
            self.places = places
            (starts, ends, text) = ([0], [0], [])
        case ColumnChunkFormat.long:
            guard rest.isEmpty else { return nil }
            isLong = true
            return nil
        default: return nil
        }
    }

    /// Values in their order, or without any an order of documents.
    ///
    /// - Parameters:
    ///   - ends: Where each value ends in `text`.
    ///   - starts: For each value the number of places of it and all values before it.
    init(ends: [UInt32], starts: [UInt32], text: [UInt8], places: [UInt16]) {
        assert(ends.count == starts.count && ends.last.map(Int.init) ?? 0 == text.count)
        valueCount = ends.count
        self.places = places
        self.ends = [0] + ends
        self.starts = [0] + starts
        self.text = text
    }

    /// The stored form.
    var stored: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ numbers: some Sequence<UInt32>) {
            for number in numbers { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
        }
        bytes.reserveCapacity(5 + 8 * valueCount + text.count + 2 * places.count)
        if valueCount == 0 {
            bytes.append(ColumnChunkFormat.order)
        } else {
            bytes.append(ColumnChunkFormat.values)
            append([UInt32(valueCount)])
            append(ends.dropFirst())
            append(starts.dropFirst())
            bytes.append(contentsOf: text)
        }
        places.map { $0.littleEndian }.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The values without some documents, and without those that no other document has; nil if nothing is left.
    ///
    /// - Parameter isRemoved: For each place in the chunk whether it goes.
    func removing(_ isRemoved: [Bool]) -> ColumnChunk? {
        guard places.contains(where: { isRemoved[Int($0)] }) else { return self }
        let left = places.filter { !isRemoved[Int($0)] }
        guard !left.isEmpty else { return nil }
        var ends: [UInt32] = [], starts: [UInt32] = [], text: [UInt8] = []
        var count: UInt32 = 0
        for value in 0..<valueCount {
            let own = places[places(ofValues: value..<value + 1)].count { !isRemoved[Int($0)] }
            guard own > 0 else { continue }
            count += UInt32(own)
            text += self.text[Int(self.ends[value])..<Int(self.ends[value + 1])]
            ends.append(UInt32(text.count))
            starts.append(count)
        }
        return ColumnChunk(ends: ends, starts: starts, text: text, places: left)
    }

    /// Numbers of four bytes, behind a zero.
    private static func numbers(_ bytes: UnsafeRawBufferPointer) -> [UInt32] {
        let count = bytes.count / 4
        return [UInt32](unsafeUninitializedCapacity: count + 1) { memory, initialized in
            memory[0] = 0
            // Safety: `memory` has room for a number more than `bytes` holds.
            for index in 0..<count {
                memory[index + 1] = UInt32(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
            }
            initialized = count + 1
        }
    }

    /// Whether none is smaller than the one before it, or with `bySteps` each greater. None of them is above `Int32.max` then.
    private static func ascend(_ numbers: [UInt32], bySteps: Bool) -> Bool {
        let least: UInt32 = bySteps ? 1 : 0
        // The highest bit of a difference tells; without a branch several are seen to at once.
        var signs: UInt32 = 0
        numbers.withUnsafeBufferPointer { numbers in
            for index in 1..<numbers.count {
                // Safety: both are below the count.
                signs |= numbers[index] | (numbers[index] &- numbers[index &- 1] &- least)
            }
        }
        return signs >> 31 == 0
    }

    /// Places of two bytes; nil when one is in no chunk.
    private static func places(_ bytes: UnsafeRawBufferPointer) -> [UInt16]? {
        guard bytes.count % 2 == 0 else { return nil }
        let count = bytes.count / 2
        var greatest: UInt16 = 0
        let places = [UInt16](unsafeUninitializedCapacity: count) { memory, initialized in
            // Safety: `memory` has room for all places that `bytes` holds.
            for index in 0..<count {
                let place = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
                memory[index] = place
                greatest = max(greatest, place)
            }
            initialized = count
        }
        return greatest < UInt16(DocumentChunkFormat.length) ? places : nil
    }

    /// A value's text. Values ascend.
    func value(_ index: Int) -> String { withBytes(of: index) { String(decoding: $0, as: UTF8.self) } }

    /// The texts of all values.
    var values: [String] { (0..<valueCount).map(value) }

    /// Calls `body` with a value's bytes.
    @inline(__always)
    func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try text.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[Int(ends[index])..<Int(ends[index + 1])]))
        }
    }

    /// The documents with one of consecutive values, by value and place.
    @inline(__always)
    func places(ofValues values: Range<Int>) -> Range<Int> {
        Int(starts[values.lowerBound])..<Int(starts[values.upperBound])
    }

    /// The first value for which `isBehind` holds, which then holds for all that follow; the number of values for none.
    func firstValue(_ isBehind: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
        var (low, high) = (0, valueCount)
        while low < high {
            let middle = (low + high) / 2
            if withBytes(of: middle, isBehind) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
