/// The columns of a table and what a mapping takes them for.
final class RowColumns: Sendable {
    let header: RowHeader
    /// The column of each field of the mapping, -1 for one that the table does not have.
    let fields: [Int]
    /// Columns with a name that is none of the mapping's.
    let others: [Int]

    init(_ header: RowHeader, names: FieldNames) {
        self.header = header
        fields = names.names.map { header.column($0) ?? -1 }
        others = header.names.indices.filter { column in
            let name = header.names[column]
            return !name.isEmpty && names.number(of: name) == nil
                && names.number(of: header.foldedNames[column]) == nil
        }
    }
}
