/// The answer to one query as it is printed, in any format.
struct SearchRecord: Sendable, Equatable {
    var query: String
    var microseconds: Int
    var total: Int
    /// Whether `total` is the number of matches or only a bound below it.
    var isExact: Bool
    /// Remarks on parts of the query that were not taken as written.
    var hints: [HintRecord] = []
    var hits: [HitRecord]
    /// How much of the index was looked at, when asked for.
    var work: WorkRecord?
}

/// A remark on a part of the query.
struct HintRecord: Sendable, Equatable {
    /// 1-based, in Unicode scalars of the query.
    var column: Int
    var message: String

    /// `this quotation mark is never closed; the words behind it are taken one by one (column 8)`.
    var text: String { "\(message) (column \(column))" }
}
