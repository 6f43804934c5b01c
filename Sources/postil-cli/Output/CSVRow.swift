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
