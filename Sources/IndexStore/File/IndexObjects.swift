import CSQLite

/// The tables, views and indexes that an index file may have, by name and SQL.
///
/// What else stands in a file's schema could run as soon as the file is used: a trigger with every change, a view in the place
/// of a table without end. So the schema is read before anything in the file is, and compared with what ``IndexSchema`` makes.
/// Reading it runs nothing. Tables of others are left in peace, and so are their indexes and plain indexes on Postil's tables;
/// triggers, views, virtual tables and computed columns are not.
///
/// - Complexity: A walk over two dozen rows of text, some 20 µs at each opening.
struct IndexObjects {
    /// By name the statement, and those of files of earlier versions that stand for the same.
    private let expected: [String: [String]]

    private static let plain = IndexObjects(.none)
    private static let compressed = IndexObjects(.zstd)
    /// Stands for the tokenizer's arguments.
    private static let placeholder = "\u{1}"

    private init(_ compression: TextCompression) {
        var expected: [String: [String]] = [:]
        for statement in IndexSchema.statements(tokenizer: Self.placeholder, compression: compression) {
            let statement = Substring(statement.utf8.drop { Self.isSpace($0) })
            guard let name = IndexObjects.name(createdBy: statement) else { continue }
            expected[name] = IndexSchema.formsOfAllVersions(String(statement))
        }
        expected["documents_by_date"] = [IndexSchema.formerDateIndex(compression)]
        // FTS5 makes these, and SQLite the last one, each always in the same words.
        expected["documents_fts_data"] = ["CREATE TABLE 'documents_fts_data'(id INTEGER PRIMARY KEY, block BLOB)"]
        expected["documents_fts_idx"] = [
            "CREATE TABLE 'documents_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID"
        ]
        expected["documents_fts_docsize"] = ["CREATE TABLE 'documents_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"]
        expected["documents_fts_config"] = ["CREATE TABLE 'documents_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID"]
        expected["sqlite_sequence"] = ["CREATE TABLE sqlite_sequence(name,seq)"]
        self.expected = expected
    }

    /// The word behind `CREATE …`, without what follows its parenthesis.
    private static func name(createdBy statement: Substring) -> String? {
        for kind in ["CREATE TABLE ", "CREATE INDEX ", "CREATE VIEW ", "CREATE VIRTUAL TABLE "]
        where statement.utf8.starts(with: kind.utf8) {
            let name = statement.utf8.dropFirst(kind.utf8.count).prefix {
                $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: " ")
            }
            return String(Substring(name))
        }
        return nil
    }

    /// Throws when the schema has what Postil did not make and what could run.
    ///
    /// - Throws: ``IndexError/foreignObject(path:kind:name:)``, or ``IndexError/corrupt(path:table:rowID:reason:)`` when a table
    ///   of Postil's is missing or another one.
    static func require(_ connection: OpaquePointer, path: String) throws {
        let objects = try read(connection)
        let known = objects.contains { $0.name == TextCompression.zstd.table } ? compressed : plain
        var missing = Set(known.expected.keys).subtracting(mayBeMissing)
        for object in objects {
            missing.remove(object.name)
            if let expected = known.expected[object.name] {
                guard let sql = object.sql, expected.contains(where: { isSame(sql, $0) }) else {
                    throw IndexError.foreignObject(path: path, kind: object.type, name: object.name)
                }
            } else if try !isHarmless(object, beside: known, connection) {
                throw IndexError.foreignObject(path: path, kind: object.type, name: object.name)
            }
        }
        if let name = missing.min() {
            throw IndexError.corrupt(path: path, table: name, rowID: nil, reason: "it is not there")
        }
    }

    /// Throws unless the tables that documents are taken over from are tables of rows, whatever else the file has: in one of an
    /// earlier format that is another schema, of which nothing is used.
    static func requireDocuments(_ connection: OpaquePointer, path: String) throws {
        let objects = try read(connection)
        let isCompressed = objects.contains { $0.name == TextCompression.zstd.table }
        let known = isCompressed ? compressed : plain
        var missing = Set(["documents", "settings", "sources"] + (isCompressed ? ["text_dictionaries"] : []))
        let used = missing.union(["roots", TextCompression.zstd.table])
        for object in objects where used.contains(object.table) {
            missing.remove(object.name)
            let isOwn = known.expected[object.name].map { isSame(object.sql ?? "", $0[0]) } ?? false
            // With compression the documents are a view, which can be no other than Postil's.
            guard try isOwn || isHarmless(object, beside: known, connection) else {
                throw IndexError.foreignObject(path: path, kind: object.type, name: object.name)
            }
        }
        if let name = missing.min() {
            throw IndexError.corrupt(path: path, table: name, rowID: nil, reason: "it is not there")
        }
    }

    /// A lack of these costs time; `postil check` names it.
    private static let mayBeMissing: Set<String> = [
        "documents_by_source", "documents_by_external_id", "documents_by_date", "documents_by_url",
        "sqlite_sequence", "document_columns", "words",
    ]

    private struct Object {
        var type, name, table: String
        var sql: String?
    }

    private static func read(_ connection: OpaquePointer) throws -> [Object] {
        let select = try SQLiteStatement("SELECT type, name, tbl_name, sql FROM sqlite_schema", on: connection)
        var objects: [Object] = []
        while try select.step() {
            objects.append(
                Object(
                    type: select.text(0) ?? "", name: select.text(1) ?? "", table: select.text(2) ?? "",
                    sql: select.text(3)))
        }
        return objects
    }

    /// Whether an object that is not Postil's runs nothing when Postil's tables are read and written.
    private static func isHarmless(_ object: Object, beside known: IndexObjects, _ connection: OpaquePointer) throws
        -> Bool
    {
        switch object.type {
        case "index":
            // SQLite's own, for a key; or one of plain columns, without an expression or a condition.
            guard let sql = object.sql else { return object.name.hasPrefix("sqlite_autoindex_") }
            let columns = sql.drop { $0 != "(" }.dropFirst()
            return known.expected[object.table] == nil
                || columns.last == ")" && columns.dropLast().allSatisfy { $0 != "(" && $0 != ")" }
        case "table":
            guard let sql = object.sql, !isSame(sql.prefix(14).uppercased(), "CREATE VIRTUAL") else { return false }
            // Columns that are computed are hidden ones of kind 2 and 3.
            let computed = try SQLiteStatement("SELECT 1 FROM pragma_table_xinfo(?1) WHERE hidden > 1", on: connection)
            computed.bind(object.name, at: 1)
            return try !computed.step()
        default: return false
        }
    }

    /// Whether two statements are the same but for how they are broken into lines. The tokenizer may be any.
    private static func isSame(_ found: String, _ expected: String) -> Bool {
        if found.utf8.elementsEqual(expected.utf8) { return true }
        let found = words(found)
        let expected = words(expected)
        guard let place = expected.firstIndex(of: UInt8(1)) else { return found == expected }
        let end = expected[(place + 1)...]
        guard found.starts(with: expected[..<place]), found.count >= place + end.count, found.suffix(end.count) == end
        else { return false }
        return isQuotable(found[place..<found.count - end.count])
    }

    /// Whether a text stays within quotation marks: those in it come in twos.
    private static func isQuotable(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false).dropFirst().dropLast()
            .enumerated().allSatisfy { $0.offset % 2 == 1 || $0.element.isEmpty }
            && text.count { $0 == UInt8(ascii: "'") } % 2 == 0
    }

    /// The bytes with each stretch of spaces as one, none at the end.
    private static func words(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if !isSpace(byte) { bytes.append(byte) } else if bytes.last != 0x20 { bytes.append(0x20) }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
