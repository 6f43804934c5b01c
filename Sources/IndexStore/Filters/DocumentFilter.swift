import GRDB

/// A condition on what is known about a document, apart from its text.
public indirect enum DocumentFilter: Sendable, Hashable {
    /// What of a document is compared.
    public enum Field: Sendable, Hashable {
        /// The authors' names.
        case author
        /// Where the original is.
        case url
        /// The path of the file it was read from.
        case source
        /// The tags, one by one.
        case tag
        /// The metadata value of that name.
        case metadata(String)
    }

    /// The field has all words of the text, in any order, whole and folded; the last one may be the beginning of a word when
    /// `isBeginning`. A tag is the whole text, or nested in it (`project/alpha` in `project`); of `*/alpha` it has the words.
    case words(Field, String, isBeginning: Bool)
    /// The id that users cite is just this text, the case of ASCII letters aside, or begins so when `isBeginning`.
    case id(String, isBeginning: Bool = false)
    /// The document is what a pasted text names: its id or that with its source, its URL with or without scheme, `www.` and
    /// the slash at its end, or its file by name or the end of its path.
    case named(PastedName)
    /// The date lies in a range, both ends included. A bound covers all it is the beginning of: up to `2019` is up to the
    /// last moment of 2019.
    case date(lower: String?, upper: String?)
    /// The metadata value of that name is a number in the range.
    case number(String, NumberRange)
    /// All of these hold.
    case all([DocumentFilter])
    /// At least one of these holds.
    case any([DocumentFilter])
    /// This does not hold.
    case not(DocumentFilter)

    /// The condition in SQL, over table `documents`.
    var sql: SQL {
        switch self {
        case .words(.author, let text, let isBeginning):
            return "postil_field(author, \(text), \(isBeginning))"
        case .words(.url, let text, let isBeginning):
            return "postil_field(url, \(text), \(isBeginning))"
        case .words(.source, let text, let isBeginning):
            return "source IN (SELECT id FROM sources WHERE postil_field(path, \(text), \(isBeginning)))"
        case .words(.tag, let text, let isBeginning):
            return
                "EXISTS (SELECT 1 FROM json_each(iif(json_valid(tags), tags, '[]')) WHERE postil_tag(value, \(text), \(isBeginning)))"
        case .words(.metadata(let name), let text, let isBeginning):
            let whole: SQL = """
                EXISTS (SELECT 1 FROM json_each(iif(json_valid(metadata), metadata, '{}'))
                  WHERE key = \(name) COLLATE NOCASE AND postil_field(value, \(text), \(isBeginning)))
                """
            return Self.either(whole, name) { "postil_field(part.value, \(text), \(isBeginning))" }
        case .id(let text, let isBeginning):
            return isBeginning
                ? "(substr(external_id, 1, length(\(text))) = \(text) COLLATE NOCASE)"
                : "(external_id = \(text) COLLATE NOCASE)"
        case .named(let name):
            return name.sql
        case .date(let lower, let upper):
            var parts: [SQL] = ["date IS NOT NULL"]
            if let lower { parts.append("date >= \(lower)") }
            // U+10FFFF sorts behind everything that can continue the bound.
            if let upper { parts.append("date <= \(upper + "\u{10FFFF}")") }
            return "(\(parts.joined(operator: .and)))"
        case .number(let name, let range):
            let (lower, upper) = (range.lower, range.upper)
            let whole: SQL = """
                EXISTS (SELECT 1 FROM json_each(iif(json_valid(metadata), metadata, '{}'))
                  WHERE key = \(name) COLLATE NOCASE
                    AND postil_number(value, \(lower), \(range.includesLower), \(upper), \(range.includesUpper)))
                """
            return Self.either(whole, name) {
                "postil_number(part.value, \(lower), \(range.includesLower), \(upper), \(range.includesUpper))"
            }
        case .all(let parts):
            return parts.isEmpty ? "TRUE" : DocumentFilter.joined(parts[...], by: .and)
        case .any(let parts):
            return parts.isEmpty ? "FALSE" : DocumentFilter.joined(parts[...], by: .or)
        case .not(let part):
            return "NOT coalesce(\(part.sql), FALSE)"
        }
    }

    /// A condition on metadata of a name, or the same on `part.value`, what JSON has at the place that the name leads to (`obj.k`).
    private static func either(_ whole: SQL, _ name: String, _ condition: () -> SQL) -> SQL {
        let nested = NestedValue.places(of: name).map { place -> SQL in
            """
            EXISTS (SELECT 1 FROM json_each(iif(json_valid(metadata), metadata, '{}')) AS member,
                json_each(postil_nested(member.value, \(place.path.joined(separator: ".")))) AS part
              WHERE member.key = \(place.name) COLLATE NOCASE AND \(condition()))
            """
        }
        return nested.isEmpty ? whole : "(\(([whole] + nested).joined(operator: .or)))"
    }

    /// Conditions as a tree no deeper than it has to be: SQLite takes a chain of a thousand for too deep.
    private static func joined(_ parts: ArraySlice<DocumentFilter>, by joiner: SQLExpression.AssociativeBinaryOperator)
        -> SQL
    {
        if parts.count == 1 { return parts[parts.startIndex].sql }
        let middle = parts.startIndex + parts.count / 2
        let halves = [joined(parts[..<middle], by: joiner), joined(parts[middle...], by: joiner)]
        return "(\(halves.joined(operator: joiner)))"
    }
}

/// Numbers between two bounds.
public struct NumberRange: Sendable, Hashable {
    /// The least number; nil for none.
    public let lower: Double?
    /// The greatest number; nil for none.
    public let upper: Double?
    /// Whether the least number is in it.
    public let includesLower: Bool
    /// Whether the greatest number is in it.
    public let includesUpper: Bool

    /// Creates a range.
    public init(lower: Double?, upper: Double?, includesLower: Bool = true, includesUpper: Bool = true) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower
        self.includesUpper = includesUpper
    }

    /// Whether a text is a number in it.
    func has(_ text: String) -> Bool { ValueOrder.number(text).map { !isAbove($0) && !isBelow($0) } ?? false }

    /// Whether all of the range is above a number.
    func isAbove(_ number: Double) -> Bool { lower.map { includesLower ? number < $0 : number <= $0 } ?? false }

    /// Whether all of the range is below a number.
    func isBelow(_ number: Double) -> Bool { upper.map { includesUpper ? number > $0 : number >= $0 } ?? false }
}
