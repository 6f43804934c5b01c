import ArgumentParser

/// How results are printed. Means the same for every command that has it.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// For people.
    case text
    /// One document with `format_version`, indented.
    case json
    /// One JSON value a line.
    case jsonl
    /// RFC 4180 with a header.
    case csv
    /// A TREC run: `qid Q0 id rank score tag`.
    case trec
    /// Document ids, one a line.
    case ids

    // The parser's own way goes through key paths, which takes a twentieth of a short search.
    static let allValueStrings = allCases.map { $0.rawValue }
    static let allValueDescriptions: [String: String] = [:]
}
