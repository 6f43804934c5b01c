/// The terms of one analyzer, each once: bytes <-> `TermID`.
///
/// The terms lie one after another in one allocation; an open-addressing table of ids finds them.
struct TermVocabulary: ~Copyable {
    /// Terms in the vocabulary.
    private(set) var count = 0
    private var bytes: UnsafeMutableBufferPointer<UInt8>
    /// Where each term ends; the first begins at 0.
    private var ends: [Int] = []
    /// 1 + id of a term, 0 for an empty slot; a power of two, at most half full.
    private var slots: [UInt32]
    private let initialSlots: Int

    init(initialSlots: Int) {
        self.initialSlots = initialSlots
        bytes = .allocate(capacity: 16 * initialSlots)
        slots = Array(repeating: 0, count: initialSlots)
    }

    deinit { bytes.deallocate() }

    /// Bytes of memory held.
    var byteCount: Int { bytes.count + ends.capacity * MemoryLayout<Int>.stride + slots.count * 4 }

    /// The bytes of `term`, valid until a term is added.
    func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> { view.bytes(of: term) }

    /// The terms as they are now, valid until a term is added.
    var view: View { View(bytes: UnsafeBufferPointer(bytes), ends: ends) }

    /// Looks terms up without reaching through their owner.
    struct View {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate let ends: [Int]

        func bytes(of term: TermID) -> UnsafeBufferPointer<UInt8> {
            let index = Int(term.rawValue)
            let start = index == 0 ? 0 : ends[index - 1]
            // Safety: the array checks the index, and start <= ends[index] <= bytes.count.
            return UnsafeBufferPointer(rebasing: bytes[start..<ends[index]])
        }
    }

    /// The id of `term`, which is added when it is new.
    ///
    /// - Complexity: O(n) in the bytes of `term`, amortised.
    mutating func intern(_ term: UnsafeBufferPointer<UInt8>) -> TermID {
        if 2 * (count + 1) > slots.count { grow() }
        var slot = Int(truncatingIfNeeded: ByteHash.hash(term)) & (slots.count - 1)
        while slots[slot] != 0 {
            let id = TermID(rawValue: slots[slot] - 1)
            if ByteHash.areEqual(bytes(of: id), term) { return id }
            slot = (slot + 1) & (slots.count - 1)
        }
        let id = TermID(rawValue: UInt32(count))
        append(term)
        slots[slot] = id.rawValue + 1
        return id
    }

    /// Forgets all terms and gives their memory back.
    mutating func removeAll() {
        bytes.deallocate()
        bytes = .allocate(capacity: 16 * initialSlots)
        ends = []
        slots = Array(repeating: 0, count: initialSlots)
        count = 0
    }

    private mutating func append(_ term: UnsafeBufferPointer<UInt8>) {
        let used = ends.last ?? 0
        if used + term.count > bytes.count {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * bytes.count + term.count)
            // Safety: `larger` holds more than the `used` bytes that are initialised.
            _ = larger.moveInitialize(fromContentsOf: bytes[..<used])
            bytes.deallocate()
            bytes = larger
        }
        // Safety: used + term.count <= bytes.count.
        _ = bytes[used...].initialize(fromContentsOf: term)
        ends.append(used + term.count)
        count += 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: 2 * slots.count)
        for index in 0..<count {
            let hash = ByteHash.hash(bytes(of: TermID(rawValue: UInt32(index))))
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index) + 1
        }
    }
}
