/// Where in a document a term can stand, in one word: bit `p mod 61` for each position `p` in the body, and bit
/// `p + 30 mod 61` for each in the title; in the upper three bits how many positions share a bit with an earlier one.
///
/// A phrase begins at `p` only if bit `p` is set in the signature of each of its terms, turned back by the term's offset.
/// So a word for each term rules out most documents that have the terms but not the phrase, and of the others says how
/// often it can occur there: as often as bits are left, and once more for each position of one of the terms that shares a
/// bit; see ``PhraseSignatures``.
///
/// Example: "neural" at 3 and 64 and "networks" at 30 of a body are bit 3, with 1 shared, and bit 30. Turned back by one the
/// latter is bit 29, so that "neural networks" does not occur. With another "networks" at 4 it can occur once: bit 3 is
/// left, and none of the positions of "networks" shares a bit.
@frozen
public struct PositionSignature: Hashable, Sendable {
    /// Bits for positions: with a prime number of them, texts with a period do not put all of a term's into a few.
    @usableFromInline static let length = 61
    /// What is added to positions in the title, most of whose words are also in the body.
    @usableFromInline static let titleShift = 30
    /// As many positions share a bit, or more.
    @usableFromInline static let many: UInt64 = 6
    /// Instead of a number: the term stands at one position twice.
    @usableFromInline static let repeated: UInt64 = 7
    /// The bits for positions.
    static let places: UInt64 = 1 << UInt64(length) - 1

    /// 0 when nothing is known, since a term stands somewhere.
    @usableFromInline var word: UInt64

    /// Nothing is known.
    @inlinable public static var unknown: PositionSignature { PositionSignature(word: 0) }

    @usableFromInline
    init(word: UInt64) { self.word = word }

    /// The signature of ascending occurrences, with ``TermPostings/titleFlag``.
    public init(of occurrences: some Sequence<UInt32>) {
        word = 0
        var last: UInt32?
        for occurrence in occurrences {
            insert(
                position: Int(occurrence & ~TermPostings.titleFlag), isTitle: occurrence & TermPostings.titleFlag != 0,
                isRepeated: occurrence == last)
            last = occurrence
        }
    }

    /// Adds a position, which must not be negative.
    ///
    /// - Parameter isRepeated: Whether the position was added before.
    @inlinable @inline(__always)
    public mutating func insert(position: Int, isTitle: Bool, isRepeated: Bool) {
        let place = UInt32(truncatingIfNeeded: position &+ (isTitle ? Self.titleShift : 0)) % UInt32(Self.length)
        let bit: UInt64 = 1 &<< UInt64(place)
        if word & bit == 0 {
            word |= bit
        } else if isRepeated {
            word |= Self.repeated &<< UInt64(Self.length)
        } else if shared < Self.many {
            word &+= 1 &<< UInt64(Self.length)
        }
    }

    /// Positions that share a bit with an earlier one; or ``many``, or ``repeated``.
    @inlinable @inline(__always)
    var shared: UInt64 { word &>> UInt64(Self.length) }

    /// Where a phrase can begin that has the term `turn` positions later, modulo ``length``.
    @inline(__always)
    func starts(turn: UInt64) -> UInt64 {
        let bits = word & Self.places
        return (bits &>> turn | bits &<< (UInt64(Self.length) &- turn)) & Self.places
    }
}

/// The signatures of a term's postings in a segment, as far as they are known.
public struct TermSignatures {
    /// For each block of the term's grid that is not empty the number of postings before it, and at the end that of all.
    let before: UnsafePointer<UInt32>
    /// One for each posting, ascending.
    let all: UnsafePointer<PositionSignature>

    /// Describes signatures in memory that lives as long as their source.
    public init(before: UnsafePointer<UInt32>, all: UnsafePointer<PositionSignature>) {
        self.before = before
        self.all = all
    }
}
