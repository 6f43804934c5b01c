/// One row of CSV or TSV, read where it lies. A path is one column name; absent cells are empty.
struct RowRecord: Record {
    let bytes: UnsafeRawBufferPointer
    let cells: [RowScanner.Cell]
    let columns: RowColumns
    let tally: BatchTally

    func has(_ field: Int) -> Bool { columns.fields[field] >= 0 }

    func text(of field: Int, joinedBy separator: String) -> String? {
        has(field) ? cellText(columns.fields[field]) : nil
    }

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        guard let name = path.onlyName, let column = columns.header.column(name) else { return nil }
        return cellText(column)
    }

    func texts(at path: FieldPath) -> [String] { text(at: path, joinedBy: "").map { [$0] } ?? [] }

    var otherFields: [(name: String, text: String)] {
        columns.others.compactMap { column in cellText(column).map { (columns.header.names[column], $0) } }
    }

    var fieldNames: [String] { columns.header.names }

    private func cellText(_ column: Int) -> String? {
        guard column < cells.count, !cells[column].range.isEmpty else { return nil }
        let text = Self.text(of: cells[column], in: bytes, tally: tally)
        return text.isBlank ? nil : text
    }

    /// The text of a cell, its doubled quotes made single.
    static func text(of cell: RowScanner.Cell, in bytes: UnsafeRawBufferPointer, tally: BatchTally) -> String {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[cell.range])
        guard cell.hasDoubledQuotes else { return TextDecoding.text(slice, tally: tally) }
        var single: [UInt8] = []
        single.reserveCapacity(slice.count)
        var isSecond = false
        for byte in slice {
            isSecond = byte == 0x22 && !isSecond
            if byte != 0x22 || isSecond { single.append(byte) }
        }
        return single.withUnsafeBytes { TextDecoding.text($0, tally: tally) }
    }
}
