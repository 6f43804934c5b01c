/// A DOI as people write it, and as it is.
package enum DigitalObjectIdentifier {
    private static let beginnings = [
        "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "dx.doi.org/",
        "doi:",
        "doi ",
    ]

    /// `10.1093/abc` of `https://doi.org/10.1093/abc`, `doi:10.1093/abc` or of itself. Text that is no DOI stays as it is.
    package static func plain(_ text: String) -> String {
        var rest = trimmed(text)
        // `doi:https://doi.org/…` has been seen.
        while let beginning = beginnings.first(where: { rest.lowercased().hasPrefix($0) }) {
            rest = trimmed(rest.dropFirst(beginning.count))
        }
        return rest.hasPrefix("10.") ? String(rest) : String(trimmed(text))
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
