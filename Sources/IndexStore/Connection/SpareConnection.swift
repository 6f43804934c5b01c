import Threads

/// A connection that whoever comes first may have: opening one costs about as much as a query.
final class SpareConnection: Sendable {
    private let connection: Locked<IndexConnection?>

    /// Keeps `connection`, if there is one.
    init(_ connection: IndexConnection?) { self.connection = Locked(connection) }

    /// The connection, the first time.
    func take() -> IndexConnection? { connection.withLock { $0.take() } }
}
