/// How many documents have each value of a field.
public struct Facet: Sendable, Hashable {
    /// A value.
    public struct Value: Sendable, Hashable {
        /// The value.
        public let value: String
        /// Documents that have it.
        public let count: Int
    }

    /// The field's name as it was asked for.
    public let field: String
    /// The values of most documents first; equally frequent ones in their own order. At most as many as were asked for.
    public let values: [Value]
    /// How many different values there are.
    public let valueCount: Int
    /// Documents that have no value.
    public let without: Int
}

/// How hits are grouped: by the value of a field, the group of the best hit first, and of each group its best hits.
///
/// A document with several tags is in the group of the first of its tags that has none yet. Documents without a value are a
/// group of their own.
public struct Grouping: Sendable, Hashable {
    /// The field: `author`, `source`, `tag`, `date`, `year`, or a name of metadata.
    public var field: String
    /// Most hits of a group.
    public var perGroup: Int

    /// Groups by a field.
    public init(field: String, perGroup: Int = 2) {
        self.field = field
        self.perGroup = perGroup
    }
}

/// Hits with the same value of a field.
public struct HitGroup: Sendable, Hashable {
    /// The value; nil for documents without one.
    public let value: String?
    /// Documents of the group that match.
    public let count: Int
    /// Where its hits stand in ``SearchResults/hits``.
    public let hits: Range<Int>
}

/// A field that an index does not have, or not for what was asked.
public struct UnknownField: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name.
    public let name: String
    /// The names that there are.
    public let known: [String]

    /// Says so.
    public var description: String { "there is no field “\(name)”; there are " + known.joined(separator: ", ") }
}
