/// Upper bounds of the scores of the documents of two blocks, added up for all of them at once.
///
/// Bit `i` of the 8-bit sum of document `d` is bit `d` of plane `i`, so that adding a bound to every document that has a term
/// takes a few operations on whole words and no branch (vertical counters; Warren, Hacker's Delight, 2nd ed., section 5-1).
/// Blocks die here that would otherwise have their postings decoded: on whole titles, nine of ten.
///
/// Example: with bounds 100 and 120 of two terms that documents 1 and 3, and 2 and 3 have, document 3 alone reaches 121.
///
/// Equivalent to: `for d in 0..<64 where mask has d { sum[d] += value }` for either block, with sums over 255 kept as "more".
struct DocumentSums {
    /// One word for each of the two blocks, as two halves: only words of 32 bits can be shifted arithmetically in SSE2, and
    /// without that LLVM takes the whole addition apart.
    typealias Lanes = SIMD4<Int32>

    private var plane0 = Lanes(repeating: 0)
    private var plane1 = Lanes(repeating: 0)
    private var plane2 = Lanes(repeating: 0)
    private var plane3 = Lanes(repeating: 0)
    private var plane4 = Lanes(repeating: 0)
    private var plane5 = Lanes(repeating: 0)
    private var plane6 = Lanes(repeating: 0)
    private var plane7 = Lanes(repeating: 0)
    /// Documents whose sum went over 255.
    private var overflow = Lanes(repeating: 0)
    private var touchedLanes = Lanes(repeating: 0)

    /// The greatest value that can be added and sum that can be asked for.
    static let greatest: UInt32 = 255

    @inline(__always)
    init() {}

    /// Adds values of at most 255, one for each block, to the documents in the blocks' masks.
    @inline(__always)
    mutating func add(_ value: UInt32, to mask: UInt64, _ nextValue: UInt32, to nextMask: UInt64) {
        let values = Lanes(
            Int32(truncatingIfNeeded: value), Int32(truncatingIfNeeded: value), Int32(truncatingIfNeeded: nextValue),
            Int32(truncatingIfNeeded: nextValue))
        let masks = unsafeBitCast(SIMD2(mask, nextMask), to: Lanes.self)
        var carry = Lanes(repeating: 0)
        DocumentSums.add(values, 0, masks, &plane0, &carry)
        DocumentSums.add(values, 1, masks, &plane1, &carry)
        DocumentSums.add(values, 2, masks, &plane2, &carry)
        DocumentSums.add(values, 3, masks, &plane3, &carry)
        DocumentSums.add(values, 4, masks, &plane4, &carry)
        DocumentSums.add(values, 5, masks, &plane5, &carry)
        DocumentSums.add(values, 6, masks, &plane6, &carry)
        DocumentSums.add(values, 7, masks, &plane7, &carry)
        overflow |= carry
        touchedLanes |= masks
    }

    /// One digit of the addition: a full adder for 128 documents.
    @inline(__always)
    private static func add(_ values: Lanes, _ digit: Int32, _ masks: Lanes, _ plane: inout Lanes, _ carry: inout Lanes)
    {
        // All ones where the value has the digit.
        let digits = (values &<< Lanes(repeating: 31 - digit)) &>> Lanes(repeating: 31)
        let added = masks & digits
        let half = plane ^ added
        let sum = half ^ carry
        carry = (plane & added) | (carry & half)
        plane = sum
    }

    /// The documents to which something was added.
    @inline(__always)
    var touched: SIMD2<UInt64> { unsafeBitCast(touchedLanes, to: SIMD2<UInt64>.self) }

    /// The documents whose sum is at least `needed`, from 1 to 255.
    @inline(__always)
    func reaching(_ needed: UInt32) -> SIMD2<UInt64> {
        assert(needed >= 1 && needed <= DocumentSums.greatest)
        var reached = Lanes(repeating: -1)
        DocumentSums.compare(plane0, needed, &reached)
        DocumentSums.compare(plane1, needed >> 1, &reached)
        DocumentSums.compare(plane2, needed >> 2, &reached)
        DocumentSums.compare(plane3, needed >> 3, &reached)
        DocumentSums.compare(plane4, needed >> 4, &reached)
        DocumentSums.compare(plane5, needed >> 5, &reached)
        DocumentSums.compare(plane6, needed >> 6, &reached)
        DocumentSums.compare(plane7, needed >> 7, &reached)
        return unsafeBitCast((reached | overflow) & touchedLanes, to: SIMD2<UInt64>.self)
    }

    /// Compares from the lowest digit up: a greater digit decides, an equal one leaves what the lower ones said.
    @inline(__always)
    private static func compare(_ plane: Lanes, _ needed: UInt32, _ reached: inout Lanes) {
        let digit = Lanes(repeating: 0 &- Int32(truncatingIfNeeded: needed & 1))
        reached = (plane & reached) | (~digit & (plane | reached))
    }
}
