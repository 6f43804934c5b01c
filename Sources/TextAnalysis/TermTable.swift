/// Raw tokens -> terms: the cache, and behind it the folder and the vocabulary.
struct TermTable: ~Copyable {
    private(set) var vocabulary: TermVocabulary
    private var cache: RawTokenCache
    private let folder: TermFolder

    /// `initialSlots`: a power of two; both tables start with that many slots.
    init(folder: TermFolder, initialSlots: Int) {
        precondition(initialSlots > 1 && initialSlots.nonzeroBitCount == 1, "\(initialSlots) is no power of two")
        vocabulary = TermVocabulary(initialSlots: initialSlots)
        cache = RawTokenCache(initialSlots: initialSlots)
        self.folder = folder
    }

    /// Bytes of memory held.
    var byteCount: Int { vocabulary.byteCount + cache.byteCount }

    mutating func removeAll() {
        vocabulary.removeAll()
        cache.removeAll()
    }

    /// The term of a token of up to `RawTokenCache.shortLength` bytes, given as key and as bytes.
    @inline(__always)
    mutating func term(low: UInt64, high: UInt32, bytes: UnsafePointer<UInt8>, length: Int) -> TermID {
        if let known = cache.term(low: low, high: high) { return known }
        return addShort(low, high, UnsafeBufferPointer(start: bytes, count: length))
    }

    /// The term of any token.
    mutating func term(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        if raw.count <= RawTokenCache.shortLength {
            let words = PaddedWords(raw, at: 0).prefix(raw.count)
            return term(
                low: words.low, high: UInt32(truncatingIfNeeded: words.high), bytes: raw.baseAddress.unsafelyUnwrapped,
                length: raw.count)
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
    private mutating func addShort(_ low: UInt64, _ high: UInt32, _ raw: UnsafeBufferPointer<UInt8>) -> TermID {
        let term = vocabulary.intern(folder.term(of: raw))
        cache.insert(low: low, high: high, term: term)
        return term
    }
}
