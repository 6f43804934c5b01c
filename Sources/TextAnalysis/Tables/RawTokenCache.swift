/// Raw bytes of a token -> its term, so that a token seen before is neither folded nor stemmed again.
///
/// Three tables. Of the short tokens the first ones that come are kept apart in a table that stays in the second-level
/// cache: the 8,000 raw words met first are nine of ten in running text. The others' table is as large as it has to be, and
/// a probe of it costs a cache miss.
struct RawTokenCache: ~Copyable {
    /// The longest token of the first two tables, in bytes.
    static let shortLength = ShortTokenTable.maximumLength
    /// Slots of the first table when it is full: 256 kB, half of them used so that most words are found at once.
    static let commonSlots = 1 << 14

    private var common: ShortTokenTable
    private var rare: ShortTokenTable
    private var long: LongTokenTable
    private let initialSlots: Int
    private let maximumCommonSlots: Int

    /// `initialSlots`: a power of two; `commonSlots`: as many slots the first table has at most.
    init(initialSlots: Int, commonSlots: Int) {
        self.initialSlots = initialSlots
        maximumCommonSlots = commonSlots
        common = ShortTokenTable(slots: initialSlots)
        rare = ShortTokenTable(slots: initialSlots)
        long = LongTokenTable(slots: initialSlots)
    }

    /// Bytes of memory held.
    var byteCount: Int { common.byteCount + rare.byteCount + long.byteCount }

    /// The hash of the token of up to `shortLength` bytes that `low` and `high` hold.
    @inline(__always)
    func hash(low: UInt64, high: UInt32) -> Int { common.hash(low: low, high: high) }

    /// The places where a token is looked for that may be among the first ones.
    var commonPlaces: ShortTokenTable.Places { common.places }

    /// The term of a short token that is among the first ones.
    @inline(__always)
    func commonTerm(low: UInt64, high: UInt32, hash: Int) -> TermID? { common.term(low: low, high: high, hash: hash) }

    /// Asks for the place where a token that is not among the first ones is looked for.
    @inline(__always)
    func fetchRare(_ hash: Int) { rare.fetch(hash) }

    /// The term of a short token that was not among the first ones, if it is known.
    @inline(__always)
    func rareTerm(low: UInt64, high: UInt32, hash: Int) -> TermID? { rare.term(low: low, high: high, hash: hash) }

    /// The hash of a longer token.
    func hash(_ token: UnsafeBufferPointer<UInt8>) -> UInt32 { long.hash(token) }

    /// Asks for the place where a longer token is looked for.
    func fetchLong(_ hash: UInt32) { long.fetch(hash) }

    /// The term of a longer token, if it is known.
    func term(of token: UnsafeBufferPointer<UInt8>, hash: UInt32) -> TermID? { long.term(of: token, hash: hash) }

    /// Remembers the term of a token of up to `shortLength` bytes that is not yet known.
    mutating func insert(low: UInt64, high: UInt32, term: TermID) {
        if common.slotCount < maximumCommonSlots || 2 * common.count < maximumCommonSlots {
            common.insert(low: low, high: high, term: term)
        } else {
            rare.insert(low: low, high: high, term: term)
        }
    }

    /// Remembers the term of a longer token that is not yet known.
    mutating func insert(_ token: UnsafeBufferPointer<UInt8>, hash: UInt32, term: TermID) {
        long.insert(token, hash: hash, term: term)
    }

    /// Forgets all tokens and gives their memory back.
    mutating func removeAll() { self = RawTokenCache(initialSlots: initialSlots, commonSlots: maximumCommonSlots) }
}
