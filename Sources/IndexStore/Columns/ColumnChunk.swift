import Postings

/// One field's values in the documents of a chunk; see ``ColumnChunkFormat``.
struct ColumnChunk {
    /// Number of different values; 0 for an order.
    let valueCount: Int
    /// The documents of the values, one value after the other, or of all documents in the order of their values.
    let places: [UInt16]
    /// For each value the number of places before it, and last that of all.
    private let starts: [Int]
    /// Where each value's text begins, and last where the text ends.
    private let ends: [Int]
    private let text: [UInt8]

    /// Decodes the stored form; nil for what is none. `isLong` is set for a chunk whose values are in the documents alone.
    init?(_ stored: UnsafeRawBufferPointer, isLong: inout Bool) {
        isLong = false
        var rest = stored
        func takeNumbers(_ count: Int) -> [Int]? {
            guard count >= 0, count <= rest.count / 4 else { return nil }
            defer { rest = UnsafeRawBufferPointer(rebasing: rest[(4 * count)...]) }
            // Safety: there are 4 * count bytes, checked above.
            return (0..<count).map {
                Int(UInt32(littleEndian: rest.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
        func takePlaces() -> [UInt16]? {
            guard rest.count % 2 == 0 else { return nil }
            // Safety: `index` is below half of the bytes.
            let places = (0..<rest.count / 2).map {
                UInt16(littleEndian: rest.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
            }
            return places.allSatisfy { $0 < UInt16(DocumentChunkFormat.length) } ? places : nil
        }
        guard let form = rest.first else { return nil }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
        switch form {
        case ColumnChunkFormat.values:
            guard let count = takeNumbers(1)?.first, let ends = takeNumbers(count), let starts = takeNumbers(count),
                let length = ends.last, let total = starts.last, length <= rest.count,
                zip([0] + ends, ends).allSatisfy({ $0 <= $1 }), zip([0] + starts, starts).allSatisfy({ $0 < $1 })
            else { return nil }
            text = Array(rest.prefix(length))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length))
            guard let places = takePlaces(), places.count == total else { return nil }
            valueCount = count
            self.places = places
            self.ends = [0] + ends
            self.starts = [0] + starts
        case ColumnChunkFormat.order:
            guard let places = takePlaces() else { return nil }
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

    /// A value's text. Values ascend.
    func value(_ index: Int) -> String { withBytes(of: index) { String(decoding: $0, as: UTF8.self) } }

    /// Calls `body` with a value's bytes.
    @inline(__always)
    func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try text.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[ends[index]..<ends[index + 1]]))
        }
    }

    /// The documents with one of consecutive values, by value and place.
    @inline(__always)
    func places(ofValues values: Range<Int>) -> Range<Int> { starts[values.lowerBound]..<starts[values.upperBound] }

    /// The first value for which `isBehind` holds, which then holds for all that follow; the number of values for none.
    func firstValue(_ isBehind: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
        var (low, high) = (0, valueCount)
        while low < high {
            let middle = (low + high) / 2
            if withBytes(of: middle, isBehind) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Bytes that it takes in memory.
    var memory: Int { 2 * places.count + 8 * (starts.count + ends.count) + text.count }
}
