/// How one document is made of a record.
public struct DocumentRule: Sendable, Hashable {
    /// When a record gives this document.
    public enum Need: String, Sendable, CaseIterable {
        /// When it has a body.
        case body
        /// When it has a title.
        case title
        /// When it has either; a record with neither is reported.
        case any
    }

    /// Which of the record's fields are kept besides the mapped ones.
    public enum Metadata: Sendable, Hashable {
        /// All others, under their own names.
        case others
        /// None.
        case none
        /// These.
        case fields([NamedRule])
    }

    /// A metadata field and where it comes from.
    public struct NamedRule: Sendable, Hashable {
        /// What it is called in the index.
        public var name: String
        /// Where it comes from.
        public var rule: FieldRule

        /// Names a field.
        public init(name: String, rule: FieldRule) {
            self.name = name
            self.rule = rule
        }
    }

    /// Kept as the metadata field `kind`, and part of the id when the record has none of its own.
    public var kind: String?
    /// When a record gives this document.
    public var needs: Need = .any
    /// What users know it by; without it, it is called after its file and place.
    public var id = FieldRule()
    /// Its title.
    public var title = FieldRule()
    /// Its text.
    public var body = FieldRule()
    /// A text that stands before that, unless it is that or a part of it.
    package var abstract = FieldRule()
    /// Who wrote it; several are joined.
    public var author = FieldRule()
    /// When it was written.
    public var date = FieldRule()
    /// Where it can be read.
    public var url = FieldRule()
    /// What it is about.
    public var tags = FieldRule()
    /// What else is kept.
    public var metadata: Metadata = .others

    /// Makes a rule. A field that is not given has no source, unlike in YAML, where it has the usual ones:
    /// `RecordMapping.usual.documents[0]` is a rule with all of them, to be changed.
    public init(
        kind: String? = nil, needs: Need = .any, id: FieldRule = [], title: FieldRule = [], body: FieldRule = [],
        author: FieldRule = [], date: FieldRule = [], url: FieldRule = [], tags: FieldRule = [],
        metadata: Metadata = .others
    ) {
        self.kind = kind
        self.needs = needs
        self.id = id
        self.title = title
        self.body = body
        self.author = author
        self.date = date
        self.url = url
        self.tags = tags
        self.metadata = metadata
    }

    var paths: [FieldPath] {
        var rules = [id, title, body, abstract, author, date, url, tags]
        if case .fields(let named) = metadata { rules += named.map(\.rule) }
        return rules.flatMap(\.paths)
    }
}

/// A field: the first of its alternatives that is not empty.
public struct FieldRule: Sendable, Hashable {
    /// Tried in order.
    public var alternatives: [FieldSource]

    /// Makes a rule; one without alternatives gives nothing.
    public init(alternatives: [FieldSource] = []) { self.alternatives = alternatives }

    /// All paths that are read.
    var paths: [FieldPath] { alternatives.flatMap(\.paths) }
}

extension FieldRule: ExpressibleByArrayLiteral {
    /// `["title", .template("{name} of {year}")]`.
    public init(arrayLiteral alternatives: FieldSource...) { self.init(alternatives: alternatives) }
}
