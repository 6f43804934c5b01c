/// The best `capacity` documents seen so far: a heap with the worst of them on top.
///
/// A document is one number, the score above and the id upside down below, so that the greater one comes first in a result list. Each
/// has four below it: half as many levels as with two, for comparisons of numbers that lie side by side (LaMarca and Ladner, The
/// influence of caches on the performance of heaps, JEA 1, 1996).
///
/// - Complexity: O(log capacity) for an offer that is taken, O(1) for one that is not; O(capacity) memory.
public struct TopDocuments: Sendable {
    /// How many documents are kept.
    public let capacity: Int
    private var heap: [UInt64] = []

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
    public var threshold: UInt32 { isFull ? heap.first.map { UInt32($0 >> 32) } ?? UInt32.max : 0 }

    /// Takes the document, whose id is below 2^32, if it is among the best `capacity` so far. Returns whether it was.
    @discardableResult
    public mutating func offer(_ candidate: ScoredDocument) -> Bool {
        let number = TopDocuments.number(of: candidate)
        if heap.count < capacity {
            heap.append(number)
            siftUp(heap.count - 1)
            return true
        }
        guard let worst = heap.first, number > worst else { return false }
        heap[0] = number
        siftDown(count: heap.count)
        return true
    }

    /// The documents in result order: score down, then id up.
    public func sorted() -> [ScoredDocument] {
        var rest = self
        // The worst of what is left goes behind it.
        for count in (0..<heap.count).reversed() {
            rest.heap.swapAt(0, count)
            rest.siftDown(count: count)
        }
        return rest.heap.map(TopDocuments.document)
    }

    private static func number(of document: ScoredDocument) -> UInt64 {
        assert(document.document >= 0 && document.document >> 32 == 0, "document \(document.document)")
        return UInt64(document.units) << 32 | UInt64(~UInt32(truncatingIfNeeded: document.document))
    }

    private static func document(of number: UInt64) -> ScoredDocument {
        ScoredDocument(
            document: Int64(~UInt32(truncatingIfNeeded: number)), units: UInt32(truncatingIfNeeded: number >> 32))
    }

    /// Children of each number.
    private static let width = 4

    private mutating func siftUp(_ start: Int) {
        var child = start
        let item = heap[child]
        while child > 0 {
            let parent = (child - 1) / TopDocuments.width
            guard heap[parent] > item else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = item
    }

    /// Moves the first of `count` numbers to where it belongs.
    private mutating func siftDown(count: Int) {
        guard count > 1 else { return }
        heap.withUnsafeMutableBufferPointer { heap in
            // Safety: all places are below `count`, which is not more than there are.
            assert(count <= heap.count)
            let item = heap[0]
            var parent = 0
            while true {
                let first = TopDocuments.width * parent + 1
                guard first < count else { break }
                var (least, child) = (heap[first], first)
                for other in first + 1..<min(first + TopDocuments.width, count) {
                    let number = heap[other]
                    child = number < least ? other : child
                    least = min(number, least)
                }
                guard least < item else { break }
                heap[parent] = least
                parent = child
            }
            heap[parent] = item
        }
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
