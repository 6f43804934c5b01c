/// What a word of a person's name is, as far as its letters tell.
enum NameWord {
    private static let suffixes: Set<String> = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"]
    private static let titles: Set<String> = [
        "dr", "dr.", "prof", "prof.", "professor", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "mx.", "rev.", "hon.",
    ]
    /// Degrees that are nobody's initials.
    private static let degrees: Set<String> = [
        "phd", "ph.d.", "ph.d", "dphil", "d.phil.", "msc", "m.sc.", "bsc", "b.sc.", "mba", "m.b.a.", "mph", "frs",
        "esq",
        "esq.", "pharmd", "psyd", "scd", "sc.d.", "dsc", "d.sc.", "edd", "ed.d.", "meng", "llm", "ll.m.",
    ]
    /// Degrees behind a whole name, which else are initials: `Smith, M.D.`
    private static let shortDegrees: Set<String> = [
        "md", "m.d.", "jd", "j.d.", "ma", "m.a.", "ba", "b.a.", "ms", "m.s.", "rn",
    ]
    private static let particles: Set<String> = [
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ten", "ter",
        "van", "von", "zu", "zur",
    ]
    /// Words of names that are no people's.
    private static let organisationWords: Set<String> = [
        "academy", "administration", "agency", "alliance", "association", "authority", "bureau", "center", "centre",
        "collaboration", "commission", "committee", "community", "company", "consortium", "contributors", "corp",
        "corp.",
        "corporation", "council", "department", "editors", "federation", "foundation", "gmbh", "group", "inc", "inc.",
        "initiative", "institute", "laboratory", "lab", "labs", "llc", "ltd", "ltd.", "ministry", "network", "office",
        "organization", "organisation", "project", "research", "school", "services", "society", "staff", "team",
        "university",
    ]
    /// What organisations are of, or for.
    private static let subjects: Set<String> = [
        "affairs", "agriculture", "development", "economics", "education", "emerging", "engineering", "ethics",
        "health",
        "humanities", "innovation", "intelligence", "mathematics", "medicine", "policy", "safety", "science",
        "sciences",
        "security", "statistics", "studies", "technology", "technologies", "trade",
    ]
    /// Capitals behind the names of organisations: `Open AI`.
    private static let abbreviations: Set<String> = ["AI", "EU", "HQ", "IT", "UK", "UN", "US"]
    private static let companyForms: Set<String> = [
        "co.", "corp", "corp.", "gmbh", "inc", "inc.", "llc", "ltd", "ltd.", "plc",
    ]
    /// Behind these a name goes on with a capital: `McCarthy`, `DeVries`.
    private static let beginnings: Set<String> = [
        "Mc", "Mac", "De", "Di", "Du", "Da", "La", "Le", "Van", "Von", "Fitz", "St",
    ]

    static func isSuffix(_ word: String) -> Bool { suffixes.contains(word.lowercased()) }
    static func isParticle(_ word: String) -> Bool { particles.contains(word) }
    static func isTitle(_ word: String) -> Bool { titles.contains(word.lowercased()) }
    static func isDegree(_ word: String) -> Bool { degrees.contains(word.lowercased()) }
    static func isShortDegree(_ word: String) -> Bool { shortDegrees.contains(word.lowercased()) }
    static func isOfOrganisation(_ word: String) -> Bool { organisationWords.contains(word.lowercased()) }
    /// Whether words are an organisation's name: one says so, or the last is an abbreviation, as in `Open AI`.
    static func isOrganisation(_ words: some BidirectionalCollection<String>) -> Bool {
        words.contains(where: isOfOrganisation) || words.last.map(abbreviations.contains) == true
    }
    static func isSubject(_ word: String) -> Bool { subjects.contains(word.lowercased()) }
    static func isCompanyForm(_ word: String) -> Bool { companyForms.contains(word.lowercased()) }

    /// Without braces, and with blanks where no-break spaces held it together.
    static func plain(_ word: String) -> String {
        var result = ""
        for character in word where character != "{" && character != "}" {
            result.append(isNoBreakSpace(character) ? " " : character)
        }
        return result
    }

    static func isNoBreakSpace(_ character: Character) -> Bool {
        character == "\u{A0}" || character == "\u{202F}" || character == "\u{2007}"
    }

    /// Whether braces say that the word, which may have blanks, is to stay as it is.
    static func isBraced(_ word: String) -> Bool { word.hasPrefix("{") && word.hasSuffix("}") }

    /// `J.`, `J.-P.`, `И.И.`, `BC`; not `II` and what reads as a name, as `ROE` does.
    static func isInitials(_ word: String) -> Bool {
        guard !isSuffix(word), let first = word.first, first.isUppercase else { return false }
        let letters = word.filter(\.isLetter)
        guard letters.allSatisfy(\.isUppercase), word.allSatisfy({ $0.isLetter || ".-‐".contains($0) }) else {
            return false
        }
        if word.contains(".") {
            // Each letter has its dot: `MIT.` has not.
            return word.count(where: { $0 == "." }) == letters.count || letters.count == 1
        }
        return letters.count <= 2 || letters.count == 3 && !letters.contains(where: "AEIOU".contains)
    }

    /// Whether the name ends with the initials of given names, of which there are several, or it is in Cyrillic, where they go
    /// to either end: `Lee BC`, `Иванов И.`. `Rob B.` is another thing, and so are `Malcolm X` and `Open AI`.
    static func isFamilyAndInitials(_ words: [String]) -> Bool {
        let family = words.prefix { !isInitials($0) }
        let initials = words.dropFirst(family.count)
        guard !family.isEmpty, !initials.isEmpty, initials.allSatisfy(isInitials) else { return false }
        if initials.joined().unicodeScalars.contains(where: isCyrillic) { return true }
        return family.count(where: { !isParticle($0) }) == 1 && initials.joined().count(where: \.isLetter) > 1
            && !initials.contains(where: abbreviations.contains)
    }

    private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool { (0x400...0x52F).contains(scalar.value) }

    /// `BC` as `B. C.`, as bibliographies need it to shorten names; other words as they are.
    static func spelledInitials(_ word: String) -> String {
        guard isInitials(word), !word.contains("."), !word.contains("-") else { return plain(word) }
        return word.map { "\($0)." }.joined(separator: " ")
    }

    /// Whether all letters are of a script whose names begin with the family's: Chinese, Japanese, Korean.
    static func isEastAsian(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first, first.value >= 0x1100 else { return false }
        return word.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x1100...0x11FF, 0x3005...0x3007, 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
                0xF900...0xFAFF, 0x20000...0x323AF:
                true
            default: scalar == " "
            }
        }
    }

    /// Whether it reads as a person's name: `Shah`, `O’Brien`, `McCarthy`, `Jean-Luc`, `SHAH`; not `OpenAI`, `evhub`, `GPT4`.
    static func isName(_ word: String) -> Bool {
        guard let first = word.first, first.isLetter, !isOfOrganisation(word) else { return false }
        if first.isLowercase {
            // `d’Alembert`, `al-Farabi`, `hÉigeartaigh`
            let rest = word.drop { $0.isLowercase }
            return rest.first?.isUppercase == true
                ? first == "h" && word.dropFirst().first?.isUppercase == true
                : rest.first.map { "'’-".contains($0) } == true && rest.dropFirst().first?.isUppercase == true
        }
        var run = ""
        var isAllCapitals = true
        for character in word {
            guard character.isLetter || "'’‘-‐.\u{A0}".contains(character) else { return false }
            if !character.isLetter {
                run = ""
                continue
            }
            if character.isUppercase, !run.isEmpty, !beginnings.contains(run), run.contains(where: \.isLowercase) {
                return false
            }
            if character.isLowercase {
                if run.count > 1, run.allSatisfy(\.isUppercase) { return false }
                isAllCapitals = false
            }
            run.append(character)
        }
        return isAllCapitals || word.count > 1
    }

    /// Whether all of several letters are capitals, as in `MIRI` and `SMITH`.
    static func isAllCapitals(_ word: String) -> Bool {
        let letters = word.filter(\.isLetter)
        return letters.count > 1 && letters.allSatisfy(\.isUppercase)
    }

    /// The words without `Dr.` before them and `PhD` behind, if a name is left.
    static func withoutTitles(_ words: [String]) -> [String] {
        var rest = words[...]
        while rest.count > 2, let first = rest.first, isTitle(first) { rest.removeFirst() }
        while rest.count > 1, let last = rest.last, let first = rest.first,
            isDegree(last) || rest.count > 2 && isShortDegree(last) && !isParticle(first)
        {
            rest.removeLast()
        }
        return Array(rest)
    }
}
