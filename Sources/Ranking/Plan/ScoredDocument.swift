/// A document and its score, in the order of a result list.
@frozen
public struct ScoredDocument: Hashable, Sendable, Comparable {
    /// The document's row id.
    public let document: Int64
    /// Score in the query's ``ScoreScale``.
    public let units: UInt32

    /// Pairs a document with its score.
    @inlinable
    public init(document: Int64, units: UInt32) {
        self.document = document
        self.units = units
    }

    /// Result order: score down, then id up.
    @inlinable
    public static func < (left: ScoredDocument, right: ScoredDocument) -> Bool {
        left.units != right.units ? left.units > right.units : left.document < right.document
    }
}
