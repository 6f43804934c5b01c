import GRDB

/// A place that is indexed as a whole, remembered with how its files are read.
public struct IndexedRoot: Sendable, Hashable {
    /// A folder's or file's absolute path, a pattern of such paths, or `-` and a name for standard input.
    public var path: String
    /// Whether ``path`` is a pattern.
    public var isPattern: Bool
    /// Name of the profile that reads it.
    public var profileName: String
    /// The profile, as it was when the root was last read.
    public var profileYAML: String

    /// Whether it was read from standard input, which no later run has.
    package var isStandardInput: Bool { path.hasPrefix("-") }

    /// Describes a root.
    package init(path: String, isPattern: Bool = false, profileName: String, profileYAML: String) {
        self.path = path
        self.isPattern = isPattern
        self.profileName = profileName
        self.profileYAML = profileYAML
    }
}

/// The table of roots.
package struct RootTable {
    private let connection: IndexConnection
    private let changes: SourceChanges

    init(_ connection: IndexConnection, _ changes: SourceChanges) {
        (self.connection, self.changes) = (connection, changes)
    }

    /// All roots, by path.
    package func all() throws -> [IndexedRoot] {
        try connection.access { [path = connection.path] in try IndexedRoot.all($0, indexAt: path) }
    }

    /// Records a root, or how it is now read.
    package func save(_ root: IndexedRoot) throws {
        changes.rootsHaveChanged = true
        try connection.access { [path = connection.path] db in
            try db.execute(
                sql: """
                    INSERT INTO roots(path, pattern, profile_name, profile) VALUES (?, ?, ?, ?)
                    ON CONFLICT(path) DO UPDATE SET pattern = excluded.pattern, profile_name = excluded.profile_name,
                      profile = excluded.profile
                    """,
                arguments: [
                    StoredPath(indexAt: path).stored(root.path), root.isPattern, root.profileName, root.profileYAML,
                ])
        }
    }

    /// Forgets a root; its files and documents stay.
    package func remove(_ root: IndexedRoot) throws {
        changes.rootsHaveChanged = true
        try connection.access { [path = connection.path] db in
            try db.execute(
                sql: "DELETE FROM roots WHERE path = ?", arguments: [StoredPath(indexAt: path).stored(root.path)])
        }
    }
}

extension IndexedRoot {
    static func all(_ db: Database, indexAt index: String) throws -> [IndexedRoot] {
        let paths = StoredPath(indexAt: index)
        let select = try SQLiteStatement(
            "SELECT path, pattern, profile_name, profile FROM roots ORDER BY path", on: db.handle)
        var roots: [IndexedRoot] = []
        while try select.step() {
            guard [0, 2, 3].allSatisfy(select.isText), select.isInteger(1), let path = select.text(0),
                let profileName = select.text(2), let profile = select.text(3)
            else {
                throw IndexError.corrupt(
                    path: index, table: "roots", rowID: nil, reason: "a value is not what was written")
            }
            roots.append(
                IndexedRoot(
                    path: paths.path(of: path), isPattern: select.integer(1) != 0, profileName: profileName,
                    profileYAML: profile))
        }
        return roots
    }
}

extension IndexedRoot {
    /// Forgets roots of which a value is not what was written.
    static func removeDamaged(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM roots WHERE typeof(path) <> 'text' OR typeof(pattern) <> 'integer'
                  OR typeof(profile_name) <> 'text' OR typeof(profile) <> 'text'
                """)
    }
}
