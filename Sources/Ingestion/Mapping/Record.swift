/// One record of an input, whatever it was written in.
protocol Record {
    /// The texts at a path, several joined, or nil when there is none. Objects are no text; white space alone is none.
    func text(at path: FieldPath, joinedBy separator: String) -> String?
    /// The texts at a path, in order, without empty ones.
    func texts(at path: FieldPath) -> [String]
    /// Top-level fields whose names are not among `excluded`, as text; lists joined by ", ", objects as JSON.
    func fields(except excluded: Set<String>) -> [(name: String, text: String)]
    /// Names of the top-level fields, for messages.
    var fieldNames: [String] { get }
}
