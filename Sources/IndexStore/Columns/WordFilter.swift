/// Tells of nearly every word that no author, or no tag, of a chunk has it, from a fifteenth of the bytes that the authors' words
/// take: a row of `document_columns` with the field ``name(of:)``.
///
///     filter = form , bits
///     form   = 1 byte: 4
///     bits   = ``bitsOfWord`` bits for each word, in whole bytes, the lowest bit of a byte first
///
/// A Bloom filter (Bloom 1970): each word sets the bits number `(low + i * high) mod bits` for `i` from 0 to 6, where `low` and
/// `high` are the halves of its hash (Kirsch and Mitzenmacher 2006). A word of which one bit is missing is not there; one in 120
/// that is not there has all bits.
///
/// Example: of the words `al` and `bo` it is `04`, `8D 9A 27`.
struct WordFilter {
    /// What stands as the field in the row of a field's filter. That of the tags was "tag filter" while it had no words that
    /// are parts of a tag written together.
    static func name(of field: ColumnField) -> String { field == .tag ? "tag words filter" : field.name + " filter" }
    /// The fields that have one: words of authors, and tags by their words.
    static let fields: [ColumnField] = [.authorWord, .tag]

    private static let form: UInt8 = 4
    private static let bitsOfWord = 10
    private static let hashCount = 7

    /// The stored form.
    let bytes: [UInt8]

    init(_ words: Set<[UInt8]>) {
        var bytes = [UInt8](repeating: 0, count: 1 + (max(1, words.count) * Self.bitsOfWord + 7) / 8)
        bytes[0] = Self.form
        for word in words {
            Self.forEachBit(of: Self.hash(word), count: 8 * (bytes.count - 1)) { bit in
                bytes[1 + bit / 8] |= 1 << UInt8(bit % 8)
                return true
            }
        }
        self.bytes = bytes
    }

    /// Takes the stored form; nil for what is none.
    init?(_ stored: UnsafeRawBufferPointer) {
        guard stored.count > 1, stored[0] == Self.form else { return nil }
        bytes = Array(stored)
    }

    /// Whether a word with this hash may be among the words.
    func mayContain(_ hash: UInt64) -> Bool {
        Self.forEachBit(of: hash, count: 8 * (bytes.count - 1)) { bytes[1 + $0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    }

    /// FNV-1a over the bytes, mixed so that each bit depends on all of them.
    static func hash(_ word: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ hash >> 33
    }

    /// Calls `body` with the bits of a hash until it gives false. Gives whether it never did.
    @discardableResult
    private static func forEachBit(of hash: UInt64, count: Int, _ body: (Int) -> Bool) -> Bool {
        let (low, high) = (hash & 0xFFFF_FFFF, hash >> 32 | 1)
        return (0..<UInt64(hashCount)).allSatisfy { body(Int((low + $0 * high) % UInt64(count))) }
    }
}
