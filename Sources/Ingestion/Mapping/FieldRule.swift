/// A field: the first of its alternatives that is not empty.
public struct FieldRule: Sendable, Hashable {
    var alternatives: [FieldSource] = []

    /// All paths that are read.
    var paths: [FieldPath] { alternatives.flatMap(\.paths) }
}

/// Where a field's text comes from, and what is done to it.
public struct FieldSource: Sendable, Hashable {
    indirect enum Origin: Sendable, Hashable {
        case path(FieldPath)
        case template(TextTemplate)
        case constant(String)
        case joined([FieldSource])
    }

    var origin: Origin
    /// The mark-up to take out, or nil for what the format says (`$text` of a Markdown file is Markdown).
    var markup: TextMarkup?
    /// Put between several values; nil for what the field has by itself.
    var separator: String?
    /// What one text is cut at into several (tags, authors).
    var split: String?
    /// Whether names are written `Family, Given`.
    var isFamilyFirst = false

    init(_ origin: Origin) { self.origin = origin }

    /// All paths that are read.
    var paths: [FieldPath] {
        switch origin {
        case .path(let path): [path]
        case .template(let template): template.paths
        case .constant: []
        case .joined(let parts): parts.flatMap(\.paths)
        }
    }
}
