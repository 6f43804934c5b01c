/// One row of CSV or TSV, read where it lies. A path is one column name; absent cells are empty.
struct RowRecord: Record {
    let bytes: UnsafeRawBufferPointer
    let cells: [RowScanner.Cell]
    let columns: RowColumns
    let tally: BatchTally

    func has(_ field: Int) -> Bool { columns.fields[field] >= 0 }

    func text(of field: Int, joinedBy separator: String) -> String? {
        if !columns.repeatedFields.isEmpty, columns.repeatedFields[field] != nil {
            let texts = texts(of: field)
            return texts.isEmpty ? nil : texts.joined(separator: separator)
        }
        return has(field) ? cellText(columns.fields[field]) : nil
    }

    func text(at path: FieldPath, joinedBy separator: String) -> String? {
        field(at: path).flatMap { text(of: $0, joinedBy: separator) }
    }

    func texts(at path: FieldPath) -> [String] { field(at: path).map { texts(of: $0) } ?? [] }

    func labels(at path: FieldPath) -> [String] { texts(at: path) }

    func otherText(of field: Int) -> String? { text(of: field, joinedBy: ", ") }

    func otherFields(atMost limit: Int) -> (fields: [OtherField], isCut: Bool) {
        var fields: [OtherField] = []
        // Where names repeat, the place of each among the fields.
        var places: [String: Int] = [:]
        for column in columns.others {
            guard column < cells.count else { break }
            guard let text = cellText(column) else { continue }
            let name = columns.header.names[column]
            if !columns.header.repeatedNames.isEmpty {
                if let place = places[name] {
                    if fields[place].text != text {
                        fields[place].text += ", " + text
                        fields[place].isList = true
                    }
                    continue
                }
                places[name] = fields.count
            }
            if fields.count == limit { return (fields, true) }
            fields.append(OtherField(name: name, text: text))
        }
        return (fields, false)
    }

    var fieldNames: [String] { columns.header.tellingNames }

    private func field(at path: FieldPath) -> Int? { path.onlyName.flatMap { columns.names.number(of: $0.text) } }

    /// The texts of a field's columns, each once.
    private func texts(of field: Int) -> [String] {
        guard has(field) else { return [] }
        var texts: [String] = []
        for column in columns.repeatedFields[field] ?? [columns.fields[field]] {
            if let text = cellText(column), !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

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
