import Documents
import Postings
import Ranking

/// How many documents of a set have each value of a field.
package struct ValueCounts: Sendable {
    private let counter: ValueCounter
    private let order: ValueOrder
    /// Documents of the set that have no value.
    package let without: Int

    init(_ counter: ValueCounter, order: ValueOrder, without: Int) {
        self.counter = counter
        self.order = order
        self.without = without
    }

    /// Number of different values.
    package var valueCount: Int { counter.valueCount }

    /// The values that most documents have; of equally many the first in the field's order. Nil for all.
    ///
    /// - Complexity: O(values * log limit); the keys of values are made only of those that can be among the first.
    package func first(_ limit: Int? = nil) -> [(value: String, count: Int)] {
        let limit = min(max(0, limit ?? .max), valueCount)
        guard limit > 0 else { return [] }
        let least = counter.count(atRank: limit)
        var entries: [Entry] = []
        /// The last of those that are the first so far; nil as long as there are fewer.
        var last: Entry?
        for index in 0..<valueCount where counter.count(of: index) >= least {
            let value = counter.value(index)
            let entry = Entry(value: value, count: counter.count(of: index), beginning: order.beginning(of: value))
            if let last, !comesBefore(entry, last) { continue }
            entries.append(entry)
            if entries.count >= 2 * limit + 64 {
                entries.sort(by: comesBefore)
                entries.removeSubrange(limit...)
                last = entries[limit - 1]
            }
        }
        entries.sort(by: comesBefore)
        return entries.prefix(limit).map { ($0.value, $0.count) }
    }

    private struct Entry {
        var value: String
        var count: Int
        var beginning: (UInt64, UInt64)
    }

    private func comesBefore(_ one: Entry, _ other: Entry) -> Bool {
        if one.count != other.count { return one.count > other.count }
        if one.beginning != other.beginning { return one.beginning < other.beginning }
        return order.areInOrder(one.value, other.value)
    }

    /// Calls `body` with the bytes of each value and the number of documents that have it, in no order.
    func forEach(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
        for index in 0..<valueCount { counter.withBytes(of: index) { body($0, counter.count(of: index)) } }
    }
}

extension DocumentColumns {
    /// Counts the values of fields that are one to people: metadata whose names differ in case. Values that differ in their
    /// spelling alone are one, as ``documents(having:of:)`` has them.
    ///
    /// Equivalent to: looking at all values of each document. An empty text counts as no value.
    ///
    /// - Complexity: O(values of the field + documents that have it), about a nanosecond each, and some tens for each value that a
    ///   document of a chunk has.
    func counts(of name: ColumnName, in documents: DocumentBitmap) throws -> ValueCounts {
        let fields = try countedFields(of: name)
        var counter = ValueCounter()
        var withValue = DocumentBitmap(capacity: Int64(chunkCount * DocumentChunkFormat.length))
        // A document can have a value in two of several fields, and counts once.
        var found: [ValueSpelling: (spellings: [String: Int], documents: DocumentBitmap)] = [:]
        var scratch = ChunkCount()
        for (field, parts) in fields {
            for (number, chunk) in try chunks(of: field).enumerated() {
                guard let chunk, scratch.begin(chunk: number, of: documents) else { continue }
                for index in 0..<chunk.valueCount {
                    let places = chunk.places(ofValues: index..<index + 1)
                    let count = scratch.count(chunk.places, places)
                    guard count > 0 else { continue }
                    chunk.withBytes(of: index) { bytes in
                        guard let counted = name.countedPart(of: bytes), !counted.isEmpty else { return }
                        if fields.count == 1, case .whole = parts {
                            scratch.note(chunk.places, places)
                            return counter.add(counted, count: count)
                        }
                        for value in parts.values(of: String(decoding: counted, as: UTF8.self)) where !value.isEmpty {
                            scratch.note(chunk.places, places)
                            if fields.count == 1 {
                                counter.add(value, count: count)
                                continue
                            }
                            let spelling = name.spelling(of: value)
                            found[spelling, default: ([:], DocumentBitmap())].spellings[value, default: 0] += count
                            for place in chunk.places[places] where scratch.isWanted(place) {
                                let document = Int64(number * DocumentChunkFormat.length) + Int64(place)
                                found[spelling]?.documents.insert(document)
                            }
                        }
                    }
                }
                scratch.end(chunk: number, in: &withValue)
            }
        }
        for (spellings, documents) in found.values {
            if let label = name.order.usual(spellings.map { ($0.key, $0.value) }) {
                counter.add(label.value, count: documents.count)
            }
        }
        if name.joinsSpellings {
            let groups = counter.spellings()
            let shared =
                try name.hasSeveral ? sharedCounts(of: groups, in: counter, name, documents) : groups.map { _ in 0 }
            counter = counter.joining(groups, shared: shared, order: name.order)
        }
        if name == .source { counter = try labelled(counter) }
        return ValueCounts(counter, order: name.order, without: documents.count - withValue.count)
    }

    /// How often documents that have several spellings of one group were counted beyond once.
    private func sharedCounts(
        of groups: [[Int]], in counter: ValueCounter, _ name: ColumnName, _ documents: DocumentBitmap
    ) throws -> [Int] {
        var shared = groups.map { _ in 0 }
        guard !groups.isEmpty else { return shared }
        var group: [Int: Int] = [:]
        for (number, members) in groups.enumerated() { for index in members { group[index] = number } }
        var scratch = ChunkCount()
        for (field, _) in try countedFields(of: name) {
            for (number, chunk) in try chunks(of: field).enumerated() {
                guard let chunk, scratch.begin(chunk: number, of: documents) else { continue }
                var members: [Int: [Int]] = [:]
                for index in 0..<chunk.valueCount {
                    guard let known = chunk.withBytes(of: index, { counter.index(of: $0) }), let group = group[known]
                    else {
                        continue
                    }
                    members[group, default: []].append(index)
                }
                for (group, indexes) in members where indexes.count > 1 {
                    let places = indexes.flatMap { chunk.places[chunk.places(ofValues: $0..<$0 + 1)] }
                        .filter(scratch.isWanted)
                    shared[group] += places.count - Set(places).count
                }
            }
        }
        return shared
    }

    /// The counts of sources by their paths.
    private func labelled(_ counter: ValueCounter) throws -> ValueCounter {
        let paths = try sourcePaths()
        var labelled = ValueCounter()
        for index in 0..<counter.valueCount {
            if let path = paths[counter.value(index)] { labelled.add(path, count: counter.count(of: index)) }
        }
        return labelled
    }
}

/// The documents of a set in one chunk, and those of them that have a value.
private struct ChunkCount {
    private static let wordCount = DocumentChunkFormat.length / 64
    private var wanted = [UInt64](repeating: 0, count: wordCount)
    private var found = [UInt64](repeating: 0, count: wordCount)

    /// Takes the documents of a chunk; false when the set has none there.
    mutating func begin(chunk: Int, of documents: DocumentBitmap) -> Bool {
        var any: UInt64 = 0
        for index in 0..<Self.wordCount {
            let word = documents.word(chunk * Self.wordCount + index)
            (wanted[index], found[index]) = (word, 0)
            any |= word
        }
        return any != 0
    }

    /// How many of some places are of the set.
    func count(_ places: [UInt16], _ range: Range<Int>) -> Int {
        wanted.withUnsafeBufferPointer { wanted in
            var count: UInt64 = 0
            for index in range {
                let place = places[index]
                // Safety: a chunk's places are below its length.
                assert(Int(place) < DocumentChunkFormat.length)
                count &+= wanted[Int(place >> 6)] &>> UInt64(place & 63) & 1
            }
            return Int(count)
        }
    }

    func isWanted(_ place: UInt16) -> Bool { wanted[Int(place >> 6)] >> UInt64(place & 63) & 1 == 1 }

    /// Notes that documents have a value.
    mutating func note(_ places: [UInt16], _ range: Range<Int>) {
        for index in range { found[Int(places[index] >> 6)] |= 1 << UInt64(places[index] & 63) }
    }

    /// Adds the documents of the set that have a value.
    func end(chunk: Int, in documents: inout DocumentBitmap) {
        for index in 0..<Self.wordCount {
            let block = chunk * Self.wordCount + index
            documents.set(block: block, to: documents.word(block) | wanted[index] & found[index])
        }
    }
}
