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

    init(family: String) { self.family = family }

    /// A name that is printed as it is.
    public static func literal(_ name: String) -> PersonName {
        var result = PersonName(family: name)
        result.isLiteral = true
        return result
    }

    /// The names of a list, in order, and whether it says that there are more ("et al.").
    ///
    /// Names are separated by semicolons, or else by commas, "and" and "&". Commas that stand between family and given names are
    /// told from these by what stands around them: `Shah, Rohin`; `Smith, John and Roe, Jane`; `Smith, J., & Doe, A.`; `Smith J, Lee BC`.
    /// What is all there is and has a family name of one word before the comma is one person: `Mill, John Stuart`. Newspapers,
    /// companies and offices stay whole: `The Guardian`, `BBC News`, `Bank of England`.
    /// Titles, degrees, addresses of mail, remarks in brackets and marks of footnotes are no part of a name. What stands in
    /// braces, or has no-break spaces in place of blanks, is not taken apart.
    ///
    /// - Complexity: O(n).
    public static func list(_ text: String) -> (names: [PersonName], hasOthers: Bool) {
        PersonNames.list(text)
    }

    /// The name as people say it: `Chris van Merwijk`; `山田 太郎`, where the family name is said first.
    public var text: String {
        let parts = NameWord.isEastAsian(family) ? [family, given] : [given, particle, family, suffix]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The name as catalogues sort it: `van Merwijk, Chris`; `King, Jr., Martin Luther`.
    package var catalogueText: String {
        let last = [particle, family].filter { !$0.isEmpty }.joined(separator: " ")
        return [last, suffix, given].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension PersonName {
    /// The name as catalogues sort it, its parts held together by no-break spaces, so that nothing takes it apart.
    var boundText: String {
        func bound(_ text: String) -> String { text.replacing(" ", with: "\u{A0}") }
        if isLiteral {
            // `Acme, Inc.` is known by its comma.
            let isCompany = family.split(separator: " ").last.map { NameWord.isCompanyForm(String($0)) } == true
            return family.contains(",") && !isCompany
                ? "{" + family + "}" : bound(family).replacing(",\u{A0}", with: ", ")
        }
        let last = [particle, bound(family)].filter { !$0.isEmpty }.joined(separator: " ")
        return [last, suffix, bound(given)].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

// MARK: Taking one name apart

extension PersonName {
    /// The name in words as people say it: given names first, but for `Lee BC` and `山田 太郎`.
    init(_ words: [String]) {
        let words = NameWord.withoutTitles(words)
        let whole = words.map(NameWord.plain).joined(separator: " ")
        guard words.count > 1, !NameWord.isOrganisation(words), words[0].first?.isLetter == true else {
            self = .literal(whole)
            return
        }
        if words.allSatisfy(NameWord.isEastAsian) {
            self.init(family: words[0], given: words.dropFirst())
        } else if NameWord.isFamilyAndInitials(words) {
            self.init(familyAndInitials: words)
        } else {
            self.init(givenFirst: words)
        }
    }

    private init(family: String, given: ArraySlice<String>) {
        self.init(family: NameWord.plain(family))
        self.given = given.map(NameWord.plain).joined(separator: " ")
    }

    private init(givenFirst words: [String]) {
        var words = words
        self.init(family: "")
        if words.count > 2, NameWord.isSuffix(words[words.count - 1]) { suffix = words.removeLast() }
        // The family name begins with the first small word behind the given names, or is the last word.
        var start = words.count - 1
        let isAllParticles = words.dropLast().allSatisfy(NameWord.isParticle)
        if words[0].first?.isUppercase == true || isAllParticles,
            let first = words.indices.dropFirst(isAllParticles ? 0 : 1).dropLast().first(where: {
                words[$0].first?.isLowercase == true
            })
        {
            let particles = words[first..<words.count - 1].prefix { $0.first?.isLowercase == true }
            particle = particles.joined(separator: " ")
            start = first + particles.count
            given = words[..<first].map(NameWord.plain).joined(separator: " ")
        } else {
            while start > 1, NameWord.isCapitalParticle(words[start - 1]) { start -= 1 }
            given = words[..<start].map(NameWord.plain).joined(separator: " ")
        }
        family = words[start...].map(NameWord.plain).joined(separator: " ")
    }

    /// `van der Berg JC`, `Иванов И. И.`
    init(familyAndInitials words: [String]) {
        let family = words.prefix { !NameWord.isInitials($0) }
        self.init(familyFirst: [Array(family), Array(words.dropFirst(family.count))])
    }

    /// The name in parts as catalogues have them: family name, given names, and a suffix before or behind these.
    init(familyFirst parts: [[String]]) {
        var parts = parts
        guard parts.count > 1 else {
            self.init(parts.first ?? [])
            return
        }
        self.init(family: "")
        if let place = parts.indices.dropFirst().first(where: {
            parts[$0].count == 1 && NameWord.isSuffix(parts[$0][0])
        }) {
            suffix = parts.remove(at: place)[0]
        }
        let name = parts[0]
        let particles = name.dropLast().prefix { $0.first?.isLowercase == true }
        particle = particles.joined(separator: " ")
        family = name.dropFirst(particles.count).map(NameWord.plain).joined(separator: " ")
        var others = Array(parts.dropFirst().joined())
        let behind = NameWord.particlesBehind(others)
        if particle.isEmpty, behind > 0 {
            particle = others.suffix(behind).joined(separator: " ")
            others.removeLast(behind)
        }
        given = others.map(NameWord.spelledInitials).joined(separator: " ")
    }
}
