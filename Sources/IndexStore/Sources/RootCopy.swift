import GRDB

/// The copy of `roots` in `score_state`: no other row tells which places are indexed, and by which profiles.
///
///     content = JSON array of texts: of each root its path as it is stored, "1" for a pattern or "0", its profile's name and the profile
struct RootCopy {
    private static let record = SealedRecord(name: "roots")

    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Makes the copy what the table is.
    func write() throws { try Self.record.write(content(of: rows()), db) }

    /// Whether there is a copy, damaged or not.
    func exists() throws -> Bool { try Self.record.read(db) != .none }

    /// What does not agree; nil where table and copy do, or there is no copy.
    func fault() throws -> IndexFault? {
        switch try Self.record.read(db) {
        case .none: nil
        case .damaged: IndexFault(.sources, "score_state, roots: the copy of the places is not what was written")
        case .whole(let copy):
            try copy == content(of: rows())
                ? nil : IndexFault(.sources, "roots: they are not what was written")
        }
    }

    /// Makes the table what its copy is; false if there is no sound one.
    func restore() throws -> Bool {
        guard let roots = try roots() else { return false }
        try db.execute(sql: "DELETE FROM roots")
        for root in roots {
            try db.execute(
                sql: "INSERT OR REPLACE INTO roots(path, pattern, profile_name, profile) VALUES (?, ?, ?, ?)",
                arguments: [root[0], root[1] == "1", root[2], root[3]])
        }
        return true
    }

    /// The places by the copy; nil if there is no sound one.
    func roots(indexAt path: String) throws -> [IndexedRoot]? {
        let paths = StoredPath(indexAt: path)
        return try roots()?.map {
            IndexedRoot(path: paths.path(of: $0[0]), isPattern: $0[1] == "1", profileName: $0[2], profileYAML: $0[3])
        }
    }

    private func roots() throws -> [[String]]? {
        guard case .whole(let copy) = try Self.record.read(db),
            let texts = copy.withUnsafeBytes(MetadataJSON.array), texts.count % 4 == 0
        else { return nil }
        return stride(from: 0, to: texts.count, by: 4).map { Array(texts[$0..<$0 + 4]) }
    }

    /// The table's rows; one of other kinds of values is none that was written.
    private func rows() throws -> [String] {
        let select = try SQLiteStatement(
            "SELECT path, pattern, profile_name, profile FROM roots ORDER BY path", on: db.handle)
        var texts: [String] = []
        while try select.step() {
            for column in [0, 1, 2, 3] as [Int32] {
                let isExpected = column == 1 ? select.isInteger(1) : select.isText(column)
                texts.append(isExpected ? select.text(column) ?? "" : "\0")
            }
        }
        return texts
    }

    private func content(of texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        MetadataJSON.append(array: texts, to: &bytes)
        return bytes
    }
}
