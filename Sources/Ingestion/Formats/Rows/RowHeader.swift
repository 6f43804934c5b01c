/// The column names of a CSV or TSV file.
struct RowHeader: Sendable, Hashable {
    let names: [String]
    /// The names in lower case.
    let foldedNames: [String]
    private let columns: [String: Int]
    private let foldedColumns: [String: Int]

    /// Of several columns with one name the first is meant.
    init(names: [String]) {
        self.names = names
        foldedNames = names.map { $0.lowercased() }
        columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        foldedColumns = Dictionary(zip(foldedNames, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The column of a name, first as it is written, then without regard to case.
    func column(_ name: FieldPath.FieldName) -> Int? { columns[name.text] ?? foldedColumns[name.folded] }
}
