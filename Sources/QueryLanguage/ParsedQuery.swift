/// A query as a tree, with remarks on what could not be taken as written.
public struct ParsedQuery: Sendable, Equatable {
    /// What to search for.
    public var root: Query
    /// In order of their columns; empty for a query without oddities.
    public var hints: [QueryHint]
    /// Whether some of it was written with OR, so that a word which has to match is one with a sign or beside another.
    package internal(set) var hasAlternatives = false

    /// Creates a parsed query.
    public init(root: Query, hints: [QueryHint] = []) {
        self.root = root
        self.hints = hints
    }
}

/// Parses a query. Total: every text has a tree, and every word of it that is no operator stands in the tree.
///
/// The language, loosest operator first:
///
///     query       = conjunction { "OR" conjunction }
///     conjunction = run { "AND" run }
///     run         = clause { clause }                      best match: any of the clauses, ranked
///     clause      = [ "+" | "-" | "NOT" ] atom [ "^" number ]
///     atom        = word | "=" word | word "*" | word "~" [ digit ] | phrase [ "~" number ] | "(" query ")"
///                 | field ":" ( word | phrase | "(" query ")" ) | "date:" day [ ".." [ day ] ] | "*"
///
/// Words beside one another bind tightest, as in FTS5: `reward hacking OR specification gaming` has two alternatives
/// of two words each. Operators are upper case. A hyphen inside a word belongs to it (`mesa-optimizer`). Typographic
/// quotation marks count as `"`.
///
/// A bare field that filters (any but ``Query/searchFields``) restricts the clauses beside it, of which one must still
/// match: `author:shah corrigibility` becomes `+author:shah +corrigibility`.
///
/// What cannot be parsed (a lone quotation mark, an unknown field, an operator without operands) is taken as plain
/// words and earns a hint. So does what is beyond a limit (``Query/maximumLength``, ``Query/maximumExpansions``,
/// ``Query/maximumFieldValues``, ``Query/maximumDepth``), so that no text is much work.
///
/// - Parameters:
///   - text: What the user typed.
///   - knownFields: Names that may stand before a colon, in the case they are stored in; matched without regard to
///     ASCII case.
/// - Complexity: O(n) in the length of `text`; the tree is at most ``Query/maximumDepth`` groups deep.
public func parse(_ text: String, knownFields: Set<String>) -> ParsedQuery {
    var parser = QueryParser(text: text, knownFields: knownFields)
    return parser.parse()
}

/// The same where words that stand beside each other have to match: those of a query with OR then are required within each
/// alternative, `a b OR c` being `(a AND b) OR c`. Others stay as they are, for which of them have to match is seen to when all
/// are known.
package func parse(_ text: String, knownFields: Set<String>, requiresWords: Bool) -> ParsedQuery {
    let parsed = parse(text, knownFields: knownFields)
    guard requiresWords, parsed.hasAlternatives else { return parsed }
    var parser = QueryParser(text: text, knownFields: knownFields, requiresWords: true)
    return parser.parse()
}

/// A remark on a part of a query that was not taken as its author may have meant it.
public struct QueryHint: Sendable, Hashable {
    /// Where the part begins: 1-based, in Unicode scalars of the query.
    public var column: Int
    /// What was done and how to write what was meant; a sentence without its full stop.
    public var message: String

    /// A query of pure noise has a hint at every column; nobody reads more than these.
    package static let maximumCount = 16

    /// Creates a hint.
    package init(column: Int, message: String) {
        self.column = column
        self.message = message
    }
}
