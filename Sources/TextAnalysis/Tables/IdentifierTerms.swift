/// The terms of identifiers, which have several at one position: of the whole and of its parts (`rightSplit`: rightsplit, right,
/// split).
///
/// A table of tokens knows only one number of each, so that of an identifier is a number of this list, told apart by its highest
/// bit. It is replaced by the terms themselves when a text has been walked through.
struct IdentifierTerms {
    /// The terms of one identifier, none twice, that of the whole first.
    struct Entry {
        /// The terms.
        var terms: [TermID]
        /// Where the part of each begins and ends in the token.
        var ranges: [Range<Int>]
        /// The numbers of its words, that of the whole first.
        var words: [TermID]
    }

    /// The highest bit: no vocabulary has as many terms.
    static let flag: UInt32 = 1 << 31

    private var entries: [Entry] = []

    /// About the bytes of memory held: an entry's three arrays with three elements each, which is what most have.
    var byteCount: Int { 216 * entries.count }

    /// Whether `term` is a number of this list.
    @inline(__always)
    static func isNumber(_ term: TermID) -> Bool { term.rawValue & flag != 0 }

    /// Adds an identifier and gives its number.
    mutating func add(_ entry: Entry) -> TermID {
        entries.append(entry)
        return TermID(rawValue: Self.flag | UInt32(entries.count - 1))
    }

    /// The identifier with a number.
    subscript(number: TermID) -> Entry {
        precondition(Self.isNumber(number), "term \(number.rawValue) is no identifier")
        return entries[Int(number.rawValue & ~Self.flag)]
    }
}
