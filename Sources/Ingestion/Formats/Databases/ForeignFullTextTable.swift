import CSQLite

/// A full-text table of FTS5's in somebody else's database: what of it can be read as documents, and by which words it is searched.
///
/// All is told by its definition, of which FTS5 reads the arguments so (https://www.sqlite.org/fts5.html#fts5_table_creation_and_initialization):
///
///     CREATE VIRTUAL TABLE name USING fts5( argument, … )
///     argument = column [ "UNINDEXED" ] | option "=" value            names and values bare, or in ' " ` or [ ]
package struct ForeignFullTextTable: Sendable, Hashable {
    /// Where the table keeps its texts.
    package enum Content: Sendable, Hashable {
        /// In a table of its own.
        case own
        /// In another table or view of the database.
        case external(String)
        /// Nowhere.
        case none
    }

    /// A column.
    package struct Column: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Whether it is searched.
        package var isIndexed: Bool
    }

    /// Its name, as its definition has it.
    package let name: String
    /// Where its texts are.
    package private(set) var content = Content.own
    /// Its columns, in order.
    package private(set) var columns: [Column] = []
    /// Its tokenizer with its arguments.
    package private(set) var tokenizer = "unicode61"
    /// Whether it has a table with the row ids that are in its index.
    private var hasDocuments = true

    /// Reads the definition of a table.
    ///
    /// - Throws: ``ForeignTableError`` when there is no such table, or when it is none of FTS5's.
    package init(_ table: String, inDatabaseAt path: String) throws(ForeignTableError) {
        var connection: OpaquePointer?
        var statement: OpaquePointer?
        // Safety: both are this function's own, and are closed once.
        defer {
            sqlite3_finalize(statement)
            sqlite3_close_v2(connection)
        }
        func failure() -> ForeignTableError {
            ForeignTableError(path: path, reason: String(cString: sqlite3_errmsg(connection)))
        }
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK else {
            throw failure()
        }
        sqlite3_busy_timeout(connection, 5_000)
        _ = postil_sqlite_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1)
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'create virtual table%'"
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { throw failure() }
        var others: [String] = []
        var definition: (name: String, sql: String)?
        while sqlite3_step(statement) == SQLITE_ROW {
            guard let name = sqlite3_column_text(statement, 0), let sql = sqlite3_column_text(statement, 1) else {
                continue
            }
            let (known, text) = (String(cString: name), String(cString: sql))
            guard Self.arguments(of: text) != nil else { continue }
            if known.lowercased() == table.lowercased() { definition = (known, text) } else { others.append(known) }
        }
        guard let definition else {
            let list = others.isEmpty ? "it has none" : "it has " + DocumentReader.shown(others.sorted())
            throw ForeignTableError(path: path, reason: "there is no FTS5 table \(table); \(list)")
        }
        self.init(name: definition.name, sql: definition.sql)
    }

    /// Takes a definition apart, which is one of FTS5's.
    init(name: String, sql: String) {
        self.name = name
        for argument in Self.arguments(of: sql) ?? [] {
            var rest = Substring(argument)
            guard let word = Self.takeWord(&rest) else { continue }
            rest = rest.drop { $0.isWhitespace }
            guard rest.first == "=" else {
                let isIndexed = rest.lowercased().split(whereSeparator: \.isWhitespace).contains("unindexed")
                columns.append(Column(name: word, isIndexed: !isIndexed))
                continue
            }
            var value = rest.dropFirst().drop { $0.isWhitespace }
            let text = Self.takeWord(&value) ?? ""
            switch word.lowercased() {
            case "content": content = text.isEmpty ? .none : .external(text)
            case "tokenize": tokenizer = text
            case "columnsize": hasDocuments = text != "0"
            default: break
            }
        }
    }

    /// The query whose rows are the documents that the table has indexed: `id`, its row id; `title`, if it has one; `body`, what
    /// else it searches, one column after the other; and under their names the columns that it does not search.
    ///
    /// - Parameter title: The column that is the title; nil for one that is called so.
    /// - Throws: ``ForeignTableError`` when the table has no texts or no such column.
    package func query(title: String? = nil, path: String) throws(ForeignTableError) -> String {
        guard content != .none else {
            throw ForeignTableError(
                path: path,
                reason:
                    "\(name) keeps no texts (content=''); a query says where they are: SELECT id, title, body FROM …")
        }
        let searched = columns.filter(\.isIndexed).map(\.name)
        var titleColumn = searched.first { $0.lowercased() == title?.lowercased() }
        if let title, titleColumn == nil {
            throw ForeignTableError(
                path: path,
                reason: "\(name) has no column \(title) that it searches; it has \(DocumentReader.shown(searched))")
        }
        if title == nil, searched.count > 1 {
            titleColumn = searched.first { Self.titles.contains($0.lowercased()) }
        }
        func column(_ name: String) -> String { "t." + Self.quoted(name) }
        var values = ["t.rowid AS id"]
        if let titleColumn { values.append("\(column(titleColumn)) AS title") }
        let texts = searched.filter { $0 != titleColumn }.map { "coalesce(\(column($0)), '')" }
        if !texts.isEmpty { values.append(texts.joined(separator: " || char(10, 10) || ") + " AS body") }
        for other in columns where !other.isIndexed {
            let isTaken = ["id", "title", "body"].contains(other.name.lowercased())
            values.append("\(column(other.name)) AS \(Self.quoted(other.name + (isTaken ? "_column" : "")))")
        }
        let documents = hasDocuments ? " WHERE t.rowid IN (SELECT id FROM \(Self.quoted(name + "_docsize")))" : ""
        return "SELECT \(values.joined(separator: ", ")) FROM \(Self.quoted(name)) AS t\(documents)"
    }

    private static let titles: Set<String> = ["title", "name", "subject", "heading", "headline"]

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// The arguments between the parentheses behind `USING fts5`; nil for a table of another kind.
    private static func arguments(of sql: String) -> [String]? {
        guard let opening = sql.firstRange(of: /(?i)\busing\s+fts5\s*\(/), let closing = sql.lastIndex(of: ")"),
            opening.upperBound <= closing
        else { return nil }
        var arguments = [""]
        var quote: Character?
        for character in sql[opening.upperBound..<closing] {
            if let open = quote {
                if character == open { quote = nil }
            } else if "'\"`".contains(character) {
                quote = character
            } else if character == "[" {
                quote = "]"
            } else if character == "," {
                arguments.append("")
                continue
            }
            arguments[arguments.count - 1].append(character)
        }
        return arguments
    }

    /// Moves over a name or value, bare or between quotation marks, and gives it without them.
    private static func takeWord(_ text: inout Substring) -> String? {
        text = text.drop { $0.isWhitespace }
        guard let first = text.first else { return nil }
        guard let mark = ["'": "'", "\"": "\"", "`": "`", "[": "]"][first] as Character? else {
            let word = text.prefix { !$0.isWhitespace && $0 != "=" }
            text = text.dropFirst(word.count)
            return String(word)
        }
        var word = ""
        text = text.dropFirst()
        while let character = text.popFirst() {
            if character != mark {
                word.append(character)
            } else if mark != "]", text.first == mark {
                // A mark that stands twice stands for itself.
                word.append(mark)
                text = text.dropFirst()
            } else {
                break
            }
        }
        return word
    }
}

/// A table of somebody else's database that cannot be read as documents.
package struct ForeignTableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The database.
    package let path: String
    /// What is wrong.
    package let reason: String

    /// Both.
    package var description: String { "\(path): \(reason)" }
}
