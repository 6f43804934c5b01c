/// A configuration that cannot be used, with the place to mend.
struct SettingError: Error, CustomStringConvertible, Equatable {
    /// The file with line, the variable, or the flag.
    var place: String
    var reason: String

    var description: String { "\(place): \(reason)" }
}
