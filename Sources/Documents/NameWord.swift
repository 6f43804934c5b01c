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
    /// Whole words that are of an organisation wherever they stand: companies that write, or are written about.
    private static let companies: Set<String> = [
        "anthropic", "baidu", "facebook", "google", "huawei", "microsoft", "nvidia", "reuters", "wikipedia",
    ]
    /// With these the names of newspapers, companies and offices end, and no person's.
    private static let corporateEndings: Set<String> = [
        "archive", "assembly", "bank", "blog", "broadcasting", "bulletin", "chronicle", "congress", "daily",
        "encyclopedia", "exchange", "facility", "forum", "fund", "gazette", "government", "guardian", "herald",
        "industries", "intelligence", "journal", "library", "magazine", "media", "museum", "nations", "news",
        "newsletter", "newspaper", "observatory", "observer", "parliament", "philanthropy", "podcast", "productions",
        "programme", "program", "publishers", "publishing", "radio", "records", "review", "secretariat", "senate",
        "service", "software", "states", "studios", "systems", "technologies", "telegraph", "television", "times",
        "tribune", "trust", "union", "weekly", "wiki", "yorker", "zeitung",
    ]
    /// With these they begin, and hardly a person's.
    private static let corporateBeginnings: Set<String> = [
        "the", "american", "associated", "british", "central", "daily", "der", "die", "european", "federal", "global",
        "international", "national", "new", "supreme", "united", "universal", "world",
    ]
    /// Within a name these are words of a language, as in `Bank of England` and `William of Ockham`.
    private static let functionWords: Set<String> = ["of", "for", "the", "in", "on", "at"]
    /// Newspapers whose names read as a person's. Of *Post*, which is a family name, only those in these places are newspapers.
    private static let newspapers: Set<String> = [
        "ars technica", "denver post", "el mundo", "el país", "huffington post", "jerusalem post", "la repubblica",
        "la stampa", "le figaro", "le monde", "scientific american", "washington post",
    ]
    /// Parts of an institution, whose name follows.
    private static let subunits: Set<String> = [
        "center", "centre", "chair", "college", "department", "dept", "dept.", "division", "faculty", "institute",
        "laboratory", "office", "school",
    ]
    private static let institutions: Set<String> = ["college", "hospital", "institute", "university"]
    /// What people did, behind their names: `Jane Doe, ed.`
    private static let roles: Set<String> = [
        "author", "comp.", "ed.", "Ed.", "eds", "eds.", "Eds.", "editor", "editors", "hg.", "Hg.", "hrsg.", "Hrsg.",
        "trans.", "transl.", "translator",
    ]
    /// Particles that some write with a capital, as a part of the family name: `Le Guin`, `Van Der Berg`.
    private static let capitalParticles: Set<String> = [
        "Abu", "Al", "Bin", "Da", "De", "Del", "Della", "Den", "Der", "Des", "Di", "Dos", "Du", "El", "Ibn", "La", "Le",
        "Mac", "Mc", "Saint", "St", "St.", "Ten", "Ter", "Van", "Von", "Zu",
    ]
    /// Those of them that are nobody's given name: `Le Song` and `Van Jones` are people.
    private static let sureParticles: Set<String> = [
        "De", "Del", "Della", "Den", "Der", "Des", "Dos", "Mc", "St", "St.", "Von", "Zu",
    ]
    /// Capitals behind the names of organisations: `Open AI`.
    private static let abbreviations: Set<String> = ["AI", "EU", "HQ", "IT", "UK", "UN", "US"]
    private static let companyForms: Set<String> = [
        "co.", "corp", "corp.", "gmbh", "inc", "inc.", "llc", "ltd", "ltd.", "plc",
    ]
    /// Behind these a name goes on with a capital: `McCarthy`, `DeVries`.
    private static let beginnings: Set<String> = [
        "Mc", "Mac", "De", "Di", "Du", "Da", "La", "Le", "Van", "Von", "Fitz", "St", "Al", "El", "Del", "Des", "Ten",
        "Ter",
    ]

    static func isSuffix(_ word: String) -> Bool { suffixes.contains(word.lowercased()) }
    static func isParticle(_ word: String) -> Bool { particles.contains(word) }
    static func isTitle(_ word: String) -> Bool { titles.contains(word.lowercased()) }
    static func isDegree(_ word: String) -> Bool { degrees.contains(word.lowercased()) }
    static func isShortDegree(_ word: String) -> Bool { shortDegrees.contains(word.lowercased()) }
    static func isOfOrganisation(_ word: String) -> Bool { organisationWords.contains(word.lowercased()) }
    /// Whether words are an organisation's name: one says so, or the last is an abbreviation, as in `Open AI`, or they are those of
    /// a newspaper or company: `The Guardian`, `BBC News`, `Bank of England`, `Google DeepMind`.
    static func isOrganisation(_ words: some BidirectionalCollection<String>) -> Bool {
        if words.contains(where: { isOfOrganisation($0) || companies.contains($0.lowercased()) }) { return true }
        guard let first = words.first, let last = words.last else { return false }
        if abbreviations.contains(last) { return true }
        guard words.count > 1 else { return false }
        return first.first?.isUppercase == true && corporateBeginnings.contains(first.lowercased())
            || corporateEndings.contains(last.lowercased()) || isCamelCase(last)
            || words.dropFirst().contains(where: functionWords.contains)
            || newspapers.contains(words.joined(separator: " ").lowercased())
    }
    /// `DeepMind`, `PyTorch`, but not `McCarthy`.
    private static func isCamelCase(_ word: String) -> Bool {
        word.first?.isUppercase == true && word.allSatisfy(\.isLetter) && !isName(word)
    }
    /// Whether what stands before a comma is a part of what stands behind it, or that is its place: `Department of Physics, Stanford
    /// University`; `University of California, Berkeley`.
    static func isOneInstitution(_ words: [String], _ others: [String]) -> Bool {
        func has(_ words: [String], _ kinds: Set<String>) -> Bool {
            words.contains { kinds.contains($0.lowercased()) }
        }
        guard words.contains(where: { $0 == "of" || $0 == "for" }), let first = others.first else { return false }
        if has(words, subunits), has(others, institutions) { return true }
        let isPlace =
            others.count == 1 ? isName(first) && !isAllCapitals(first) : ["Los", "San", "Santa"].contains(first)
        return has(words, institutions) && isPlace
    }
    /// How many particles stand behind given names, as German and Dutch catalogues have them: `Humboldt, Alexander von`.
    static func particlesBehind(_ given: some BidirectionalCollection<String>) -> Int {
        given.dropFirst().reversed().prefix(while: isParticle).count
    }
    static func isRole(_ word: String) -> Bool { roles.contains(word) }
    static func isCapitalParticle(_ word: String) -> Bool { capitalParticles.contains(word) }
    /// Whether words before a comma are one family name with a particle that has a capital. One that can be a given name is a particle
    /// where initials end what stands behind the comma: `Le Guin, Ursula K.`
    static func isFamilyWithParticle(_ words: [String], given: some BidirectionalCollection<String>) -> Bool {
        guard words.count > 1, words.dropLast().allSatisfy(isCapitalParticle) else { return false }
        return words.count > 2 || sureParticles.contains(words[0]) || given.last.map(isInitials) == true
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

    /// Whether the name ends with the initials of given names, of which there are several or none has a dot, or it is in Cyrillic,
    /// where they go to either end: `Lee BC`, `Bengio Y`, `Иванов И.`. `Rob B.` is another thing, and so are `Malcolm X` and `Open AI`.
    static func isFamilyAndInitials(_ words: [String]) -> Bool {
        let family = words.prefix { !isInitials($0) }
        let initials = words.dropFirst(family.count)
        guard !family.isEmpty, !initials.isEmpty, initials.allSatisfy(isInitials) else { return false }
        if initials.joined().unicodeScalars.contains(where: isCyrillic) { return true }
        let letters = initials.joined()
        let isSeveral = letters.count(where: \.isLetter) > 1
        return family.count(where: { !isParticle($0) }) == 1 && !initials.contains(where: abbreviations.contains)
            && (isSeveral || !letters.contains(".") && letters != "X")
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
