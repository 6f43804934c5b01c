/// Where and why text is not JSON.
struct JSONError: Error, Equatable {
    /// Bytes before the place.
    var offset: Int
    var reason: String
}
