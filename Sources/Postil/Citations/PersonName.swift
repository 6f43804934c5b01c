/// A name out of a list of authors, taken apart as bibliographies need it.
///
///     PersonName.list("Evan Hubinger, Chris van Merwijk and OpenAI")
///
/// gives *Hubinger, Evan*, *van Merwijk, Chris* and the organisation *OpenAI*.
public struct PersonName: Sendable, Hashable {
    /// The family name; of organisations, and people with one name, all of it.
    public var family: String
    /// Given names, or an empty string.
    public var given = ""
    /// What stands before the family name and belongs to it: `van`, `de la`.
    public var particle = ""
    /// What stands behind it: `Jr.`, `III`.
    public var suffix = ""
    /// Whether ``family`` is to be printed as it is: an organisation, a pseudonym, a name in a script without blanks.
    public var isLiteral = false

    private init(family: String) { self.family = family }

    /// A name that is printed as it is.
    public static func literal(_ name: String) -> PersonName {
        var result = PersonName(family: name)
        result.isLiteral = true
        return result
    }

    /// The names of a list, in order, and whether it says that there are more ("et al.").
    ///
    /// Lists are separated by semicolons, or else by commas, "and" and "&". One comma between what can be a family name and
    /// given names is that of `Shah, Rohin`. Marks of footnotes are left out.
    ///
    /// - Complexity: O(n).
    public static func list(_ text: String) -> (names: [PersonName], hasOthers: Bool) {
        var hasOthers = false
        var names: [PersonName] = []
        func add(_ part: some StringProtocol, isFamilyFirst: Bool) {
            let words = clean(part).split(whereSeparator: \.isWhitespace).map(String.init)
            guard !words.isEmpty else { return }
            if ["et al", "et al.", "others", "and others", "et. al."].contains(
                words.joined(separator: " ").lowercased())
            {
                hasOthers = true
                return
            }
            var shown = words
            if shown.count > 2, shown.suffix(2).joined(separator: " ").lowercased().hasPrefix("et al") {
                hasOthers = true
                shown.removeLast(2)
            }
            names.append(isFamilyFirst ? familyFirst(shown.joined(separator: " ")) : name(shown))
        }
        let groups = text.split(separator: ";")
        for group in groups {
            let commas = group.split(separator: ",", omittingEmptySubsequences: false).map { clean($0) }
            let isOneName =
                commas.count > 1 && commas.contains { !$0.isEmpty }
                && (groups.count > 1 || isFamilyAndGiven(commas))
                && !commas.contains { $0.lowercased().hasPrefix("and ") || $0.contains(" and ") || $0.contains(" & ") }
            if isOneName {
                add(group, isFamilyFirst: true)
                continue
            }
            var parts: [String] = []
            for comma in commas {
                for part in split(comma, at: [" and ", " & ", " with "]) {
                    let bare = part.hasPrefix("and ") ? String(part.dropFirst(4)) : part
                    // "Martin Luther King, Jr." is one name in a list of names.
                    if suffixes.contains(bare.lowercased()), let last = parts.last {
                        parts[parts.count - 1] = last + " " + bare
                    } else {
                        parts.append(bare)
                    }
                }
            }
            for part in parts { add(part, isFamilyFirst: false) }
        }
        return (names, hasOthers)
    }

    /// The name as it is written: `Chris van Merwijk`.
    public var text: String { [given, particle, family, suffix].filter { !$0.isEmpty }.joined(separator: " ") }

    // MARK: Taking apart

    private static let suffixes: Set<String> = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"]
    /// Words of names that are no people's.
    private static let organisationWords: Set<String> = [
        "academy", "agency", "alliance", "association", "center", "centre", "commission", "committee", "community",
        "company",
        "corporation", "council", "department", "editors", "foundation", "group", "inc", "inc.", "initiative",
        "institute",
        "laboratory", "lab", "labs", "ltd", "ltd.", "network", "organization", "organisation", "project", "research",
        "school",
        "society", "staff", "team", "university",
    ]

    /// Without blanks around it and marks of footnotes.
    private static func clean(_ text: some StringProtocol) -> String {
        var text = text[...]
        while let first = text.first, first.isWhitespace || "*†‡§¶".contains(first) { text.removeFirst() }
        while let last = text.last, last.isWhitespace || "*†‡§¶".contains(last) { text.removeLast() }
        return String(text)
    }

    private static func split(_ text: String, at separators: [String]) -> [String] {
        var parts = [text]
        for separator in separators {
            parts = parts.flatMap { $0.split(separator: separator).map { clean($0) } }
        }
        return parts.filter { !$0.isEmpty }
    }

    /// Whether parts between commas are one name in the order of catalogues: `Shah, Rohin`, `van Merwijk, C.`, `King, M. L., Jr.`
    private static func isFamilyAndGiven(_ parts: [String]) -> Bool {
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return false }
        if parts.count == 3, !parts.dropFirst().contains(where: { suffixes.contains($0.lowercased()) }) { return false }
        let family = parts[0].split(separator: " ")
        let given = parts[1].split(separator: " ")
        // Two pseudonyms are two people; so are two names of several words.
        let isFamily =
            family.last?.first?.isUppercase == true && family.dropLast().allSatisfy { $0.first?.isLowercase == true }
        return isFamily && given.count <= 3 && given.allSatisfy { $0.first?.isUppercase == true }
            && !suffixes.contains(parts[1].lowercased()) && !organisationWords.contains(parts[1].lowercased())
            && (given.count == 1 || given.dropFirst().allSatisfy { $0.count <= 2 || $0.hasSuffix(".") })
    }

    private static func familyFirst(_ text: String) -> PersonName {
        var parts = text.split(separator: ",").map { clean($0) }.filter { !$0.isEmpty }
        guard parts.count > 1 else { return name(text.split(separator: " ").map(String.init)) }
        var result = PersonName(family: "")
        if let place = parts.indices.dropFirst().first(where: { suffixes.contains(parts[$0].lowercased()) }) {
            result.suffix = parts.remove(at: place)
        }
        let family = parts[0].split(separator: " ").map(String.init)
        let particles = family.dropLast().prefix { $0.first?.isLowercase == true }
        result.particle = particles.joined(separator: " ")
        result.family = family.dropFirst(particles.count).joined(separator: " ")
        result.given = parts.dropFirst().joined(separator: " ")
        return result
    }

    private static func name(_ words: [String]) -> PersonName {
        var words = words
        let whole = words.joined(separator: " ")
        guard words.count > 1, !words.contains(where: { organisationWords.contains($0.lowercased()) }),
            words[0].first?.isLetter == true
        else { return .literal(whole) }
        var result = PersonName(family: "")
        if words.count > 2, suffixes.contains(words[words.count - 1].lowercased()) {
            result.suffix = words.removeLast()
        }
        // The family name begins with the first small word behind the given names, or is the last word.
        var start = words.count - 1
        if words[0].first?.isUppercase == true,
            let particle = words.indices.dropFirst().dropLast().first(where: { words[$0].first?.isLowercase == true })
        {
            let particles = words[particle..<words.count - 1].prefix { $0.first?.isLowercase == true }
            result.particle = particles.joined(separator: " ")
            start = particle + particles.count
            result.given = words[..<particle].joined(separator: " ")
        } else {
            result.given = words[..<start].joined(separator: " ")
        }
        result.family = words[start...].joined(separator: " ")
        return result
    }
}
