import CSQLite

/// SQLite databases, by the query of a profile: one document a row, whose columns are its fields.
///
/// The file may be a stranger's: it is opened for reading only, its schema is not trusted, and a statement that takes too many
/// steps for a row is stopped. In folders it is found by the extensions that the profile gives it.
struct DatabaseFormat: InputFormat {
    let name = "sqlite"
    let extensions: [String] = []
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

    /// Rows of a batch, and bytes after which it is one: a batch is one thread's work.
    private static let batchRows = 1000
    /// Steps of SQLite's machine for one row: a join over some million rows, or minutes of a view that never ends.
    private static let maximumSteps: Int32 = 1_000_000_000

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
            let contents = rows.isEmpty ? nil : RowsOfDatabase(rows: rows, first: first)
            return InputBatch(file: input.file, recordCount: rows.count, contents: contents, failure: (nil, "\(error)"))
        }
        return InputBatch(
            file: input.file, recordCount: rows.count, firstLine: first,
            contents: RowsOfDatabase(rows: rows, first: first))
    }

    private func failure() -> ReadingError {
        ReadingError("cannot be read: \(String(cString: sqlite3_errmsg(connection)))")
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
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: input.limits.maximumDocumentBytes))
        // Nothing that the query names may write, attach another file, or ask for settings.
        sqlite3_set_authorizer(
            connection,
            { _, action, _, _, _, _ in
                [SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE].contains(action)
                    ? SQLITE_OK : SQLITE_DENY
            }, nil)
        guard sqlite3_prepare_v2(connection, query, -1, &statement, nil) == SQLITE_OK, statement != nil else {
            throw failure()
        }
        names = (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
        }
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
            // Bytes that are no text are nobody's words.
            guard sqlite3_column_type(statement, column) != SQLITE_BLOB,
                let text = sqlite3_column_text(statement, column)
            else {
                continue
            }
            // Safety: SQLite keeps the text until the next step, and says how long it is.
            let length = Int(sqlite3_column_bytes(statement, column))
            size += length
            let value = String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
            members.append(FieldValue.Member(name: name, value: .text(value)))
        }
        return members
    }
}

private struct RowsOfDatabase: BatchContents {
    let rows: [[FieldValue.Member]]
    /// The number of the first.
    let first: Int

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        for (index, members) in rows.enumerated() {
            let place = RecordContext(file: file, line: first + index, row: first + index)
            try reader.map(
                TreeRecord(names: reader.mapper.names, members: members), in: place, tally: tally, into: handler)
        }
    }
}
