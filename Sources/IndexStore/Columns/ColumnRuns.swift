import Postings
import Ranking

/// The documents of a set that have one value of a field, one value after the other, in one chunk.
struct ColumnRuns {
    /// Documents with the same value, ascending.
    struct Run {
        /// The value.
        var value: String
        /// What it is compared by; see ``ValueOrder/key(of:)``.
        var key: [UInt8]
        var documents: [Int64]
    }

    private let chunk: ColumnChunk
    private let firstDocument: Int64
    private let order: ValueOrder
    private let descends: Bool
    private let wanted: DocumentBitmap
    /// Reads the value of a document, for a column that has the order alone.
    private let read: (Int64) throws -> String
    /// The next value, or the next place of an order, from the end where it descends.
    private var next = 0
    /// What has been read of an order and is of the next run.
    private var ahead: (value: String, document: Int64)?

    init(
        _ chunk: ColumnChunk, number: Int, of wanted: DocumentBitmap, order: ValueOrder, descends: Bool,
        read: @escaping (Int64) throws -> String
    ) {
        self.chunk = chunk
        self.order = order
        self.descends = descends
        self.wanted = wanted
        self.read = read
        firstDocument = Int64(number * DocumentChunkFormat.length)
    }

    /// The next run; nil behind the last.
    mutating func nextRun() throws -> Run? { chunk.valueCount > 0 ? nextOfValues() : try nextOfOrder() }

    private mutating func nextOfValues() -> Run? {
        while next < chunk.valueCount {
            let index = descends ? chunk.valueCount - 1 - next : next
            next += 1
            var documents: [Int64] = []
            for place in chunk.places[chunk.places(ofValues: index..<index + 1)] {
                let document = firstDocument + Int64(place)
                if wanted.contains(document) { documents.append(document) }
            }
            if documents.isEmpty { continue }
            let value = chunk.value(index)
            // An empty text is no value to sort by.
            if value.isEmpty { continue }
            return Run(value: value, key: order.key(of: value), documents: documents)
        }
        return nil
    }

    private mutating func nextOfOrder() throws -> Run? {
        guard let first = try ahead ?? readNext() else { return nil }
        var documents = [first.document]
        ahead = nil
        while let following = try readNext() {
            guard following.value.utf8.elementsEqual(first.value.utf8) else {
                ahead = following
                break
            }
            documents.append(following.document)
        }
        return Run(value: first.value, key: order.key(of: first.value), documents: documents.sorted())
    }

    private mutating func readNext() throws -> (value: String, document: Int64)? {
        while next < chunk.places.count {
            let place = chunk.places[descends ? chunk.places.count - 1 - next : next]
            next += 1
            let document = firstDocument + Int64(place)
            if wanted.contains(document) { return (try read(document), document) }
        }
        return nil
    }
}

extension DocumentColumns {
    /// The first documents of a set in the order of a field: by value and, for equal values, by id; those without a value last.
    ///
    /// Equivalent to: sorting all of them. Of each chunk the values are gone through from one end, and only as far as they are
    /// needed, so that documents that cannot be among the first are not looked at.
    ///
    /// - Complexity: O(chunks + limit * log chunks), times the share of the field's documents that are not in the set.
    func first(
        _ limit: Int, of documents: DocumentBitmap, by fields: [ColumnField], descends: Bool
    ) throws -> [SortedDocument] {
        var queue = RunQueue(descends: descends)
        for field in fields {
            for (number, chunk) in try chunks(of: field).enumerated() {
                guard let chunk else { continue }
                try queue.append(
                    ColumnRuns(
                        chunk, number: number, of: documents, order: field.order, descends: descends, read: title(of:)))
            }
        }
        // A document with several values stands where the first of them does.
        var rest = documents
        var sorted: [SortedDocument] = []
        while sorted.count < limit, let run = try queue.next() {
            var documents = run.documents
            if fields.count > 1 {
                // Fields that differ in case alone have a value in turns.
                while let following = queue.first, following.value.utf8.elementsEqual(run.value.utf8) {
                    documents += try queue.next()?.documents ?? []
                }
                documents.sort()
            }
            for document in documents where sorted.count < limit && rest.contains(document) {
                rest.remove(document)
                sorted.append(SortedDocument(document: document, value: run.value, key: run.key))
            }
        }
        rest.forEach { document in
            guard sorted.count < limit else { return false }
            sorted.append(SortedDocument(document: document))
            return true
        }
        return sorted
    }
}

/// A document and what it is sorted by.
struct SortedDocument {
    var document: Int64
    /// Nil where it has none.
    var value: String?
    /// What the value is compared by.
    var key: [UInt8] = []

    /// Whether it stands before another one: by value, then by document, which ascends in any case; without a value last.
    func comesBefore(_ other: SortedDocument, descends: Bool) -> Bool {
        guard let value, let otherValue = other.value else {
            return (value == nil) == (other.value == nil) ? document < other.document : value != nil
        }
        if key != other.key { return key.lexicographicallyPrecedes(other.key) != descends }
        let (first, second) = (value.utf8, otherValue.utf8)
        if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) != descends }
        return document < other.document
    }
}

/// Runs of several chunks and fields, merged: a heap with the run on top that comes first.
private struct RunQueue {
    private let descends: Bool
    private var heap: [(run: ColumnRuns.Run, rest: ColumnRuns)] = []

    init(descends: Bool) { self.descends = descends }

    /// The run that comes next.
    var first: ColumnRuns.Run? { heap.first?.run }

    mutating func append(_ runs: ColumnRuns) throws {
        var runs = runs
        guard let run = try runs.nextRun() else { return }
        heap.append((run, runs))
        var child = heap.count - 1
        while child > 0, comesBefore(heap[child].run, heap[(child - 1) / 2].run) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() throws -> ColumnRuns.Run? {
        guard let first = heap.first?.run else { return nil }
        if let following = try heap[0].rest.nextRun() {
            heap[0].run = following
        } else {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && comesBefore(heap[child].run, heap[least].run) { least = child }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return first
    }

    /// By value, then by document, which ascends in any case.
    private func comesBefore(_ one: ColumnRuns.Run, _ other: ColumnRuns.Run) -> Bool {
        if one.key != other.key {
            return one.key.lexicographicallyPrecedes(other.key) != descends
        }
        let (first, second) = (one.value.utf8, other.value.utf8)
        if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) != descends }
        return one.documents[0] < other.documents[0]
    }
}
