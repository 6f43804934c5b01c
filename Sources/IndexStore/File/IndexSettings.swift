import Documents
import Foundation
import GRDB
import Ranking

/// Name and value pairs that say what an index is.
public struct IndexSettings: Sendable, Hashable {
    /// The analyzer as the user named it: `english`, `fts5:porter unicode61`.
    public var analyzer: String
    /// The analyzer's identity with versions, see ``Analyzer/identity``.
    package var analyzerIdentity: String
    /// Name of the profile that the index was created with.
    public var profileName: String
    /// That profile as YAML, so that the index is ranked the same wherever it is opened.
    package var profileYAML: String

    /// The profile's ranking parameters, so that opening an index does not take reading YAML.
    public var ranking: RankingParameters
    /// Name of the profile's stop-word list.
    public var stopWords: String
    /// What the profile's synonyms are, one entry a line.
    package var synonyms: String
    /// How texts are stored, for good.
    public var compression: TextCompression

    /// Creates settings.
    package init(
        analyzer: String, analyzerIdentity: String, profileName: String, profileYAML: String,
        ranking: RankingParameters = RankingParameters(), stopWords: String = "english", synonyms: String = "",
        compression: TextCompression = .none
    ) {
        self.analyzer = analyzer
        self.analyzerIdentity = analyzerIdentity
        self.profileName = profileName
        self.profileYAML = profileYAML
        self.ranking = ranking
        self.stopWords = stopWords
        self.synonyms = synonyms
        self.compression = compression
    }

    /// Reads the settings of the index at `path`.
    ///
    /// - Parameter missing: What settings are that it does not have.
    init(_ db: Database, path: String, missing: [String: String] = [:]) throws {
        var values = try Self.rows(db)
        if !Self.isWhole(values), let copy = try Self.copy(db) {
            // One bad value is no reason to keep everything from its reader; `postil check` names it.
            indexLog.warning(
                "\(path): its settings are damaged; their copy is used; a repair restores them")
            values = copy
        }
        func value(_ name: String) throws(IndexError) -> String {
            guard let value = values[name] ?? missing[name] else {
                throw .corrupt(path: path, table: "settings", rowID: nil, reason: "no setting \(name)")
            }
            return value
        }
        func number(_ name: String) throws(IndexError) -> Double {
            let text = try value(name)
            guard let number = Double(text) else {
                throw .corrupt(path: path, table: "settings", rowID: nil, reason: "\(name) is no number: \(text)")
            }
            return number
        }
        analyzer = try value("analyzer")
        analyzerIdentity = try value("analyzer_identity")
        profileName = try value("profile")
        profileYAML = try value("profile_yaml")
        stopWords = try value("stop_words")
        // An index has the row only if its profile names some.
        synonyms = values["synonyms"] ?? ""
        let stored = try value("compression")
        guard let known = TextCompression(rawValue: stored) else {
            throw IndexError.corrupt(path: path, table: "settings", rowID: nil, reason: "compression \(stored)")
        }
        compression = known
        ranking = RankingParameters(
            terms: BM25Parameters(
                k1: try number("k1"), b: try number("b"), titleWeight: try number("title_weight"),
                bodyWeight: try number("body_weight")),
            // An index of before there was this part keeps the ranking it was made with.
            proximity: ProximityParameters(share: values["proximity"] == nil ? 0 : try number("proximity")))
        guard ranking.isValid else {
            throw IndexError.corrupt(path: path, table: "settings", rowID: nil, reason: "ranking \(ranking)")
        }
    }

    /// Writes the settings, the fingerprint by which damage to them is noticed, and a copy of both.
    func write(_ db: Database) throws {
        var values = [
            "analyzer": analyzer, "analyzer_identity": analyzerIdentity, "profile": profileName,
            "profile_yaml": profileYAML, "stop_words": stopWords, "k1": "\(ranking.terms.k1)",
            "b": "\(ranking.terms.b)", "title_weight": "\(ranking.terms.titleWeight)",
            "body_weight": "\(ranking.terms.bodyWeight)", "proximity": "\(ranking.proximity.share)",
            "compression": compression.rawValue,
        ]
        if !synonyms.isEmpty { values["synonyms"] = synonyms }
        values[Self.fingerprintName] = Self.fingerprint(of: values)
        values[Self.copyName] = MetadataJSON.object(values)
        try db.execute(sql: "DELETE FROM settings")
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            try db.execute(sql: "INSERT OR REPLACE INTO settings(name, value) VALUES (?, ?)", arguments: [name, value])
        }
    }

    /// Settings that the first formats did not have, as they were then.
    static let ofFormerFormats: [String: String] = {
        let terms = BM25Parameters()
        return [
            "stop_words": "english", "compression": TextCompression.none.rawValue, "k1": "\(terms.k1)",
            "b": "\(terms.b)",
            "title_weight": "\(terms.titleWeight)", "body_weight": "\(terms.bodyWeight)",
        ]
    }()

    // MARK: Fingerprint and copy

    private static let fingerprintName = "fingerprint"
    /// All other rows as a JSON object.
    private static let copyName = "copy"

    /// Whether the settings and their copy are what was written.
    static func isWhole(_ db: Database) throws -> Bool {
        let values = try rows(db)
        return try isWhole(values) && copy(db) == values
    }

    private static func isWhole(_ values: [String: String]) -> Bool {
        var rest = values
        return rest.removeValue(forKey: fingerprintName) == fingerprint(of: rest)
    }

    private static func fingerprint(of values: [String: String]) -> String {
        String(
            UInt64(bitPattern: DocumentFingerprint.of(Document(externalID: "", body: "", metadata: values))), radix: 16)
    }

    private static func rows(_ db: Database) throws -> [String: String] {
        var values: [String: String] = [:]
        let select = try SQLiteStatement(
            "SELECT name, value FROM settings WHERE name <> '\(copyName)'", on: try db.handle)
        // A row of other values than texts is none that was written.
        while try select.step() {
            if select.isText(0), select.isText(1), let name = select.text(0) { values[name] = select.text(1) }
        }
        return values
    }

    /// The copy, if it is whole.
    private static func copy(_ db: Database) throws -> [String: String]? {
        let select = try SQLiteStatement("SELECT value FROM settings WHERE name = '\(copyName)'", on: try db.handle)
        guard try select.step(), select.isText(0), let text = select.text(0),
            let values = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)), isWhole(values)
        else { return nil }
        return values
    }
}
