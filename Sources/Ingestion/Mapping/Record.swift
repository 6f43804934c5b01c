/// One record of an input, whatever it was written in.
///
/// The fields that the mapping reads are known by their numbers in its `FieldNames`.
protocol Record {
    /// Whether it has a field with a name, whatever its value. Without it, no path that begins with the name leads anywhere.
    func has(_ field: Int) -> Bool
    /// Equivalent to: `text(at: path, joinedBy: separator)`, where the path is the field's name.
    func text(of field: Int, joinedBy separator: String) -> String?
    /// The texts at a path, several joined, or nil when there is none. Objects are no text; white space alone is none.
    func text(at path: FieldPath, joinedBy separator: String) -> String?
    /// The texts at a path, in order, without empty ones.
    func texts(at path: FieldPath) -> [String]
    /// Top-level fields that no path begins with, as text; lists joined by ", ", objects as JSON.
    var otherFields: [(name: String, text: String)] { get }
    /// Names of the top-level fields, for messages.
    var fieldNames: [String] { get }
}
