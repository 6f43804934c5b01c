/// Raw tokens -> terms: the cache, and behind it the folder and the vocabulary.
struct TermTable: ~Copyable {
    private(set) var vocabulary: TermVocabulary
    private var cache: RawTokenCache
    private let folder: TermFolder
    private let lookups: UnsafeMutablePointer<Lookup>
    private var lookupCount = 0

    /// A short token whose term is looked up later.
    private struct Lookup {
        /// Bytes 0 to 7 of the token.
        var low: UInt64
        /// Bytes 8 to 11.
        var high: UInt32
        /// Which occurrence in the buffer it is.
        var index: Int32
        var hash: Int
    }

    /// Lookups that are put off at a time: enough for memory to answer, and no more than the first-level cache holds.
    private static let maximumLookups = 64

    /// `initialSlots`: a power of two; both tables start with that many slots.
    init(folder: TermFolder, initialSlots: Int) {
        precondition(initialSlots > 1 && initialSlots.nonzeroBitCount == 1, "\(initialSlots) is no power of two")
        vocabulary = TermVocabulary(initialSlots: initialSlots)
        cache = RawTokenCache(initialSlots: initialSlots)
        self.folder = folder
        lookups = .allocate(capacity: Self.maximumLookups)
    }

    deinit { lookups.deallocate() }

    /// Bytes of memory held.
    var byteCount: Int { vocabulary.byteCount + cache.byteCount }

    mutating func removeAll() {
        vocabulary.removeAll()
        cache.removeAll()
    }

    /// Looks up the term of a token of up to `RawTokenCache.shortLength` bytes for the occurrence at `index` of the buffer,
    /// not at once but with others, while the places where they are looked up are fetched from memory.
    @inline(__always)
    mutating func lookUp(low: UInt64, high: UInt32, for index: Int, in buffer: inout TokenBuffer) {
        if lookupCount == Self.maximumLookups { resolve(&buffer) }
        // Safety: lookupCount < maximumLookups, ensured just now.
        assert(lookupCount < Self.maximumLookups)
        lookups[lookupCount] = Lookup(
            low: low, high: high, index: Int32(truncatingIfNeeded: index), hash: cache.fetch(low: low, high: high))
        lookupCount += 1
    }

    /// Puts the terms into the buffer that were not looked up yet. Before this, no occurrence may be taken out of it.
    mutating func resolve(_ buffer: inout TokenBuffer) {
        for index in 0..<lookupCount {
            let lookup = lookups[index]
            let known = cache.term(low: lookup.low, high: lookup.high, hash: lookup.hash)
            buffer.setTerm(known ?? addShort(lookup.low, lookup.high), at: Int(lookup.index))
        }
        lookupCount = 0
    }

    /// The term of any token.
    mutating func term(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        if raw.count <= RawTokenCache.shortLength {
            let words = PaddedWords(raw, at: 0).prefix(raw.count)
            let (low, high) = (words.low, UInt32(truncatingIfNeeded: words.high))
            return cache.term(low: low, high: high, hash: cache.fetch(low: low, high: high)) ?? addShort(low, high)
        }
        if let known = cache.term(of: raw) { return known }
        let term = vocabulary.intern(folder.term(of: raw))
        cache.insert(raw, term: term)
        return term
    }

    /// The folded and not stemmed term of a token, past the cache.
    mutating func unstemmedTerm(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        vocabulary.intern(folder.term(of: raw, isStemmed: false))
    }

    @inline(never)
    private mutating func addShort(_ low: UInt64, _ high: UInt32) -> TermID {
        // No token holds a zero byte.
        let length = high == 0 ? 8 - low.leadingZeroBitCount / 8 : 12 - high.leadingZeroBitCount / 8
        let words = (low.littleEndian, high.littleEndian)
        let term = withUnsafeBytes(of: words) { bytes in
            vocabulary.intern(
                folder.term(of: UnsafeRawBufferPointer(rebasing: bytes[..<length]).assumingMemoryBound(to: UInt8.self)))
        }
        cache.insert(low: low, high: high, term: term)
        return term
    }
}
