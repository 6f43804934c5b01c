import Postings

/// Upper bounds of the scores in each block of a segment, and the order in which they are worth visiting.
///
/// Sums are 16-bit: a term's bound (8 bits) times its multiplier (16 bits) is cut to its upper 16 bits, and the 1 added for
/// each term that occurs in the block makes up for what the cut loses. Groups of 64 blocks have their greatest sum beside them, so that finding the next blocks does not
/// take sorting all of them (Block-Max Pruning of Mallia, Suel and Tonellotto, SIGIR 2024, sorts by counting; a second level
/// was cheaper here, since the groups that can still matter are few).
struct BlockBounds {
    /// Blocks in a group.
    static let groupLength = 64
    /// What the sum of all terms' greatest bounds is scaled to, below 2^16 with room for rounding up each multiplier; the
    /// terms' own 1s come off it.
    private static let full = 65_000

    private(set) var sums: UnsafeMutablePointer<UInt16>
    private var capacity: Int
    /// Of each group the blocks that can match, if there is more to it than that they have a bound.
    private var possible: [UInt64] = []
    private var isRestricted = false
    private(set) var groups: [UInt16] = []
    private(set) var order: [UInt32] = []
    private(set) var blockCount = 0
    /// Sums per unit of score.
    private var scale: Float = 1

    init() {
        capacity = 1024
        sums = .allocate(capacity: capacity)
    }

    func deallocate() { sums.deallocate() }

    /// Starts a segment, for `count` terms that weigh `total` units together.
    mutating func begin(blockCount: Int, count: Int, total: Float) {
        let padded = (blockCount + BlockBounds.groupLength - 1) / BlockBounds.groupLength * BlockBounds.groupLength
        if padded > capacity {
            sums.deallocate()
            capacity = padded
            sums = .allocate(capacity: capacity)
        }
        self.blockCount = blockCount
        isRestricted = false
        // Safety: padded <= capacity.
        sums.initialize(repeating: 0, count: padded)
        scale = total > 0 ? Float(max(1_000, BlockBounds.full - 2 * count)) / total : 0
    }

    /// Adds a term whose score part counts `weight` units; `weight` already has the bound factor in it.
    mutating func add(_ grid: TermGrid, weight: Float) {
        // bound * 256 * multiplier / 65536 = bound / 255 * weight * scale, rounded up a little.
        let multiplier = UInt16(min(65_535, (weight * scale * (65_536.0 / (255.0 * 256.0)) * 1.000_01).rounded(.up)))
        if let dense = grid.denseBounds {
            BlockBounds.addDense(dense, count: blockCount, multiplier: multiplier, to: sums)
        } else {
            // Safety: every block of a grid lies below its blockCount, which is the segment's.
            assert(grid.blockCount == blockCount)
            grid.view.forEachBound { block, bound in
                let value = (UInt32(bound) << 8 &* UInt32(multiplier)) >> 16 + 1
                sums[block] &+= UInt16(truncatingIfNeeded: value)
            }
        }
    }

    /// Equivalent to: `for block in 0..<count where bounds[block] > 0 { sums[block] += bounds[block] * 256 * multiplier >> 16 + 1 }`,
    /// in a form that compiles to 16-bit multiplications of whole vectors.
    @inline(never)
    private static func addDense(
        _ bounds: UnsafePointer<UInt8>, count: Int, multiplier: UInt16, to sums: UnsafeMutablePointer<UInt16>
    ) {
        // Safety: both arrays have at least count elements.
        for block in 0..<count {
            let bound = UInt16(bounds[block])
            let product = UInt32(bound << 8) &* UInt32(multiplier)
            sums[block] &+= UInt16(truncatingIfNeeded: product >> 16) &+ (bound == 0 ? 0 : 1)
        }
    }

    /// Keeps only the blocks for which `isPossible` (given a word number) has a bit; those without a bound as well.
    mutating func restrict(_ isPossible: (Int) -> UInt64) {
        isRestricted = true
        possible.removeAll(keepingCapacity: true)
        for word in 0..<(blockCount + 63) / 64 {
            var bits = isPossible(word)
            let count = blockCount - word * 64
            if count < 64 { bits &= (1 << UInt64(count)) - 1 }
            possible.append(bits)
        }
    }

    /// Finds the greatest sum of each group and the order of the groups. Call it when all terms have been added.
    mutating func finish() {
        let count = (blockCount + BlockBounds.groupLength - 1) / BlockBounds.groupLength
        groups.removeAll(keepingCapacity: true)
        for group in 0..<count {
            // Safety: sums are padded to whole groups.
            let first = sums + group * BlockBounds.groupLength
            var greatest: UInt16 = 0
            if isRestricted {
                forEachPossible(group) { greatest = max(greatest, 1, first[$0]) }
            } else {
                greatest = BlockBounds.greatest(of: first)
            }
            groups.append(greatest)
        }
        order.removeAll(keepingCapacity: true)
        for group in 0..<count where groups[group] > 0 { order.append(UInt32(group)) }
        groups.withUnsafeBufferPointer { groups in
            order.sort { left, right in
                let a = groups[Int(left)]
                let b = groups[Int(right)]
                return a != b ? a > b : left < right
            }
        }
    }

    @inline(__always)
    private static func greatest(of sums: UnsafePointer<UInt16>) -> UInt16 {
        // Safety: sums are padded to whole groups.
        var lanes = UnsafeRawPointer(sums).loadUnaligned(as: SIMD16<UInt16>.self)
        for offset in stride(from: 16, to: groupLength, by: 16) {
            let next = UnsafeRawPointer(sums + offset).loadUnaligned(as: SIMD16<UInt16>.self)
            lanes = lanes.replacing(with: next, where: next .> lanes)
        }
        return lanes.max()
    }

    /// Puts the blocks of a group whose sum is at least `required` into `batch`, in their order; how many there are.
    ///
    /// An entry is the sum times 256, plus the block counted from the end of the group, so that plain numbers compare; see
    /// ``sum(_:)`` and ``place(_:)``.
    func collect(group: Int, atLeast required: UInt16, into batch: UnsafeMutablePointer<UInt32>) -> Int {
        // Safety: sums are padded to whole groups, and batch has room for one.
        let first = sums + group * BlockBounds.groupLength
        var count = 0
        func put(_ place: Int, _ sum: UInt16) {
            // Written whether or not it counts: a branch here would be guessed wrong half of the time.
            batch[count] = UInt32(sum) << 8 | UInt32(truncatingIfNeeded: BlockBounds.groupLength - 1 - place)
            count &+= sum >= required ? 1 : 0
        }
        if isRestricted {
            forEachPossible(group) { put($0, max(1, first[$0])) }
        } else {
            for place in 0..<BlockBounds.groupLength { put(place, first[place]) }
        }
        return count
    }

    /// Calls `body` with each block of a group that can match, counted from the group's first, ascending.
    @inline(__always)
    private func forEachPossible(_ group: Int, _ body: (Int) -> Void) {
        var rest = possible[group]
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest &- 1
        }
    }

    /// Brings the greatest sums to the front; of equal sums the first block.
    static func sort(_ batch: UnsafeMutableBufferPointer<UInt32>) {
        var batch = batch
        batch.sort(by: >)
    }

    /// Keeps the entries whose sum is at least `required`, in their order; how many there are.
    static func filter(_ batch: UnsafeMutablePointer<UInt32>, count: Int, atLeast required: UInt16) -> Int {
        var kept = 0
        for index in 0..<count {
            // Safety: kept <= index < count.
            let entry = batch[index]
            batch[kept] = entry
            kept &+= sum(entry) >= required ? 1 : 0
        }
        return kept
    }

    /// The sum of an entry.
    @inline(__always)
    static func sum(_ entry: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: entry >> 8) }

    /// The block of an entry, from the group's first.
    @inline(__always)
    static func place(_ entry: UInt32) -> Int { groupLength - 1 - Int(entry & 0xFF) }

    /// Whether a group has a block that can match and whose sum is below `required`.
    func hasSmaller(group: Int, than required: UInt16) -> Bool {
        let first = sums + group * BlockBounds.groupLength
        if isRestricted {
            var hasSmaller = false
            forEachPossible(group) { hasSmaller = hasSmaller || first[$0] < required }
            return hasSmaller
        }
        for offset in 0..<BlockBounds.groupLength where first[offset] > 0 && first[offset] < required { return true }
        return false
    }

    /// The smallest sum that a block needs to hold a document of `units`. Rounded down: a block with a smaller sum cannot.
    func required(_ units: UInt32) -> UInt16 {
        UInt16(max(1, min(65_535, Float(units) * scale * 0.999_99)))
    }
}
