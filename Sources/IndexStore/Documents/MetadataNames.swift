import GRDB

/// The table `metadata_names`: names that documents' metadata have. One that is a list in some document has a second row, its name with
/// `` []`` behind it: `cats []`.
///
/// Which names are lists only the sources tell. So `score_state` has a record of them:
///
///     content = rows , lists
///     rows    = 8 bytes, little-endian: ``RowHash`` of all rows of the table, in their order
///     lists   = JSON array of the names that are lists
struct MetadataNames {
    /// The names, and those of them that are lists.
    let all, lists: Set<String>
    private let rowHash: UInt64

    private static let mark = " []"
    private static let record = SealedRecord(name: "names")

    /// The row that says that a name is a list's.
    static func row(ofList name: String) -> String { name + mark }

    init(_ db: Database) throws {
        let select = try SQLiteStatement("SELECT name FROM metadata_names ORDER BY name", on: try db.handle)
        var hash = RowHash()
        var (all, lists): (Set<String>, Set<String>) = ([], [])
        while try select.step() {
            hash.mix(select, 0)
            guard let name = select.text(0) else { continue }
            if name.hasSuffix(Self.mark) {
                lists.insert(String(name.dropLast(Self.mark.count)))
            } else {
                all.insert(name)
            }
        }
        (self.all, self.lists, rowHash) = (all, lists, hash.value)
    }

    /// Whether there is no record: an earlier version has written the index.
    static func areUnsealed(_ db: Database) throws -> Bool { try record.read(db) == .none }

    /// Makes the record what the table is.
    func seal(_ db: Database) throws {
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: rowHash >> UInt64(8 * $0)) }
        MetadataJSON.append(array: lists.sorted(), to: &bytes)
        try Self.record.write(bytes, db)
    }

    /// What does not agree; nil where table and record do, or there is no record.
    func fault(_ db: Database) throws -> IndexFault? {
        switch try Self.record.read(db) {
        case .none: nil
        case .damaged: IndexFault(.names, "score_state, names: what is known of names is not what was written")
        case .whole(let content):
            content.prefix(8).elementsEqual((0..<8).map { UInt8(truncatingIfNeeded: rowHash >> UInt64(8 * $0)) })
                ? nil : IndexFault(.names, "metadata_names: they are not what was written")
        }
    }

    /// The names that are lists: by the record where there is a sound one, else as far as the table has them.
    static func lists(_ db: Database) throws -> Set<String> {
        guard case .whole(let content) = try record.read(db),
            let names = content.dropFirst(8).withUnsafeBytes(MetadataJSON.array)
        else { return try MetadataNames(db).lists }
        return Set(names)
    }

    /// Makes the table that of documents that have these names.
    ///
    /// - Parameter lists: The names that are lists in some document.
    static func replace(with names: Set<String>, lists: Set<String>, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM metadata_names")
        for row in names.union(lists.intersection(names).map(row(ofList:))) {
            try db.execute(sql: "INSERT OR IGNORE INTO metadata_names(name) VALUES (?)", arguments: [row])
        }
        try MetadataNames(db).seal(db)
    }
}
