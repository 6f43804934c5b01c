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
}
