/// How often a phrase or a group of near terms occurs in one document, from the terms' occurrences there.
///
/// Occurrences are ascending and carry ``TermPostings/titleFlag``, so that a body and a title position are never next to
/// each other: the greatest body position is far below the flag.
public enum PositionMatching {
    /// Field frequencies of a pattern in one document.
    @frozen
    public struct Frequencies: Hashable, Sendable {
        /// Occurrences in the title.
        public var title: UInt32 = 0
        /// Occurrences in the body.
        public var body: UInt32 = 0

        /// No occurrence.
        @inlinable
        public init(title: UInt32 = 0, body: UInt32 = 0) {
            self.title = title
            self.body = body
        }

        /// Whether there is none.
        @inlinable
        public var isZero: Bool { title == 0 && body == 0 }

        @inlinable @inline(__always)
        mutating func count(_ occurrence: UInt32) {
            if occurrence & TermPostings.titleFlag != 0 { title += 1 } else { body += 1 }
        }
    }

    /// Counts positions `p` for which term `i` stands at `p + offsets[i]` for all `i`.
    ///
    /// - Complexity: O(total number of occurrences).
    @inlinable
    public static func phrase<List: RandomAccessCollection>(_ lists: [List], offsets: [Int]) -> Frequencies
    where List.Element == UInt32, List.Index == Int {
        var found = Frequencies()
        guard let first = lists.first else { return found }
        if lists.count == 2 { return pair(first, lists[1], distance: offsets[1]) }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: lists.count) { cursors in
            for (term, list) in lists.enumerated() { cursors.initializeElement(at: term, to: list.startIndex) }
            scan: for occurrence in first {
                for term in 1..<lists.count {
                    let list = lists[term]
                    let wanted = Int(occurrence) + offsets[term]
                    var cursor = cursors[term]
                    while cursor < list.endIndex, Int(list[cursor]) < wanted { cursor += 1 }
                    cursors[term] = cursor
                    guard cursor < list.endIndex else { break scan }
                    guard Int(list[cursor]) == wanted else { continue scan }
                }
                found.count(occurrence)
            }
        }
        return found
    }

    /// Most phrases have two terms.
    @inlinable @inline(__always)
    static func pair<List: RandomAccessCollection>(_ first: List, _ second: List, distance: Int) -> Frequencies
    where List.Element == UInt32, List.Index == Int {
        var found = Frequencies()
        var cursor = second.startIndex
        for occurrence in first {
            let wanted = Int(occurrence) + distance
            while cursor < second.endIndex, Int(second[cursor]) < wanted { cursor += 1 }
            guard cursor < second.endIndex else { break }
            if Int(second[cursor]) == wanted { found.count(occurrence) }
        }
        return found
    }

    /// Counts the windows of one field that hold all terms (each as often as it is asked for), in any order, with at most
    /// `slop` positions in them beyond one for each term. Windows are taken from left to right, each as small as it can be,
    /// and do not overlap, so that there are no more of them than of the rarest term.
    ///
    /// - Complexity: O(n log n) for n occurrences in all.
    public static func near<List: RandomAccessCollection>(_ lists: [List], terms: [Int], slop: Int) -> Frequencies
    where List.Element == UInt32 {
        var found = Frequencies()
        var wanted: [Int: Int] = [:]
        var events: [(position: UInt32, term: Int)] = []
        for (list, term) in zip(lists, terms) {
            wanted[term, default: 0] += 1
            guard wanted[term] == 1 else { continue }
            for position in list { events.append((position, term)) }
        }
        events.sort { $0.position != $1.position ? $0.position < $1.position : $0.term < $1.term }
        let span = UInt64(terms.count - 1 + slop)
        var held: [Int: Int] = [:]
        var missing = terms.count
        var low = 0
        for high in events.indices {
            let event = events[high]
            held[event.term, default: 0] += 1
            if held[event.term, default: 0] <= wanted[event.term, default: 0] { missing -= 1 }
            guard missing == 0 else { continue }
            // Drop what is not needed on the left; the window is then the smallest that ends here.
            while held[events[low].term, default: 0] > wanted[events[low].term, default: 0] {
                held[events[low].term, default: 0] -= 1
                low += 1
            }
            if UInt64(event.position) - UInt64(events[low].position) <= span {
                found.count(events[low].position)
                held.removeAll(keepingCapacity: true)
                missing = terms.count
                low = high + 1
            } else {
                held[events[low].term, default: 0] -= 1
                missing += 1
                low += 1
            }
        }
        return found
    }
}

extension EvaluationPlan.Leaf {
    /// How often the leaf occurs in a document, given the occurrences there of each of its pattern's terms.
    public func frequencies<List: RandomAccessCollection>(of lists: [List]) -> PositionMatching.Frequencies
    where List.Element == UInt32, List.Index == Int {
        var found =
            switch pattern {
            case .term: PositionMatching.phrase(lists, offsets: [0])
            case .phrase(_, let offsets): PositionMatching.phrase(lists, offsets: offsets)
            case .near(let terms, let slop): PositionMatching.near(lists, terms: terms, slop: slop)
            }
        if !fields.contains(.title) { found.title = 0 }
        if !fields.contains(.body) { found.body = 0 }
        return found
    }
}
