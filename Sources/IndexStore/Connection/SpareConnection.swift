import Synchronization

/// A connection that whoever comes first may have: opening one costs about as much as a query.
final class SpareConnection: Sendable {
    private let connection: Mutex<IndexConnection?>

    /// Keeps `connection`, if there is one.
    init(_ connection: IndexConnection?) { self.connection = Mutex(connection) }

    /// The connection, the first time.
    func take() -> IndexConnection? { connection.withLock { $0.take() } }
}
