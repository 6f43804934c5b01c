/// How one document is made of a record.
public struct DocumentRule: Sendable, Hashable {
    /// When a record gives this document.
    enum Need: String, Sendable, CaseIterable {
        /// When it has a body.
        case body
        /// When it has a title.
        case title
        /// When it has either; a record with neither is reported.
        case any
    }

    /// Which of the record's fields are kept besides the mapped ones.
    enum Metadata: Sendable, Hashable {
        case others
        case none
        case fields([NamedRule])
    }

    /// A metadata field and where it comes from.
    struct NamedRule: Sendable, Hashable {
        var name: String
        var rule: FieldRule
    }

    /// Kept as the metadata field `kind`, and part of the id when the record has none of its own.
    var kind: String?
    var needs: Need = .any
    var id = FieldRule()
    var title = FieldRule()
    var body = FieldRule()
    var author = FieldRule()
    var date = FieldRule()
    var url = FieldRule()
    var tags = FieldRule()
    var metadata: Metadata = .others

    var paths: [FieldPath] {
        var rules = [id, title, body, author, date, url, tags]
        if case .fields(let named) = metadata { rules += named.map(\.rule) }
        return rules.flatMap(\.paths)
    }
}
