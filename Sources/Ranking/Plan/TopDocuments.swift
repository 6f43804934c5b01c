/// The best `capacity` documents seen so far: a heap with the worst of them on top.
///
/// - Complexity: O(log capacity) for an offer that is taken, O(1) for one that is not; O(capacity) memory.
public struct TopDocuments: Sendable {
    /// How many documents are kept.
    public let capacity: Int
    private var heap: [ScoredDocument] = []

    /// Creates an empty list of at most `capacity` documents.
    public init(capacity: Int) {
        precondition(capacity >= 0, "capacity \(capacity)")
        self.capacity = capacity
        heap.reserveCapacity(min(capacity, 1024))
    }

    /// How many documents are held.
    public var count: Int { heap.count }

    /// Whether an offer must beat another document to get in.
    public var isFull: Bool { heap.count == capacity }

    /// The score that an offer must reach to have a chance, 0 while there is room.
    ///
    /// A document with just this score still gets in if its id is smaller than that of the worst.
    public var threshold: UInt32 { isFull ? (heap.first?.units ?? UInt32.max) : 0 }

    /// Takes the document if it is among the best `capacity` so far. Returns whether it was.
    @discardableResult
    public mutating func offer(_ candidate: ScoredDocument) -> Bool {
        if heap.count < capacity {
            heap.append(candidate)
            siftUp(heap.count - 1)
            return true
        }
        guard let top = heap.first, candidate < top else { return false }
        heap[0] = candidate
        siftDown()
        return true
    }

    /// The documents in result order: score down, then id up.
    public func sorted() -> [ScoredDocument] { heap.sorted() }

    private mutating func siftUp(_ start: Int) {
        var child = start
        let item = heap[child]
        while child > 0 {
            let parent = (child - 1) / 2
            // A parent is worse than its children: it comes later in result order.
            guard heap[parent] < item else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = item
    }

    private mutating func siftDown() {
        let item = heap[0]
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child] < heap[child + 1] { child += 1 }
            guard item < heap[child] else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = item
    }
}

/// A document and its score, in the order of a result list.
@frozen
public struct ScoredDocument: Hashable, Sendable, Comparable {
    /// The document's row id.
    public let document: Int64
    /// Score in the query's ``ScoreScale``.
    public let units: UInt32

    /// Pairs a document with its score.
    @inlinable
    public init(document: Int64, units: UInt32) {
        self.document = document
        self.units = units
    }

    /// Result order: score down, then id up.
    @inlinable
    public static func < (left: ScoredDocument, right: ScoredDocument) -> Bool {
        left.units != right.units ? left.units > right.units : left.document < right.document
    }
}
