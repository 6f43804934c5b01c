import Documents

/// Collects the values of one field in the documents of a chunk; see ``ColumnChunkFormat``.
struct ColumnWriter {
    private let field: ColumnField
    /// The number of each value, in the order in which they came.
    private var numbers: [ExactText: Int] = [:]
    private var values: [String] = []
    /// The place of each value's last document.
    private var lastPlaces: [Int] = []
    /// Values and places as they came.
    private var entries: [(number: UInt32, place: UInt16)] = []

    init(_ field: ColumnField) { self.field = field }

    /// Adds a value of a document. Places must not descend; a value that a document has twice counts once.
    mutating func append(_ value: String, at place: Int) {
        let number: Int
        // Documents that follow each other often have the same value; comparing it is cheaper than finding it.
        if let last = entries.last, ExactText(values[Int(last.number)]) == ExactText(value) {
            number = Int(last.number)
        } else if field.keepsOrderAlone {
            number = values.count
            values.append(value)
            lastPlaces.append(-1)
        } else {
            let key = ExactText(value)
            if let known = numbers[key] {
                number = known
            } else {
                number = values.count
                numbers[key] = number
                values.append(value)
                lastPlaces.append(-1)
            }
        }
        guard lastPlaces[number] != place else { return }
        lastPlaces[number] = place
        entries.append((UInt32(number), UInt16(place)))
    }

    /// The stored form, nil if there is no value; then it is empty again.
    mutating func finish() -> [UInt8]? {
        defer {
            numbers.removeAll(keepingCapacity: true)
            values.removeAll(keepingCapacity: true)
            lastPlaces.removeAll(keepingCapacity: true)
            entries.removeAll(keepingCapacity: true)
        }
        return entries.isEmpty ? nil : encoded(longest: ColumnChunkFormat.longest)
    }

    /// The stored form of values of any length.
    func encodedWhole() -> [UInt8]? { entries.isEmpty ? nil : encoded(longest: .max) }

    private func encoded(longest: Int) -> [UInt8] {
        if !field.keepsOrderAlone, values.contains(where: { $0.utf8.count > longest }) {
            return [ColumnChunkFormat.long]
        }
        let order = sortedNumbers()
        // Where the places of each value begin.
        var counts = [Int](repeating: 0, count: values.count)
        for entry in entries { counts[Int(entry.number)] += 1 }
        var next = [Int](repeating: 0, count: values.count)
        var total = 0
        for number in order {
            next[number] = total
            total += counts[number]
        }
        var places = [UInt16](repeating: 0, count: total)
        for entry in entries {
            places[next[Int(entry.number)]] = entry.place
            next[Int(entry.number)] += 1
        }
        var bytes: [UInt8] = []
        func append(_ number: Int) {
            for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        if field.keepsOrderAlone {
            bytes.reserveCapacity(1 + 2 * total)
            bytes.append(ColumnChunkFormat.order)
        } else {
            bytes.append(ColumnChunkFormat.values)
            append(order.count)
            var end = 0
            for number in order {
                end += values[number].utf8.count
                append(end)
            }
            for number in order { append(next[number]) }
            for number in order { bytes.append(contentsOf: values[number].utf8) }
        }
        for place in places {
            bytes.append(UInt8(truncatingIfNeeded: place))
            bytes.append(UInt8(truncatingIfNeeded: place >> 8))
        }
        return bytes
    }

    /// The values' numbers in the values' order; equal ones, which only an order has, as they came.
    private func sortedNumbers() -> [Int] {
        let keys = values.map { field.order.key(of: $0) }
        // The keys' first bytes as numbers: comparing those is nearly always enough, and needs no look at the keys.
        let beginnings = keys.enumerated().map { number, key in
            (Self.beginning(of: key, from: 0), Self.beginning(of: key, from: 8), number)
        }
        return beginnings.sorted { left, right in
            if left.0 != right.0 { return left.0 < right.0 }
            if left.1 != right.1 { return left.1 < right.1 }
            let (one, other) = (left.2, right.2)
            if keys[one] != keys[other] { return keys[one].lexicographicallyPrecedes(keys[other]) }
            let (first, second) = (values[one].utf8, values[other].utf8)
            if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) }
            return one < other
        }.map(\.2)
    }

    /// Eight bytes of a key as a number that compares as they do; zeros behind its end.
    private static func beginning(of key: [UInt8], from start: Int) -> UInt64 {
        var number: UInt64 = 0
        for place in start..<start + 8 { number = number << 8 | (place < key.count ? UInt64(key[place]) : 0) }
        return number
    }
}
