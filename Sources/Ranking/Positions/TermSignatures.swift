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
