import CPrefetch
import Postings
import TextAnalysis

/// Doclists of many terms, growing in memory while documents are inverted, in the encoding that FTS5 stores.
///
/// A term's doclist is one piece of memory in an arena, laid out as ``PostingRun`` says, so that writing a segment copies
/// it. Pieces have sizes of powers of two; one that grows moves to the next size and leaves its old place to others. A
/// posting's size is not known before its document ends: it gets one byte, and is moved up when that is not enough.
///
/// Worked example: a term at offset 0 of the body of document 7, and at 1 and 2 of the title of document 11, has first
/// document 7, last document 11 and bytes `02 02  04 08 01 01 03 03`.
struct PostingTable: ~Copyable {
    /// What is known of a term: 32 bytes, so that one cache line serves a token.
    struct Doclist {
        /// Where its piece of the arena begins and ends, and where the next byte goes.
        var start: UInt32 = 0
        var end: UInt32 = 0
        var cursor: UInt32 = 0
        /// Where the last posting has its size.
        var sizeOffset: UInt32 = 0
        /// First and last document, counted from 1; 0 for a term without postings.
        var first: UInt32 = 0
        var last: UInt32 = 0
        /// Offset of the last position in its field, and the field in the highest bit.
        var place: UInt32 = 0
        /// Documents that have the term.
        var count: UInt32 = 0
    }

    /// The least piece: half of all terms occur once, which takes about six bytes.
    private static let smallestPiece = 16
    /// Bytes behind the last piece, so that a reader can take words of eight.
    private static let padding = 8
    /// What one occurrence can take at most: document and size, field, position.
    private static let occurrenceRoom: UInt32 = 5 + 1 + 2 + 5
    private static let titleFlag: UInt32 = 1 << 31
    /// How many occurrences ahead a doclist is fetched from memory, and its piece of the arena: without, half of the time
    /// is waiting for these two.
    private static let fetchDistance = 16
    private static let pieceFetchDistance = 8

    private var doclists: UnsafeMutablePointer<Doclist>
    private var capacity = 1024
    private var arena: UnsafeMutableRawPointer
    private var arenaSize: Int
    /// Bytes of the arena that were ever given out; the first ones are left out, so that 0 can stand for none.
    private var arenaUsed = smallestPiece
    /// For each size, the piece that was freed last; its first bytes hold the place of the one before.
    private var freePieces = [UInt32](repeating: 0, count: 32)

    /// A table without terms, whose arena has `arenaSize` bytes of address space at first.
    init(arenaSize: Int) {
        doclists = Self.places(capacity)
        doclists.initialize(repeating: Doclist(), count: capacity)
        self.arenaSize = max(arenaSize, 1 << 12)
        arena = .allocate(byteCount: self.arenaSize + Self.padding, alignment: 16)
        LargePages.prefer(arena, byteCount: self.arenaSize)
    }

    /// Memory for doclists, of which none lies in two cache lines.
    private static func places(_ count: Int) -> UnsafeMutablePointer<Doclist> {
        UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Doclist>.stride, alignment: 64)
            .bindMemory(to: Doclist.self, capacity: count)
    }

    deinit {
        doclists.deallocate()
        arena.deallocate()
    }

    /// Bytes of memory in use.
    var byteCount: Int { arenaUsed + capacity * MemoryLayout<Doclist>.stride }

    /// What is known of `term`.
    subscript(term: UInt32) -> Doclist { view[term] }

    /// The postings in `doclist`; see ``View/bytes(of:)``.
    func bytes(of doclist: Doclist) -> UnsafeRawBufferPointer { view.bytes(of: doclist) }

    /// The table as it is now, for looking many terms up; valid until it changes.
    var view: View { View(doclists: doclists, capacity: capacity, arena: UnsafeRawPointer(arena)) }

    struct View {
        fileprivate let doclists: UnsafePointer<Doclist>
        fileprivate let capacity: Int
        fileprivate let arena: UnsafeRawPointer

        /// What is known of `term`.
        subscript(term: UInt32) -> Doclist {
            // Safety: checked.
            precondition(Int(term) < capacity, "term \(term) of \(capacity)")
            return doclists[Int(term)]
        }

        /// Asks for what is known of `term`.
        func fetch(_ term: UInt32) {
            // Safety: only an address is made.
            postil_prefetch(doclists + Int(term))
        }

        /// Asks for the first postings of `term`.
        func fetchBytes(of term: UInt32) {
            // Safety: checked where it is read; then only an address is made.
            postil_prefetch(arena + Int(self[term].start))
        }

        /// The postings in `doclist`, behind which there are eight bytes more that can be read.
        /// ``PostingTable/seal(terms:)`` must have been called.
        func bytes(of doclist: Doclist) -> UnsafeRawBufferPointer {
            // Safety: a doclist of this table has its piece inside the arena, and there is padding behind the last piece.
            assert(doclist.start <= doclist.cursor && doclist.cursor <= doclist.end)
            return UnsafeRawBufferPointer(
                start: arena + Int(doclist.start), count: Int(doclist.cursor - doclist.start))
        }
    }

    /// Makes room for the terms 0 ..< `count`.
    mutating func reserve(terms count: Int) {
        guard count > capacity else { return }
        let larger = max(count, capacity * 2)
        // Safety: capacity doclists are moved, and the larger - capacity behind them are initialised.
        assert(larger > capacity)
        let moved = Self.places(larger)
        LargePages.prefer(moved, byteCount: larger * MemoryLayout<Doclist>.stride)
        moved.moveInitialize(from: doclists, count: capacity)
        (moved + capacity).initialize(repeating: Doclist(), count: larger - capacity)
        doclists.deallocate()
        doclists = moved
        capacity = larger
    }

    /// Appends the occurrences of one field of a document.
    ///
    /// - Parameters:
    ///   - column: 0 for the body, 1 for the title; a document's fields come in order.
    ///   - document: counted from 1; documents ascend.
    /// - Precondition: There is room for the terms (``reserve(terms:)``), and positions are below 2^31. Debug builds check
    ///   both of each occurrence: a check here would cost a tenth of the inversion.
    mutating func append(_ occurrences: UnsafeBufferPointer<TermOccurrence>, column: Int, document: UInt32) {
        precondition(document > 0 && (column == 0 || column == 1), "document \(document), column \(column)")
        let field = column == 0 ? 0 : Self.titleFlag
        for index in 0..<occurrences.count {
            fetch(occurrences, ahead: index)
            let occurrence = occurrences[index]
            // Safety: the caller has reserved all of the analyzer's terms.
            assert(Int(occurrence.term.rawValue) < capacity && occurrence.position < Self.titleFlag)
            let list = doclists + Int(occurrence.term.rawValue)
            if list.pointee.end - list.pointee.cursor < Self.occurrenceRoom { grow(list, by: Int(Self.occurrenceRoom)) }
            // Safety: there is room for the most that an occurrence takes.
            assert(isValid(list, room: Self.occurrenceRoom) && list.pointee.last <= document)
            var cursor = arena + Int(list.pointee.cursor)
            if list.pointee.last != document {
                if list.pointee.last == 0 {
                    list.pointee.first = document
                } else {
                    finishPosting(list)
                    cursor = arena + Int(list.pointee.cursor)
                    cursor += Varint.encode(UInt64(document - list.pointee.last), to: cursor)
                }
                list.pointee.last = document
                list.pointee.count += 1
                list.pointee.sizeOffset = UInt32(truncatingIfNeeded: cursor - arena)
                list.pointee.place = 0
                cursor += 1
            }
            if list.pointee.place & Self.titleFlag != field {
                cursor.storeBytes(of: 0x0101, as: UInt16.self)
                cursor += 2
                list.pointee.place = field
            }
            let position = occurrence.position | field
            assert(position >= list.pointee.place, "position \(position) behind \(list.pointee.place)")
            cursor += Varint.encode(UInt64(position - list.pointee.place + 2), to: cursor)
            list.pointee.place = position
            list.pointee.cursor = UInt32(truncatingIfNeeded: cursor - arena)
            assert(isValid(list, room: 0))
        }
    }

    /// Whether a doclist's piece lies in the arena and has `room` bytes left.
    private func isValid(_ list: UnsafePointer<Doclist>, room: UInt32) -> Bool {
        let list = list.pointee
        return list.start >= Self.smallestPiece && list.start <= list.cursor && list.cursor + room <= list.end
            && Int(list.end) <= arenaUsed
    }

    /// Fetches what occurrences behind the one at `index` will need.
    @inline(__always)
    private func fetch(_ occurrences: UnsafeBufferPointer<TermOccurrence>, ahead index: Int) {
        let count = occurrences.count
        // Safety: both indexes are below count; fetching from an address is no access, whatever it is.
        if index + Self.fetchDistance < count {
            postil_prefetch(doclists + Int(occurrences[index + Self.fetchDistance].term.rawValue))
        }
        if index + Self.pieceFetchDistance < count {
            // Safety: as in `append`, this one is read.
            assert(Int(occurrences[index + Self.pieceFetchDistance].term.rawValue) < capacity)
            postil_prefetch(
                arena + Int(doclists[Int(occurrences[index + Self.pieceFetchDistance].term.rawValue)].cursor))
        }
    }

    /// Completes the last posting of each of the terms 0 ..< `count`.
    mutating func seal(terms count: Int) {
        // Safety: checked.
        precondition(count <= capacity, "\(count) terms, room for \(capacity)")
        for term in 0..<count where doclists[term].last != 0 { finishPosting(doclists + term) }
    }

    /// Forgets all terms and keeps the memory.
    mutating func removeAll() {
        doclists.update(repeating: Doclist(), count: capacity)
        arenaUsed = Self.smallestPiece
        for size in freePieces.indices { freePieces[size] = 0 }
    }

    /// Stores the size of the last posting, and leaves room for the next occurrence.
    @inline(__always)
    private mutating func finishPosting(_ list: UnsafeMutablePointer<Doclist>) {
        // Safety: the posting's size has a byte of its own in the list's piece, in front of the posting.
        assert(list.pointee.start <= list.pointee.sizeOffset && list.pointee.sizeOffset < list.pointee.cursor)
        let size = list.pointee.cursor - list.pointee.sizeOffset - 1
        guard size >= 64 else {
            (arena + Int(list.pointee.sizeOffset)).storeBytes(of: UInt8(truncatingIfNeeded: size << 1), as: UInt8.self)
            return
        }
        finishLongPosting(list, size: Int(size))
    }

    @inline(never)
    private mutating func finishLongPosting(_ list: UnsafeMutablePointer<Doclist>, size: Int) {
        let extra = Varint.length(of: UInt64(size) << 1) - 1
        let room = extra + Int(Self.occurrenceRoom)
        if Int(list.pointee.end - list.pointee.cursor) < room { grow(list, by: room) }
        let header = arena + Int(list.pointee.sizeOffset)
        // Safety: the piece has `extra` bytes behind the posting, and room for an occurrence behind them.
        assert(isValid(list, room: UInt32(room)))
        (header + 1 + extra).copyMemory(from: header + 1, byteCount: size)
        Varint.encode(UInt64(size) << 1, to: header)
        list.pointee.cursor += UInt32(extra)
    }

    // MARK: The arena

    /// Moves a doclist to a piece with at least `room` bytes more.
    @inline(never)
    private mutating func grow(_ list: UnsafeMutablePointer<Doclist>, by room: Int) {
        let used = Int(list.pointee.cursor - list.pointee.start)
        var size = max(Self.smallestPiece, Int(list.pointee.end - list.pointee.start))
        while size - used < room { size *= 2 }
        let place = piece(of: size)
        // Safety: the new piece has at least `used` bytes; every piece has the 4 that the next free one's place takes.
        assert(size - used >= room && place + size <= arenaUsed && list.pointee.start != UInt32(place))
        if list.pointee.start != 0 {
            (arena + place).copyMemory(from: arena + Int(list.pointee.start), byteCount: used)
            let old = (Int(list.pointee.end - list.pointee.start)).trailingZeroBitCount
            (arena + Int(list.pointee.start)).storeBytes(of: freePieces[old], as: UInt32.self)
            freePieces[old] = list.pointee.start
        }
        list.pointee.sizeOffset = list.pointee.sizeOffset &- list.pointee.start &+ UInt32(place)
        list.pointee.start = UInt32(place)
        list.pointee.cursor = UInt32(place + used)
        list.pointee.end = UInt32(place + size)
    }

    /// A piece of `size` bytes, a power of two.
    private mutating func piece(of size: Int) -> Int {
        assert(size >= Self.smallestPiece && size.nonzeroBitCount == 1, "a piece of \(size) bytes")
        let free = freePieces[size.trailingZeroBitCount]
        if free != 0 {
            // Safety: a free piece lies in the arena and begins with the place of the next one.
            assert(Int(free) + size <= arenaUsed)
            freePieces[size.trailingZeroBitCount] = (arena + Int(free)).load(as: UInt32.self)
            return Int(free)
        }
        if arenaUsed + size > arenaSize {
            let larger = max(arenaSize * 2, arenaUsed + size)
            // Safety: arenaUsed <= arenaSize < larger.
            assert(arenaUsed <= arenaSize && arenaSize < larger)
            let moved = UnsafeMutableRawPointer.allocate(byteCount: larger + Self.padding, alignment: 16)
            LargePages.prefer(moved, byteCount: larger)
            moved.copyMemory(from: arena, byteCount: arenaUsed)
            arena.deallocate()
            arena = moved
            arenaSize = larger
        }
        let place = arenaUsed
        arenaUsed += size
        precondition(arenaUsed <= UInt32.max, "a run of more than 4 GiB")
        return place
    }
}
