/// How much a query has used of what a query may have, and the remarks on what is beyond.
struct QueryUse {
    /// What there is a limit for.
    enum Part: Int {
        /// A word that may stand for several.
        case expansion
        /// A value that documents are filtered by.
        case value
        /// The same, an id.
        case id

        var limit: Int {
            switch self {
            case .expansion: Query.maximumExpansions
            case .value: Query.maximumFieldValues
            case .id: Query.maximumIDs
            }
        }

        var hint: String {
            switch self {
            case .expansion: "at most \(limit) words may have * or ~; from here on they are taken as they are written"
            case .value: "a query filters by at most \(limit) values of fields; those from here on are left out"
            case .id: "a query names at most \(limit) ids; those from here on are left out"
            }
        }
    }

    private var counts = [0, 0, 0]
    /// One for each kind of part of which there were too many.
    var hints: [QueryHint] = []

    /// Whether something was left out.
    var isExceeded: Bool { !hints.isEmpty }

    /// Counts one more; false, and a hint the first time, when that is too many.
    mutating func takes(_ part: Part, column: Int) -> Bool {
        counts[part.rawValue] += 1
        if counts[part.rawValue] == part.limit + 1 { hints.append(QueryHint(column: column, message: part.hint)) }
        return counts[part.rawValue] <= part.limit
    }
}

extension QueryParser {
    /// Whether the query may filter by one more value of a field. Fields whose words are searched have no limit of their own.
    mutating func takesValue(of field: String, column: Int) -> Bool {
        Query.searchFields.contains(field) || takes(field == "id" ? .id : .value, column: column)
    }
}
