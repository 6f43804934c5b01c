/// A plan's condition, taken apart into the filters that every match has to pass and the rest, which is mostly a plain
/// disjunction, conjunction or phrase and can be evaluated as one.
///
/// Equivalent to: the condition as it is. A document matches it if it matches ``match`` and ``word(_:)`` has it.
///
/// A class with memory of its own, so that asking it in the loop over blocks counts no references to arrays.
final class Restriction {
    /// What is left of the condition.
    let match: EvaluationPlan.Match
    /// Whether there are filters to pass.
    let isNeeded: Bool
    /// Of each block the documents that pass.
    private let words: UnsafeMutablePointer<UInt64>
    private let count: Int
    /// The same of blocks behind these.
    private let beyond: UInt64
    /// Of each block, as a bit, whether it has a document that passes.
    private let occupied: [UInt64]

    init(_ condition: EvaluationPlan.Match, filters: [DocumentBitmap]) {
        var match = condition
        var wanted: [Int] = []
        var unwanted: [Int] = []
        while Restriction.takeFilters(from: &match, &wanted, &unwanted) {}
        self.match = match
        isNeeded = !(wanted.isEmpty && unwanted.isEmpty)
        beyond = wanted.isEmpty ? .max : 0
        // Behind its words a set has nothing, so that of wanted ones the shortest decides, and of unwanted ones the longest.
        count =
            wanted.map { filters[$0].words.count }.min()
            ?? unwanted.map { filters[$0].words.count }.max() ?? 0
        words = .allocate(capacity: max(1, count))
        words.initialize(repeating: .max, count: count)
        let (words, count) = (words, count)
        // Safety: `count` is not greater than the number of words of any wanted set, and unwanted ones are looked at up to it.
        for filter in wanted {
            filters[filter].words.withUnsafeBufferPointer { selected in
                for block in 0..<count { words[block] &= selected[block] }
            }
        }
        for filter in unwanted {
            filters[filter].words.withUnsafeBufferPointer { selected in
                for block in 0..<min(count, selected.count) { words[block] &= ~selected[block] }
            }
        }
        occupied = (0..<(count + 63) / 64).map { group in
            var bits: UInt64 = 0
            for place in group * 64..<min(group * 64 + 64, count) {
                bits |= (words[place] == 0 ? 0 : 1) &<< UInt64(truncatingIfNeeded: place)
            }
            return bits
        }
    }

    deinit { words.deallocate() }

    /// Which of the documents of a block pass.
    @inline(__always)
    func word(_ block: Int) -> UInt64 {
        assert(block >= 0)
        // Safety: there are `count` words.
        return block < count ? words[block] : beyond
    }

    /// Of 64 blocks from `first` on, those that have a document that passes.
    func blocks(from first: Int) -> UInt64 {
        let shift = UInt64(first & 63)
        func bits(_ group: Int) -> UInt64 {
            var bits = group < occupied.count ? occupied[group] : 0
            let known = count - group * 64
            if known < 64, beyond != 0 { bits |= known <= 0 ? .max : .max << UInt64(known) }
            return bits
        }
        let low = bits(first >> 6) >> shift
        return shift == 0 ? low : low | bits(first >> 6 + 1) << (64 - shift)
    }

    /// Takes the filters of the outermost operator; whether there may be more within.
    private static func takeFilters(
        from match: inout EvaluationPlan.Match, _ wanted: inout [Int], _ unwanted: inout [Int]
    ) -> Bool {
        switch match {
        case .filter(let filter):
            wanted.append(filter)
            match = .everything
            return false
        case .all(let parts):
            var rest: [EvaluationPlan.Match] = []
            for part in parts {
                if case .filter(let filter) = part { wanted.append(filter) } else { rest.append(part) }
            }
            guard rest.count < parts.count || parts.count == 1 else { return false }
            match = rest.isEmpty ? .everything : rest.count == 1 ? rest[0] : .all(rest)
            return true
        case .except(let kept, .filter(let filter)):
            unwanted.append(filter)
            match = kept
            return true
        case .except(let kept, .any(let parts)):
            var filters: [Int] = []
            for part in parts {
                guard case .filter(let filter) = part else { return false }
                filters.append(filter)
            }
            unwanted += filters
            match = kept
            return true
        default: return false
        }
    }
}
