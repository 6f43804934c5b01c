import Foundation
import GRDB

/// The row id of a source.
package struct SourceID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The SQLite row id.
    package let rawValue: Int64

    /// Wraps a row id.
    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// Stands for a source whose row was lost: its documents are those of the next one that has them.
    package static let lost = SourceID(rawValue: -1)

    /// Orders by row id.
    package static func < (left: SourceID, right: SourceID) -> Bool { left.rawValue < right.rawValue }
}

/// A file that was read into the index, and what became of it.
package struct IndexedSource: Sendable, Hashable {
    /// What happened when the file was read.
    package enum Outcome: String, Sendable {
        /// All of it is in the index.
        case indexed
        /// Some of it is; ``IndexedSource/skipped`` says what is not.
        case partial
        /// Nothing of it is.
        case failed
    }

    /// A piece of input that was left out.
    package struct Skip: Sendable, Hashable, Codable {
        /// The 1-based line it starts at, where known.
        package var line: Int?
        /// Why, for users.
        package var reason: String
        /// How many pieces it stands for: more than 1 when those that come after it are only counted.
        package var count: Int

        /// Creates a skip.
        package init(line: Int?, reason: String, count: Int = 1) {
            self.line = line
            self.reason = reason
            self.count = count
        }

        /// Decodes a skip; one that stands for itself has no count.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            line = try container.decodeIfPresent(Int.self, forKey: .line)
            reason = try container.decode(String.self, forKey: .reason)
            count = try container.decodeIfPresent(Int.self, forKey: .count) ?? 1
        }
    }

    /// Its row, once stored.
    package var id: SourceID?
    /// Path as shown to users and compared from run to run.
    package var path: String
    /// Which profile, in which version, read it.
    package var reading: String
    /// Bytes.
    package var size: Int64
    /// Modification time in nanoseconds since 1970.
    package var modified: Int64
    /// Time of the last change of the file's entry in nanoseconds since 1970.
    package var changed: Int64
    /// Number of the file on its device.
    package var node: Int64
    /// What its documents were named by: its path below the root it belongs to.
    package var name: String
    /// Hash of the content.
    package var hash: [UInt8]
    /// What became of it.
    package var outcome: Outcome
    /// What was left out.
    package var skipped: [Skip]

    /// Describes a source.
    package init(
        id: SourceID? = nil, path: String, reading: String, size: Int64, modified: Int64, changed: Int64 = 0,
        node: Int64 = 0, name: String = "", hash: [UInt8], outcome: Outcome, skipped: [Skip]
    ) {
        self.id = id
        self.path = path
        self.reading = reading
        self.size = size
        self.modified = modified
        self.changed = changed
        self.node = node
        self.name = name
        self.hash = hash
        self.outcome = outcome
        self.skipped = skipped
    }

    /// What a statement selects for ``init(_:paths:path:)``.
    static let columns = "id, path, reading, size, modified, changed, node, name, hash, outcome, skipped"
    /// How many ``columns`` are.
    static let columnCount: Int32 = 11

    /// Reads the present row of a statement over ``columns``. By position and type: an index run reads the rows of all its files.
    ///
    /// - Throws: ``IndexError/corrupt(path:table:rowID:reason:)`` for a value that is not what was written.
    ///
    /// - Parameter usual: How sources have mostly been read.
    init(_ row: SQLiteStatement, reading usual: String? = nil, paths: StoredPath, path index: String) throws {
        let id = row.integer(0)
        func damage(_ column: String) -> IndexError {
            .corrupt(path: index, table: "sources", rowID: id, reason: "\(column) is not what was written")
        }
        func text(_ position: Int32, _ column: String) throws(IndexError) -> String {
            guard row.isText(position), let text = row.text(position) else { throw damage(column) }
            return text
        }
        func integer(_ position: Int32, _ column: String) throws(IndexError) -> Int64 {
            guard row.isInteger(position) else { throw damage(column) }
            return row.integer(position)
        }
        self.id = SourceID(rawValue: id)
        guard row.isText(1) else { throw damage("path") }
        path = paths.path(of: row.bytes(1))
        if let usual, row.isText(2, equalTo: usual) { reading = usual } else { reading = try text(2, "reading") }
        size = try integer(3, "size")
        modified = try integer(4, "modified")
        changed = try integer(5, "changed")
        node = try integer(6, "node")
        name = try text(7, "name")
        hash = Array(row.bytes(8))
        if row.isText(9, equalTo: Outcome.indexed.rawValue) {
            outcome = .indexed
        } else {
            guard let outcome = Outcome(rawValue: try text(9, "outcome")) else { throw damage("outcome") }
            self.outcome = outcome
        }
        guard !row.isNull(10) else {
            skipped = []
            return
        }
        do { skipped = try JSONDecoder().decode([Skip].self, from: Data(row.bytes(10))) } catch {
            throw damage("skipped")
        }
    }

    /// All sources, in the order of their rows.
    static func all(_ db: Database, indexAt path: String, columns: String = columns) throws -> [IndexedSource] {
        let select = try SQLiteStatement("SELECT \(columns) FROM sources ORDER BY id", on: db.handle)
        let paths = StoredPath(indexAt: path)
        var sources: [IndexedSource] = []
        while try select.step() {
            sources.append(try IndexedSource(select, reading: sources.last?.reading, paths: paths, path: path))
        }
        return sources
    }

    /// The sources with some ids.
    static func all(_ db: Database, ids: [Int64], indexAt path: String) throws -> [IndexedSource] {
        let select = try SQLiteStatement("SELECT \(columns) FROM sources WHERE id = ?1", on: db.handle)
        let paths = StoredPath(indexAt: path)
        var sources: [IndexedSource] = []
        for id in ids {
            select.bind(id, at: 1)
            if try select.step() {
                sources.append(try IndexedSource(select, reading: sources.last?.reading, paths: paths, path: path))
            }
            select.reset()
        }
        return sources
    }
}
