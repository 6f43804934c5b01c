/// The memory that the position directories of an index take together.
final class PositionMemory {
    /// Bytes at most.
    let limit: Int
    /// Bytes now.
    @exclusivity(unchecked) var bytes = 0

    init(limit: Int) { self.limit = limit }
}
