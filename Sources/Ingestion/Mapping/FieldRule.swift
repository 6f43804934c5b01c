/// A field: the first of its alternatives that is not empty.
public struct FieldRule: Sendable, Hashable {
    var alternatives: [FieldSource] = []

    /// All paths that are read.
    var paths: [FieldPath] { alternatives.flatMap(\.paths) }
}
