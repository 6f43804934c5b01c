extension OutputFormat {
    /// RFC 4180 with a header.
    package static let csv = OutputFormat("csv", needs: .table) { report, output in
        // A program gets what there is; what a person looks at must not move the cursor.
        let isSeen = output.layout.isTerminal
        func row(_ cells: [String]) -> String { CSVRow.text(isSeen ? cells.map(VisibleText.block) : cells) }
        try output.write(row(report.columns))
        try report.forEachEntry { entry in
            for cells in entry.rows { try output.write(row(cells.map(\.cell))) }
        }
    }
}

/// One record of RFC 4180.
enum CSVRow {
    /// `fields` separated by commas and ended by CRLF; quoted where they hold a comma, a quotation mark, a line break,
    /// or white space at an end.
    static func text(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        let scalars = field.unicodeScalars
        guard
            scalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" })
                || scalars.first == " " || scalars.last == " "
        else { return field }
        var result = "\""
        for scalar in scalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
