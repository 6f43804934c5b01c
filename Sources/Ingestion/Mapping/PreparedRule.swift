/// A document's rule made ready for many records.
///
/// A class, so that looking at it for a record counts one reference and not one for each of its parts.
final class PreparedRule: Sendable {
    enum Metadata: Sendable {
        case others
        case none
        case fields([(name: String, field: PreparedField)])
    }

    let kind: String?
    let needs: DocumentRule.Need
    let id, title, body, abstract, author, date, url, tags: PreparedField
    let metadata: Metadata
    /// The fields of `names` that are alternatives to others, and nothing else here: where another is taken, they are
    /// metadata like those that the mapping does not name.
    let spareFields: [Int]

    /// Prepares a rule; `others` are those of the same mapping.
    init(_ rule: DocumentRule, others: [DocumentRule], names: FieldNames) {
        kind = rule.kind
        needs = rule.needs
        id = PreparedField(rule.id, names: names)
        title = PreparedField(rule.title, names: names)
        body = PreparedField(rule.body, names: names)
        abstract = PreparedField(rule.abstract, names: names)
        author = PreparedField(rule.author, names: names)
        date = PreparedField(rule.date, names: names)
        url = PreparedField(rule.url, names: names)
        tags = PreparedField(rule.tags, names: names)
        metadata =
            switch rule.metadata {
            case .others: .others
            case .none: .none
            case .fields(let named): .fields(named.map { ($0.name, PreparedField($0.rule, names: names)) })
            }
        spareFields = rule.metadata == .others ? Self.spareFields(rule, others: others, names: names) : []
    }

    private static func spareFields(_ rule: DocumentRule, others: [DocumentRule], names: FieldNames) -> [Int] {
        var (alternatives, needed): (Set<Int>, Set<Int>) = ([], [])
        func numbers(_ paths: [FieldPath]) -> [Int] { paths.compactMap(\.firstName).compactMap(names.number) }
        for field in [rule.id, rule.title, rule.body, rule.abstract, rule.author, rule.date, rule.url, rule.tags] {
            for source in field.alternatives {
                if case .path(let path) = source.origin, field.alternatives.count > 1 {
                    alternatives.formUnion(numbers([path]))
                } else if field != rule.abstract {
                    needed.formUnion(numbers(source.paths))
                }
            }
        }
        // Another document is made of them.
        needed.formUnion(numbers(others.flatMap(\.paths)))
        return alternatives.subtracting(needed).filter { $0 < MappingFields.capacity }.sorted()
    }
}

/// Fields of a mapping by their numbers.
struct MappingFields: Hashable {
    /// Numbers it has room for. Mappings name a dozen fields.
    static let capacity = UInt64.bitWidth
    private var bits: UInt64 = 0

    /// Adds a field; one that it has no room for is left out.
    @inline(__always)
    mutating func insert(_ number: Int) { if number < Self.capacity { bits |= 1 << UInt64(number) } }

    /// Adds the fields of another.
    mutating func formUnion(_ other: MappingFields) { bits |= other.bits }

    /// Whether another has all its fields, and it has any.
    func isSubset(of other: MappingFields) -> Bool { bits != 0 && bits & ~other.bits == 0 }

    /// Whether it has a field.
    @inline(__always)
    func contains(_ number: Int) -> Bool { number < Self.capacity && bits & 1 << UInt64(number) != 0 }
}

/// A field's rule, its alternatives told apart before a record is looked at: most records lack most of them, and that should
/// take no more than a look at the record's fields.
struct PreparedField: Sendable {
    /// What an alternative reads. Holds no reference, since a copy of it would count that.
    enum Alternative: Sendable {
        /// The field with a number as it stands.
        case field(Int)
        /// Something that only a record with this field has.
        case within(Int)
        /// The text that a file is.
        case text
        /// What else the reader knows.
        case known(FieldPath.Known)
        /// Anything else.
        case other

        /// Notes the field it reads, if it is one, as taken.
        @inline(__always)
        func note(in taken: inout MappingFields) {
            switch self {
            case .field(let number), .within(let number): taken.insert(number)
            case .text, .known, .other: break
            }
        }
    }

    let alternatives: [Alternative]
    let sources: [FieldSource]

    init(_ rule: FieldRule, names: FieldNames) {
        sources = rule.alternatives
        alternatives = rule.alternatives.map { source in
            guard case .path(let path) = source.origin else { return .other }
            if let known = path.known, source.markup == nil { return known == .text ? .text : .known(known) }
            guard let name = path.firstName, let number = names.number(of: name) else { return .other }
            let isPlain = source.markup == nil || source.markup == .text
            return path.onlyName != nil && isPlain && source.separator == nil ? .field(number) : .within(number)
        }
    }
}
