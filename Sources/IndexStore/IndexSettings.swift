import GRDB

/// Name and value pairs that say what an index is.
public struct IndexSettings: Sendable, Hashable {
    /// The analyzer as the user named it: `english`, `fts5:porter unicode61`.
    public var analyzer: String
    /// The analyzer's identity with versions, see ``Analyzer/identity``.
    public var analyzerIdentity: String
    /// Name of the profile that the index was created with.
    public var profileName: String
    /// That profile as YAML, so that the index is ranked the same wherever it is opened.
    public var profileYAML: String

    /// Creates settings.
    public init(analyzer: String, analyzerIdentity: String, profileName: String, profileYAML: String) {
        self.analyzer = analyzer
        self.analyzerIdentity = analyzerIdentity
        self.profileName = profileName
        self.profileYAML = profileYAML
    }

    private static let names = (
        analyzer: "analyzer", identity: "analyzer_identity", profile: "profile", yaml: "profile_yaml"
    )

    init(_ db: Database, path: String) throws {
        func value(_ name: String) throws -> String {
            guard
                let value = try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
            else { throw IndexError.corrupt(path: path, table: "settings", rowID: nil, reason: "no setting \(name)") }
            return value
        }
        analyzer = try value(Self.names.analyzer)
        analyzerIdentity = try value(Self.names.identity)
        profileName = try value(Self.names.profile)
        profileYAML = try value(Self.names.yaml)
    }

    func write(_ db: Database) throws {
        for (name, value) in [
            (Self.names.analyzer, analyzer), (Self.names.identity, analyzerIdentity),
            (Self.names.profile, profileName), (Self.names.yaml, profileYAML),
        ] {
            try db.execute(sql: "INSERT OR REPLACE INTO settings(name, value) VALUES (?, ?)", arguments: [name, value])
        }
    }
}
