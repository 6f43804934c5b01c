import GRDB

/// The table `metadata_names`: names that documents' metadata have. One that is a list in some document has a second row, its name with
/// `` []`` behind it: `cats []`.
struct MetadataNames {
    /// The names, and those of them that are lists.
    let all, lists: Set<String>

    private static let mark = " []"

    /// The row that says that a name is a list's.
    static func row(ofList name: String) -> String { name + mark }

    init(_ db: Database) throws {
        let rows = try String.fetchAll(db, sql: "SELECT name FROM metadata_names")
        all = Set(rows.filter { !$0.hasSuffix(Self.mark) })
        lists = Set(rows.filter { $0.hasSuffix(Self.mark) }.map { String($0.dropLast(Self.mark.count)) })
    }
}
