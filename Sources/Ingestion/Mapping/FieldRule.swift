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
