/// The English contractions and abbreviations that are one term each (`didn't` is *didnt*, `e.g.` is *eg*), by their parts.
///
/// Texts are not indexed by these parts: nobody writes *didn* or *ve*, and *don* and *we* would be found in every letter. But
/// whoever takes words from a text by a pattern such as `\w+` looks for them.
package enum EnglishContractions {
    /// The contractions and abbreviations that a word is a part of; case does not matter.
    ///
    /// - Complexity: O(1); a word longer than ``longestPart`` takes a comparison.
    package static func wholes(of part: String) -> [String] {
        guard part.utf8.count <= longestPart else { return [] }
        return byPart[part.lowercased()] ?? []
    }

    /// Of `shouldn`, in bytes.
    private static let longestPart = 7

    private static let byPart: [String: [String]] = {
        var byPart: [String: [String]] = [:]
        for whole in all {
            let parts = whole.lowercased().split { $0 == "'" || $0 == "." }
            for part in Set(parts) { byPart[String(part), default: []].append(whole) }
        }
        return byPart
    }()

    private static let all: [String] = {
        let negated = [
            "ai", "are", "ca", "could", "dare", "did", "does", "do", "had", "has", "have", "is", "might", "must",
            "need",
            "ought", "sha", "should", "was", "were", "wo", "would",
        ].map { $0 + "n't" }
        let have = ["I", "you", "we", "they", "who", "could", "might", "must", "should", "would"].map { $0 + "'ve" }
        let are = ["you", "we", "they", "who", "there", "what"].map { $0 + "'re" }
        let persons = ["I", "you", "he", "she", "it", "we", "they", "that", "there", "who"]
        let will = persons.map { $0 + "'ll" }
        let would = persons.map { $0 + "'d" }
        let abbreviations = ["e.g", "i.e", "a.m", "p.m", "a.k.a", "U.S", "U.K", "E.U", "U.N", "w.r.t", "i.i.d"]
        return negated + ["can't", "I'm"] + have + are + will + would + abbreviations
    }()
}
