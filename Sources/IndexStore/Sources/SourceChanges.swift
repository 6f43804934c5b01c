import GRDB

/// What a transaction has changed of sources and places, which are sealed at its end.
final class SourceChanges {
    /// Row ids of sources.
    var sources: Set<Int64> = []
    /// Whether a place has come, changed or gone.
    var rootsHaveChanged = false
    /// Whether no version has sealed the index's sources so far that does so.
    private let areUnsealed: Bool

    init(_ connection: IndexConnection) throws { areUnsealed = try connection.access { try !RootCopy($0).exists() } }

    /// Seals what was changed, of an index that is not sealed yet all.
    func seal(_ db: Database) throws {
        if areUnsealed || rootsHaveChanged { try RootCopy(db).write() }
        if areUnsealed || !sources.isEmpty { try SourceSeals(db).write(ids: areUnsealed ? nil : sources) }
    }
}
