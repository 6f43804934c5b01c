/// The column names of a CSV or TSV file.
struct RowHeader: Sendable, Hashable {
    let names: [String]
    /// The names that are not empty.
    let tellingNames: [String]
    /// Names that several columns have, in any case, each as it is first written.
    let repeatedNames: [String]

    /// Columns that a table may have: as many as a sheet of Excel has.
    static let maximumColumns = 16_384

    /// Takes the names as they are written. A column without one is called by its number, so that its cells are kept:
    /// `column 2`.
    init(names written: [String]) {
        let used = Set(written.map { $0.lowercased() })
        names = written.enumerated().map { index, name in
            if !name.isEmpty { return name }
            var own = "column \(index + 1)"
            while used.contains(own) { own += "_" }
            return own
        }
        tellingNames = written.filter { !$0.isEmpty }
        var counts: [String: Int] = [:]
        repeatedNames = tellingNames.filter { name in
            counts[name.lowercased(), default: 0] += 1
            return counts[name.lowercased()] == 2
        }
    }
}

/// The columns of a table and what a mapping takes them for.
///
/// A column is the field of its very name, else that of its name in another case. All columns of a field give it their
/// values.
final class RowColumns: Sendable {
    let header: RowHeader
    /// The fields of the mapping.
    let names: FieldNames
    /// The first column of each field of the mapping, -1 for one that the table does not have.
    let fields: [Int]
    /// All columns of the fields that have several: none, in nearly all tables.
    let repeatedFields: [Int: [Int]]
    /// Columns with a name that is none of the mapping's, in their order.
    let others: [Int]

    init(_ header: RowHeader, names: FieldNames) {
        self.header = header
        self.names = names
        var folded: [String: [Int]] = [:]
        for (field, name) in names.names.enumerated() { folded[name.folded, default: []].append(field) }
        var columns = [[Int]](repeating: [], count: names.count)
        var others: [Int] = []
        for (column, name) in header.names.enumerated() where !name.isEmpty {
            let owners = names.number(of: name).map { [$0] } ?? folded[name.lowercased()] ?? []
            for owner in owners { columns[owner].append(column) }
            if owners.isEmpty { others.append(column) }
        }
        fields = columns.map { $0.first ?? -1 }
        repeatedFields = Dictionary(uniqueKeysWithValues: columns.enumerated().filter { $0.element.count > 1 })
        self.others = others
    }
}
