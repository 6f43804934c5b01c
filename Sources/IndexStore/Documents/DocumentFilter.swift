import GRDB

/// A condition on what is known about a document, apart from its text.
public indirect enum DocumentFilter: Sendable, Hashable {
    /// A column that holds one text.
    public enum Column: String, Sendable, Hashable, CaseIterable {
        /// The authors' names.
        case author
        /// Where the original is.
        case url
        /// The id users cite.
        case externalID = "external_id"
    }

    /// The column has the text in it, letter case aside.
    case contains(Column, String)
    /// The column is just this text, letter case aside.
    case equals(Column, String)
    /// One of the tags is just this text, letter case aside.
    case tag(String)
    /// The source's path has the text in it.
    case source(String)
    /// The metadata value of that name has the text in it, letter case aside.
    case metadata(String, String)
    /// The date lies in a range, both ends included. A bound covers all it is the beginning of: up to `2019` is up to the
    /// last moment of 2019.
    case date(lower: String?, upper: String?)
    /// All of these hold.
    case all([DocumentFilter])
    /// At least one of these holds.
    case any([DocumentFilter])
    /// This does not hold.
    case not(DocumentFilter)

    /// The condition in SQL, over table `documents`.
    var sql: SQL {
        switch self {
        case .contains(let column, let text):
            return "(\(sql: column.rawValue) LIKE \(DocumentFilter.pattern(containing: text)) ESCAPE '\\')"
        case .equals(let column, let text):
            return "(\(sql: column.rawValue) = \(text) COLLATE NOCASE)"
        case .tag(let text):
            return "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = \(text) COLLATE NOCASE)"
        case .source(let text):
            let pattern = DocumentFilter.pattern(containing: text)
            return "source IN (SELECT id FROM sources WHERE path LIKE \(pattern) ESCAPE '\\')"
        case .metadata(let name, let text):
            let pattern = DocumentFilter.pattern(containing: text)
            return """
                EXISTS (SELECT 1 FROM json_each(metadata)
                  WHERE key = \(name) COLLATE NOCASE AND value LIKE \(pattern) ESCAPE '\\')
                """
        case .date(let lower, let upper):
            var parts: [SQL] = ["date IS NOT NULL"]
            if let lower { parts.append("date >= \(lower)") }
            // U+10FFFF sorts behind everything that can continue the bound.
            if let upper { parts.append("date <= \(upper + "\u{10FFFF}")") }
            return "(\(parts.joined(operator: .and)))"
        case .all(let parts):
            return parts.isEmpty ? "TRUE" : "(\(parts.map(\.sql).joined(operator: .and)))"
        case .any(let parts):
            return parts.isEmpty ? "FALSE" : "(\(parts.map(\.sql).joined(operator: .or)))"
        case .not(let part):
            return "NOT coalesce(\(part.sql), FALSE)"
        }
    }

    private static func pattern(containing text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return "%\(escaped)%"
    }
}
