/// Why an input cannot be read, without its path: the caller knows which it was reading.
struct ReadingError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
