/// The answer to one query as it is printed, in any format.
struct SearchRecord: Sendable, Equatable {
    var query: String
    var microseconds: Int
    var total: Int
    /// Whether `total` is the number of matches or only a bound below it.
    var isExact: Bool
    var hits: [HitRecord]
    /// How much of the index was looked at, when asked for.
    var work: WorkRecord?
}
