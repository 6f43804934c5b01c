/// Where a field's text comes from, and what is done to it: `.path("title")`, or in short `"title"`.
public struct FieldSource: Sendable, Hashable {
    indirect enum Origin: Sendable, Hashable {
        case path(FieldPath)
        case template(TextTemplate)
        case constant(String)
        case joined([FieldSource])
    }

    var origin: Origin
    /// The mark-up to take out, or nil for what the format says (`$text` of a Markdown file is Markdown).
    public var markup: TextMarkup?
    /// Put between several values; nil for what the field has by itself.
    public var separator: String?
    /// What one text is cut at into several (tags, authors).
    public var split: String?
    /// Whether names are written `Family, Given`.
    public var isFamilyFirst = false

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

extension FieldSource: ExpressibleByStringLiteral {
    /// What lies at a path of the record.
    public static func path(
        _ path: FieldPath, markup: TextMarkup? = nil, separator: String? = nil, split: String? = nil
    ) -> FieldSource {
        FieldSource(.path(path), markup: markup, separator: separator, split: split)
    }

    /// A text with fields of the record in it.
    public static func template(_ template: TextTemplate, markup: TextMarkup? = nil) -> FieldSource {
        FieldSource(.template(template), markup: markup)
    }

    /// Always the same text.
    public static func constant(_ text: String) -> FieldSource { FieldSource(.constant(text)) }

    /// Those of the parts that are not empty, one after the other.
    public static func joined(_ parts: [FieldSource], separator: String? = nil) -> FieldSource {
        FieldSource(.joined(parts), separator: separator)
    }

    /// What lies at a path of the record; traps when the literal is no path.
    public init(stringLiteral path: String) { self = .path(FieldPath(stringLiteral: path)) }

    private init(_ origin: Origin, markup: TextMarkup? = nil, separator: String? = nil, split: String? = nil) {
        self.init(origin)
        self.markup = markup
        self.separator = separator
        self.split = split
    }
}
