/// Names of people as bibliographies write them.
enum PersonName {
    /// `Martin, Samuel Dylan` as `Samuel Dylan Martin`; a name without a comma is an organisation's, or right already.
    static func givenFirst(_ name: String) -> String {
        let parts = name.split(separator: ",", maxSplits: 1)
        guard parts.count == 2 else { return name }
        let (family, given) = (String(parts[0]).trimmed, String(parts[1]).trimmed)
        return given.isEmpty ? family : "\(given) \(family)"
    }
}
