import Postil

/// Which known word somebody may have meant by one that is not known.
enum Suggestion {
    /// The nearest of `words`, if it is near: one edit in a short word, two in others, a swap of neighbours being one.
    static func nearest(to word: String, among words: [String]) -> String? {
        let scalars = Array(word.lowercased().unicodeScalars)
        for limit in 0...(scalars.count < 5 ? 1 : 2) {
            if let near = words.first(where: { EditDistance.isWithin(limit, scalars, Array($0.unicodeScalars)) }) {
                return near
            }
        }
        return nil
    }

    /// `; did you mean “search”?`, or nothing.
    static func text(for word: String, among words: [String]) -> String {
        nearest(to: word, among: words).map { "; did you mean “\($0)”?" } ?? ""
    }
}

extension [String] {
    /// `text`, `text and json`, `text, json and csv`.
    ///
    /// - Parameter conjunction: What stands before the last of several.
    func listed(_ conjunction: String) -> String {
        guard count > 1, let last else { return joined() }
        return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
    }
}
