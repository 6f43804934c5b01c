import Foundation
import GRDB

/// A file that was read into the index, and what became of it.
public struct IndexedSource: Sendable, Hashable {
    /// What happened when the file was read.
    public enum Outcome: String, Sendable {
        /// All of it is in the index.
        case indexed
        /// Some of it is; ``IndexedSource/skipped`` says what is not.
        case partial
        /// Nothing of it is.
        case failed
    }

    /// A piece of input that was left out.
    public struct Skip: Sendable, Hashable, Codable {
        /// The 1-based line it starts at, where known.
        public var line: Int?
        /// Why, for users.
        public var reason: String

        /// Creates a skip.
        public init(line: Int?, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// Its row, once stored.
    public var id: Int64?
    /// Path as shown to users and compared from run to run.
    public var path: String
    /// Which profile, in which version, read it.
    public var reading: String
    /// Bytes.
    public var size: Int64
    /// Modification time in nanoseconds since 1970.
    public var modified: Int64
    /// Hash of the content.
    public var hash: [UInt8]
    /// What became of it.
    public var outcome: Outcome
    /// What was left out.
    public var skipped: [Skip]

    /// Creates a record.
    public init(
        id: Int64? = nil, path: String, reading: String, size: Int64, modified: Int64, hash: [UInt8], outcome: Outcome,
        skipped: [Skip]
    ) {
        self.id = id
        self.path = path
        self.reading = reading
        self.size = size
        self.modified = modified
        self.hash = hash
        self.outcome = outcome
        self.skipped = skipped
    }

    init(_ row: Row, path index: String) throws {
        id = row["id"]
        path = row["path"]
        reading = row["reading"]
        size = row["size"]
        modified = row["modified"]
        hash = (row["hash"] as Data?).map { [UInt8]($0) } ?? []
        guard let outcome = Outcome(rawValue: row["outcome"]) else {
            throw IndexError.corrupt(path: index, table: "sources", rowID: id, reason: "unknown outcome")
        }
        self.outcome = outcome
        let text: String? = row["skipped"]
        skipped = try text.map { try JSONDecoder().decode([Skip].self, from: Data($0.utf8)) } ?? []
    }

    /// Stores the record under its path and returns its row id.
    func save(_ db: Database) throws -> Int64 {
        let text = skipped.isEmpty ? nil : String(decoding: try JSONEncoder().encode(skipped), as: UTF8.self)
        guard
            let id = try Int64.fetchOne(
                db,
                sql: """
                    INSERT INTO sources(path, reading, size, modified, hash, outcome, skipped) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT(path) DO UPDATE SET reading = excluded.reading, size = excluded.size,
                      modified = excluded.modified, hash = excluded.hash, outcome = excluded.outcome,
                      skipped = excluded.skipped
                    RETURNING id
                    """,
                arguments: [path, reading, size, modified, Data(hash), outcome.rawValue, text])
        else { throw DatabaseError(message: "no id for source \(path)") }
        return id
    }
}
