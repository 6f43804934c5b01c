/// Raw tokens -> terms: the cache, and behind it the folder and the vocabulary.
///
/// What the cache knows of a token, and what stands in a buffer until ``finish(_:)``, is the number of its word in the tally or,
/// told apart by its highest bit, of an identifier.
///
/// A word of up to `RawTokenCache.shortLength` small letters of ASCII is a token itself, so that the cache is where it is looked up,
/// and not the tally as well.
struct TermTable: ~Copyable {
    private(set) var vocabulary: TermVocabulary
    private(set) var tally: WordTally
    private var cache: RawTokenCache
    /// The terms of joined forms that are no words of the list.
    private var unlisted: LongTokenTable
    private let initialSlots: Int
    private var identifiers = IdentifierTerms()
    private let folder: TermFolder
    private let lookups: UnsafeMutablePointer<Lookup>
    private var lookupCount = 0
    /// Those of tokens that are no common ones.
    private let rareLookups: UnsafeMutablePointer<Lookup>
    private var rareLookupCount = 0
    private let longLookups: UnsafeMutablePointer<LongLookup>
    private var longLookupCount = 0

    /// A short token whose term is looked up later.
    fileprivate struct Lookup {
        /// Bytes 0 to 7 of the token.
        var low: UInt64
        /// Bytes 8 to 11.
        var high: UInt32
        /// Which occurrence in the buffer it is.
        var index: Int32
        var hash: Int
    }

    /// A longer token whose term is looked up later.
    private struct LongLookup {
        /// Its bytes in the text.
        var token: UnsafeBufferPointer<UInt8>
        var hash: UInt32
        /// Which occurrence in the buffer it is.
        var index: Int32
    }

    /// Lookups that are put off at a time: enough for memory to answer, and no more than the first-level cache holds.
    private static let maximumLookups = 64
    private static let maximumRareLookups = 2 * maximumLookups

    /// Slots are powers of two: `initialSlots` are those that each table starts with, `commonSlots` those that the one of
    /// common words ends with.
    init(folder: TermFolder, initialSlots: Int, commonSlots: Int = RawTokenCache.commonSlots) {
        for count in [initialSlots, commonSlots] {
            precondition(count > 1 && count.nonzeroBitCount == 1, "\(count) is no power of two")
        }
        vocabulary = TermVocabulary(initialSlots: initialSlots)
        tally = WordTally(initialSlots: initialSlots)
        cache = RawTokenCache(initialSlots: initialSlots, commonSlots: commonSlots)
        unlisted = LongTokenTable(slots: initialSlots)
        self.initialSlots = initialSlots
        self.folder = folder
        lookups = .allocate(capacity: Self.maximumLookups)
        rareLookups = .allocate(capacity: Self.maximumRareLookups)
        longLookups = .allocate(capacity: Self.maximumLookups)
    }

    deinit {
        lookups.deallocate()
        rareLookups.deallocate()
        longLookups.deallocate()
    }

    /// Bytes of memory held.
    var byteCount: Int {
        vocabulary.byteCount + tally.byteCount + cache.byteCount + unlisted.byteCount + identifiers.byteCount
    }

    mutating func removeAll() {
        vocabulary.removeAll()
        tally.removeAll()
        cache.removeAll()
        unlisted = LongTokenTable(slots: initialSlots)
        identifiers = IdentifierTerms()
    }

    /// Gives back what only the analysis of texts needs.
    mutating func dropLookups() {
        cache.removeAll()
        unlisted = LongTokenTable(slots: initialSlots)
        identifiers = IdentifierTerms()
        vocabulary.dropLookups()
        tally.dropLookups()
    }

    /// See `WordTally`.
    mutating func markFirstDocument() { tally.markFirstDocument() }

    /// What comes from here on is counted for another document.
    mutating func beginDocument() { tally.beginDocument() }

    /// The word a listed word is looked up by; see `WrittenWord`.
    func key(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> { folder.key(of: word) }

    /// Looks up the number of a token of up to `RawTokenCache.shortLength` bytes for the occurrence at `index` of the buffer.
    ///
    /// Not at once but with others, while the places where they are looked up are fetched from memory: a word that is not where
    /// it was expected would have the walk over the text wait. `resolve(_:)` puts the numbers into the buffer.
    mutating func lookUp(low: UInt64, high: UInt32, for index: Int, in buffer: inout TokenBuffer) {
        var queue = queue(for: &buffer)
        queue.append(low: low, high: high, for: index)
        take(queue)
    }

    /// Where tokens are put that are to be looked up for occurrences of the buffer, as many as it has room for, one at least.
    /// What was put there counts once it is given to ``take(_:)``.
    mutating func queue(for buffer: inout TokenBuffer) -> Queue {
        if lookupCount == Self.maximumLookups { resolveCommon(&buffer) }
        // Safety: lookupCount < maximumLookups, ensured just now.
        return Queue(next: lookups + lookupCount, end: lookups + Self.maximumLookups, places: cache.commonPlaces)
    }

    mutating func take(_ queue: Queue) { lookupCount = queue.next - lookups }

    /// See ``queue(for:)``.
    struct Queue {
        fileprivate var next: UnsafeMutablePointer<Lookup>
        fileprivate let end: UnsafeMutablePointer<Lookup>
        fileprivate let places: ShortTokenTable.Places

        /// How many tokens more may come.
        var room: Int { end - next }

        /// Puts a token at the end; there must be room.
        @inline(__always)
        mutating func append(low: UInt64, high: UInt32, for index: Int) {
            // Safety: as the caller says.
            assert(next < end)
            let hash = places.hash(low: low, high: high)
            next.pointee = Lookup(low: low, high: high, index: Int32(truncatingIfNeeded: index), hash: hash)
            next += 1
            places.fetch(hash)
        }
    }

    /// Looks up the number of a token longer than that in the same way; its bytes must stay until then.
    mutating func lookUp(_ token: UnsafeBufferPointer<UInt8>, for index: Int, in buffer: inout TokenBuffer) {
        if longLookupCount == Self.maximumLookups { resolve(&buffer) }
        let hash = cache.hash(token)
        // Safety: longLookupCount < maximumLookups, ensured just now.
        assert(longLookupCount < Self.maximumLookups)
        longLookups[longLookupCount] = LongLookup(token: token, hash: hash, index: Int32(truncatingIfNeeded: index))
        longLookupCount += 1
        cache.fetchLong(hash)
    }

    /// Completes a buffer: all tokens are looked up, their words counted, terms put in the place of numbers, joined forms that
    /// say nothing go, and identifiers get their parts.
    mutating func finish(_ buffer: inout TokenBuffer) {
        resolve(&buffer)
        buffer.countWords(&tally, identifiers)
        buffer.finishJoinedForms(identifiers)
        buffer.expandIdentifiers(identifiers)
    }

    /// Puts the numbers into the buffer that were not looked up yet. Before this, no occurrence may be taken out of it.
    mutating func resolve(_ buffer: inout TokenBuffer) {
        resolveCommon(&buffer)
        resolveRare(&buffer)
        // Safety: the first `longLookupCount` are initialised.
        for index in 0..<longLookupCount {
            let lookup = longLookups[index]
            buffer.setTerm(longNumber(of: lookup.token, hash: lookup.hash), at: Int(lookup.index))
        }
        longLookupCount = 0
    }

    /// Puts the numbers of common short tokens into the buffer; the others are looked up later once more.
    @inline(never)
    private mutating func resolveCommon(_ buffer: inout TokenBuffer) {
        if rareLookupCount + lookupCount > Self.maximumRareLookups { resolveRare(&buffer) }
        var rareCount = rareLookupCount
        // Safety: the first `lookupCount` are initialised, and there is room for all of them behind the rare ones.
        assert(rareCount + lookupCount <= Self.maximumRareLookups)
        for index in 0..<lookupCount {
            let lookup = lookups[index]
            if let number = cache.commonTerm(low: lookup.low, high: lookup.high, hash: lookup.hash) {
                buffer.setTerm(number, at: Int(lookup.index))
            } else {
                rareLookups[rareCount] = lookup
                rareCount &+= 1
                cache.fetchRare(lookup.hash)
            }
        }
        (lookupCount, rareLookupCount) = (0, rareCount)
    }

    private mutating func resolveRare(_ buffer: inout TokenBuffer) {
        // Safety: the first `rareLookupCount` are initialised.
        for index in 0..<rareLookupCount {
            let lookup = rareLookups[index]
            let known = cache.rareTerm(low: lookup.low, high: lookup.high, hash: lookup.hash)
            // One that came twice may have been added to either table meanwhile.
            buffer.setTerm(
                known ?? shortNumber(lookup.low, lookup.high, hash: lookup.hash), at: Int(lookup.index))
        }
        rareLookupCount = 0
    }

    /// The number of any token.
    mutating func number(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        if raw.count <= RawTokenCache.shortLength {
            let key = PaddedWords(raw, at: 0).shortPrefix(raw.count)
            return shortNumber(key.low, key.high, hash: cache.hash(low: key.low, high: key.high))
        }
        return longNumber(of: raw, hash: cache.hash(raw))
    }

    private mutating func longNumber(of raw: UnsafeBufferPointer<UInt8>, hash: UInt32) -> TermID {
        if let known = cache.term(of: raw, hash: hash) { return known }
        let term = newNumber(of: raw)
        cache.insert(raw, hash: hash, term: term)
        return term
    }

    private mutating func shortNumber(_ low: UInt64, _ high: UInt32, hash: Int) -> TermID {
        cache.commonTerm(low: low, high: high, hash: hash) ?? cache.rareTerm(low: low, high: high, hash: hash)
            ?? addShort(low, high, hash: hash)
    }

    /// The term of a joined form that is no word of the list.
    mutating func unlistedTerm(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        let hash = unlisted.hash(raw)
        if let known = unlisted.term(of: raw, hash: hash) { return known }
        let term = vocabulary.intern(folder.term(of: raw))
        unlisted.insert(raw, hash: hash, term: term)
        return term
    }

    /// The folded and not stemmed term of a token, past the cache.
    mutating func unstemmedTerm(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        vocabulary.intern(folder.term(of: raw, isStemmed: false))
    }

    @inline(never)
    private mutating func addShort(_ low: UInt64, _ high: UInt32, hash: Int) -> TermID {
        // No token holds a zero byte.
        let length = high == 0 ? 8 - low.leadingZeroBitCount / 8 : 12 - high.leadingZeroBitCount / 8
        let words = (low.littleEndian, high.littleEndian)
        return withUnsafeBytes(of: words) { bytes in
            let token = UnsafeRawBufferPointer(rebasing: bytes[..<length]).assumingMemoryBound(to: UInt8.self)
            // The first letter is the only one that can be a capital.
            if let word = folder.plainWord(of: token), word[0] == token[0] {
                return addPlain(word, low, high, hash: hash)
            }
            let term = newNumber(of: token)
            cache.insert(low: low, high: high, term: term)
            return term
        }
    }

    /// Adds a word of up to `RawTokenCache.shortLength` small letters, which is not in the cache.
    private mutating func addPlain(
        _ word: UnsafeBufferPointer<UInt8>, _ low: UInt64, _ high: UInt32, hash: Int
    ) -> TermID {
        // Many a word is its own stem, and its place has come when that is known.
        vocabulary.fetchShort(hash)
        let number = tally.add(word, term: vocabulary.intern(folder.term(ofPlain: word)))
        cache.insert(low: low, high: high, term: number)
        return number
    }

    /// The term of a number that is no identifier's.
    func term(ofNumber number: TermID) -> TermID { tally.term(of: number) }

    /// The number of a token that is not in the cache.
    private mutating func newNumber(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        if let word = folder.plainWord(of: raw) { return plainNumber(of: word) }
        let whole = wordNumber(of: raw)
        let ranges = IdentifierParts.ranges(in: raw)
        let noun = folder.noun(in: raw)
        guard !ranges.isEmpty || noun != nil else { return whole }
        identifiers.begin(tally.term(of: whole), word: whole, length: raw.count)
        for range in ranges {
            let word = wordNumber(of: UnsafeBufferPointer(rebasing: raw[range]))
            identifiers.add(tally.term(of: word), word: word, at: range)
        }
        // Korean words are listed without their particles as well.
        if let noun { identifiers.add(word: wordNumber(of: UnsafeBufferPointer(rebasing: raw[noun]))) }
        return identifiers.finish(isKept: noun != nil) ?? whole
    }

    /// The number of the word that a token is, without its parts.
    private mutating func wordNumber(of raw: UnsafeBufferPointer<UInt8>) -> TermID {
        let word = folder.word(of: raw)
        if word.allSatisfy({ $0 &- 0x61 < 26 }) { return plainNumber(of: word) }
        let (number, isNew) = tally.number(of: word)
        if isNew { tally.setTerm(vocabulary.intern(folder.term(of: raw)), of: number) }
        return number
    }

    /// The number of a word of small letters.
    private mutating func plainNumber(of word: UnsafeBufferPointer<UInt8>) -> TermID {
        guard word.count <= RawTokenCache.shortLength else {
            let (number, isNew) = tally.number(of: word)
            if isNew { tally.setTerm(vocabulary.intern(folder.term(ofPlain: word)), of: number) }
            return number
        }
        let (low, high) = ByteHash.shortKey(of: word)
        let hash = cache.hash(low: low, high: high)
        return cache.commonTerm(low: low, high: high, hash: hash) ?? cache.rareTerm(low: low, high: high, hash: hash)
            ?? addPlain(word, low, high, hash: hash)
    }
}
