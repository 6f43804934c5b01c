/// A command was asked for something it does not do.
struct UsageError: Error, CustomStringConvertible {
    /// What is wrong and what to do instead.
    var description: String

    init(_ description: String) { self.description = description }
}
