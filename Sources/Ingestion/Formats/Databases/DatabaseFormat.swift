import CSQLite

/// SQLite databases, by the query of a profile: one document a row, whose columns are its fields.
///
/// The file may be a stranger's: it is opened for reading only, its schema is not trusted, and a statement that takes too many
/// steps for a row is stopped. In folders it is found by the extensions that the profile gives it.
///
/// Numbers are read as their text and NULL as no value; so is the text of a BLOB that holds some, and any other BLOB is left out with
/// a remark. What is wrong is told with the row, and for the query itself with what SQLite says of it.
struct DatabaseFormat: InputFormat {
    var name: String { "sqlite" }
    var extensions: [String] { [] }
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.bytes.starts(with: Array("SQLite format 3\0".utf8)) ? .certain : .none
    }

    func batches(of input: OpenInput) -> any InputBatchSource { DatabaseRows(input) }
}

/// Reads the rows of a query in batches.
private final class DatabaseRows: InputBatchSource {
    private let input: OpenInput
    private var connection: OpaquePointer?
    private var statement: OpaquePointer?
    private var isEnd = false
    private var row = 0
    private var names: [String] = []
    /// The columns that documents get their ids from.
    private var idColumns: Set<Int> = []
    /// What maps the rows, where columns of them are HTML; known once the first have been looked at.
    private var htmlMapper: RecordMapper?
    private var hasLooked = false
    /// What is odd about the rows of the batch.
    private var remarks: [ReadingRemark] = []

    /// Rows of a batch, and bytes after which it is one: a batch is one thread's work.
    private static let batchRows = 1000
    /// Steps of SQLite's machine for one row: a join over some million rows, or minutes of a view that never ends.
    private static let maximumSteps: Int32 = 1_000_000_000
    /// Milliseconds that another program's transaction is waited for.
    private static let patience: Int32 = 5_000

    init(_ input: OpenInput) { self.input = input }

    deinit { close() }

    private func close() {
        sqlite3_finalize(statement)
        sqlite3_close_v2(connection)
        (statement, connection) = (nil, nil)
    }

    func next() -> InputBatch? {
        if isEnd { return nil }
        var rows: [[FieldValue.Member]] = []
        let first = row + 1
        do {
            if statement == nil { try open() }
            var bytes = 0
            while rows.count < Self.batchRows, bytes < input.limits.batchBytes {
                guard let members = try step(&bytes) else {
                    isEnd = true
                    break
                }
                rows.append(members)
            }
            if isEnd {
                close()
                try input.stream.drain()
                if rows.isEmpty { return nil }
            }
        } catch {
            isEnd = true
            close()
            let contents = rows.isEmpty ? nil : RowsOfDatabase(rows: rows, first: first, mapper: mapper(rows))
            return InputBatch(
                file: input.file, recordCount: rows.count, contents: contents, remarks: takeRemarks(),
                failure: (row == 0 ? nil : row + 1, "\(error)"))
        }
        return InputBatch(
            file: input.file, recordCount: rows.count, firstLine: first,
            contents: RowsOfDatabase(rows: rows, first: first, mapper: mapper(rows)), remarks: takeRemarks())
    }

    /// What maps the rows, where columns of the first are HTML.
    private func mapper(_ rows: [[FieldValue.Member]]) -> RecordMapper? {
        if !hasLooked, !rows.isEmpty {
            hasLooked = true
            let names = RecordMapper(input.mapping).names
            var fields = HTMLFields(input.mapping)
            for members in rows.prefix(HTMLFields.recordsLookedAt) {
                fields.take(TreeRecord(names: names, members: members))
            }
            htmlMapper = fields.mapper
        }
        return htmlMapper
    }

    private func takeRemarks() -> [ReadingRemark] {
        defer { remarks = [] }
        return remarks
    }

    private func failure() -> ReadingError {
        let message = String(cString: sqlite3_errmsg(connection))
        switch sqlite3_errcode(connection) {
        case SQLITE_BUSY, SQLITE_LOCKED:
            return ReadingError("is locked by another program; it can be read when that has ended its work")
        case SQLITE_NOTADB: return ReadingError("is no SQLite database")
        case SQLITE_AUTH:
            return ReadingError("the query does more than read tables of the database: \(message)")
        case SQLITE_ERROR where statement == nil:
            return ReadingError(
                "the query cannot be run: \(message)\(message.hasPrefix("no such table") ? tables() : "")")
        default: return ReadingError("cannot be read: \(message)")
        }
    }

    /// What tables there are instead, some of them.
    private func tables() -> String {
        var list: OpaquePointer?
        defer { sqlite3_finalize(list) }
        let sql =
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        guard sqlite3_prepare_v2(connection, sql, -1, &list, nil) == SQLITE_OK else { return "" }
        var names: [String] = []
        while sqlite3_step(list) == SQLITE_ROW, let name = sqlite3_column_text(list, 0) {
            names.append(String(cString: name))
        }
        if names.isEmpty { return "; the database has no tables" }
        return "; it has " + DocumentReader.shown(names.sorted())
    }

    private func open() throws {
        guard let query = input.mapping.query else {
            throw ReadingError("is a database; a profile with `query: SELECT …` says what to read of it")
        }
        guard input.depth == 0, input.stream.isPlain, !input.file.isStandardInput else {
            throw ReadingError("is a database that lies in something else; unpack it to have it read")
        }
        // Safety: the connection and the statement are this object's own, and are closed once.
        guard
            sqlite3_open_v2(input.file.path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK
        else {
            throw failure()
        }
        for (option, value) in [
            (SQLITE_DBCONFIG_DEFENSIVE, Int32(1)), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ] {
            _ = postil_sqlite_db_config(connection, option, value)
        }
        sqlite3_busy_timeout(connection, Self.patience)
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: input.limits.maximumDocumentBytes))
        // Nothing that the query names may write, attach another file, or ask for settings.
        sqlite3_set_authorizer(
            connection,
            { _, action, argument, _, _, _ in
                if [SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE].contains(action) {
                    return SQLITE_OK
                }
                // What SQLite asks when FTS5 declares a table, and FTS5 before it reads one. Nothing is written for that.
                let name = argument.map { String(cString: $0) }
                let isAllowed =
                    action == SQLITE_PRAGMA && name == "data_version"
                    || action == SQLITE_UPDATE && name == "sqlite_master"
                return isAllowed ? SQLITE_OK : SQLITE_DENY
            }, nil)
        var rest = ""
        let code = query.withCString { text in
            var tail: UnsafePointer<CChar>?
            defer { if let tail { rest = String(cString: tail) } }
            return sqlite3_prepare_v2(connection, text, -1, &statement, &tail)
        }
        guard code == SQLITE_OK else { throw failure() }
        guard let statement else { throw ReadingError("the query is empty") }
        guard sqlite3_stmt_readonly(statement) != 0 else {
            throw ReadingError("the query does more than read tables of the database")
        }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            throw ReadingError("the query is more than one statement")
        }
        names = (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
        }
        try requireTexts()
    }

    /// Throws when no column is a title or text of a document, as rows then give none.
    private func requireTexts() throws {
        let rules = input.mapping.documents
        func columns(of paths: [FieldPath]) -> Set<Int> {
            Set(
                names.indices.filter { column in
                    paths.contains { path in
                        if case .name(let name)? = path.steps.first { name.isName(names[column]) } else { false }
                    }
                })
        }
        idColumns = columns(of: rules.flatMap(\.id.paths))
        let wanted = rules.flatMap { $0.title.paths + $0.body.paths }
        guard columns(of: wanted).isEmpty else { return }
        // A text that is put together without a column, or of names that nobody has said.
        guard rules.allSatisfy({ !$0.title.paths.isEmpty || !$0.body.paths.isEmpty }) else { return }
        let shown = DocumentReader.shown(names)
        throw ReadingError(
            "the query gives \(names.count == 1 ? "the column" : "the columns") \(shown), none of which is a title or a text; "
                + "AS gives a column another name: name AS title")
    }

    private func step(_ size: inout Int) throws -> [FieldValue.Member]? {
        sqlite3_progress_handler(connection, Self.maximumSteps, { _ in 1 }, nil)
        switch sqlite3_step(statement) {
        case SQLITE_DONE: return nil
        case SQLITE_ROW: break
        case SQLITE_INTERRUPT: throw ReadingError("the query took too long for a row; nothing was read from here on")
        default: throw failure()
        }
        row += 1
        var members: [FieldValue.Member] = []
        for (column, name) in names.enumerated() {
            let column = Int32(column)
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL:
                if idColumns.contains(Int(column)) {
                    note("the column \(name), which ids come from, has NULL; such rows are called by their number")
                }
            case SQLITE_BLOB:
                guard let start = sqlite3_column_blob(statement, column) else { continue }
                // Safety: SQLite keeps the bytes until the next step, and says how many they are.
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
                size += bytes.count
                guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                    note("the column \(name) has bytes that are no text; they were left out")
                    continue
                }
                members.append(FieldValue.Member(name: name, value: .text(text)))
            default:
                guard let text = sqlite3_column_text(statement, column) else { continue }
                // Safety: SQLite keeps the text until the next step, and says how long it is.
                let length = Int(sqlite3_column_bytes(statement, column))
                size += length
                let value = String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
                members.append(FieldValue.Member(name: name, value: .text(value)))
            }
        }
        return members
    }

    private func note(_ reason: String) { remarks.add(ReadingRemark(.leftOut(reason: reason), line: row)) }
}

private struct RowsOfDatabase: BatchContents {
    let rows: [[FieldValue.Member]]
    /// The number of the first.
    let first: Int
    /// What maps the rows; nil for what maps all inputs.
    let mapper: RecordMapper?

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let reader = reader.with(mapper)
        for (index, members) in rows.enumerated() {
            let place = RecordContext(file: file, line: first + index, row: first + index)
            try reader.map(
                TreeRecord(names: reader.mapper.names, members: members), in: place, tally: tally, into: handler)
        }
    }
}
