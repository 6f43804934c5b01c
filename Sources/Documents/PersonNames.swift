/// Lists of people's names in one text, as the author of a document is one.
package enum PersonNames {
    /// Each person's name once, as people say it, in the order of the list.
    ///
    ///     PersonNames.names(in: "Bee, Ann; Dee, Zoe")
    ///
    /// gives `Ann Bee` and `Zoe Dee`, as `Ann Bee and Zoe Dee` does. "et al." is nobody.
    ///
    /// - Complexity: O(n).
    package static func names(in text: String) -> [String] {
        let names = plainNames(text) ?? list(text).names.map(\.text)
        guard names.count > 1 else { return names }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// One text for names that come one by one, which ``names(in:)`` takes apart again: separated by commas, as people say
    /// them, if that is clear; otherwise by semicolons, as catalogues sort them.
    ///
    /// A name may be written either way: `Ann Bee` or `Bee, Ann`. One in braces stays as it is.
    package static func text(of names: [String]) -> String {
        if let said = plainlySaid(names) {
            let joined = said.joined(separator: ", ")
            if plainNames(joined) == said { return joined }
        }
        return carefulText(of: names)
    }

    /// The same for names that may be anything; for plain ones equal to ``text(of:)``, at many times its cost.
    static func carefulText(of names: [String]) -> String {
        let hasOthers = names.contains { NameTokens($0).hasOthers }
        let (written, expected) = taken(names)
        func isClear(_ text: String) -> Bool { list(text) == (expected, false) }
        let said = zip(written, expected).map { written, name in
            let text = written.contains(",") || written.contains("{") ? name.text : written
            return name.isLiteral && list(text).names.count > 1 ? name.boundText : text
        }
        let plain = said.joined(separator: ", ")
        if isClear(plain) { return plain + (hasOthers ? ", et al." : "") }
        let sorted = zip(said, expected).map { text, name in
            list(text) == ([name], false) && !text.contains(",") ? text : name.catalogueText
        }.joined(separator: "; ")
        return (isClear(sorted) ? sorted : expected.map(\.boundText).joined(separator: "; "))
            + (hasOthers ? "; et al." : "")
    }

    /// Names that come one by one, with what each says. Where one is a list after all, it is taken apart.
    private static func taken(_ written: [String]) -> (written: [String], names: [PersonName]) {
        let parts = written.map { NameTokens($0).groups }
        let isOne = parts.map { $0.count == 1 && $0[0].count == 1 && $0[0][0].parts.count == 1 }
        if !isOne.contains(false), let names = familiesAndInitials(parts.map { $0[0][0].parts[0] }) {
            return (written, names)
        }
        var result: (written: [String], names: [PersonName]) = ([], [])
        for (text, groups) in zip(written, parts) {
            let segments = groups.count == 1 ? joiningOrganisations(groups[0]) : groups.flatMap(\.self)
            let parts = segments.count == 1 ? joiningSuffixes(segments[0].parts) : []
            if parts.count == 1 || parts.count == 2 || parts.count == 3 && isPair(parts, isLoose: true) {
                result.written.append(text)
                result.names.append(parts.count == 1 ? name(parts[0]) : PersonName(familyFirst: parts))
            } else {
                let names = list(text).names
                result.written += names.map(\.text)
                result.names += names
            }
        }
        return result
    }

    // MARK: Cutting

    /// See ``PersonName/list(_:)``.
    static func list(_ text: String) -> (names: [PersonName], hasOthers: Bool) {
        let tokens = NameTokens(text)
        let isGrouped = tokens.groups.count > 1
        if isGrouped, tokens.groups.allSatisfy({ $0.count == 1 && $0[0].parts.count == 1 }),
            let names = familiesAndInitials(tokens.groups.map { $0[0].parts[0] })
        {
            return (names, tokens.hasOthers)
        }
        return (tokens.groups.flatMap { names(of: $0, isGrouped: isGrouped) }, tokens.hasOthers)
    }

    private typealias Part = [String]

    /// The names between two semicolons. Its segments are separated by "and".
    private static func names(of segments: [NameTokens.Segment], isGrouped: Bool) -> [PersonName] {
        let segments = joiningOrganisations(segments).map { joiningSuffixes($0.parts) }.filter { !$0.isEmpty }
        let parts = segments.flatMap(\.self)
        guard parts.count > 1 else { return parts.map(name) }
        // `Smith, John and Roe, Jane`
        if segments.count > 1, segments.contains(where: { $0.count > 1 }),
            segments.allSatisfy({ isPair($0, isLoose: true) })
                || segments.allSatisfy({
                    $0.count > 1 ? isPair($0, isLoose: false) && $0[0].count == 1 : isOrganisation($0[0])
                })
        {
            return segments.map { $0.count > 1 ? PersonName(familyFirst: $0) : name($0[0]) }
        }
        if let names = familyAndInitials(parts) ?? familiesAndInitials(parts) { return names }
        if segments.count == 1, isGrouped || isPair(parts, isLoose: false, isAlone: true) {
            return [PersonName(familyFirst: parts)]
        }
        // `Smith, John, and Jane Roe`: the first name alone is turned around.
        if segments.count > 1, isPair(Array(segments[0].prefix(2)), isLoose: false),
            parts.dropFirst(2).allSatisfy({ $0.count > 1 && !isOrganisation($0) })
        {
            return [PersonName(familyFirst: Array(parts.prefix(2)))] + parts.dropFirst(2).map(name)
        }
        return parts.map(name)
    }

    /// `Smith J, Doe A, Lee BC`: all names are so, but for organisations. Nil if they are not.
    private static func familiesAndInitials(_ parts: [Part]) -> [PersonName]? {
        func isSo(_ part: Part) -> Bool {
            let family = part.prefix { !NameWord.isInitials($0) }
            return family.count < part.count && isFamily(family) && !NameWord.isOrganisation(part)
                && part[family.count...].allSatisfy(NameWord.isInitials)
        }
        guard parts.count > 1, parts.contains(where: isSo), parts.allSatisfy({ isSo($0) || isOrganisation($0) }) else {
            return nil
        }
        return parts.map { isSo($0) ? PersonName(familyAndInitials: $0) : name($0) }
    }

    private static func name(_ part: Part) -> PersonName {
        if part.count == 1, NameWord.isBraced(part[0]) { return .literal(NameWord.plain(part[0])) }
        return PersonName(part)
    }

    /// `Smith, J., Doe, A., & Lee, B. C.`: family names with nothing but initials behind each; what is left between them are names as they are said. Nil if there are
    /// none, or if single words are left, of which one cannot know.
    private static func familyAndInitials(_ parts: [Part]) -> [PersonName]? {
        var names: [PersonName] = []
        var place = 0
        var count = 0
        while place < parts.count {
            var end = place + 1
            if end < parts.count, parts[end].allSatisfy(NameWord.isInitials), isFamily(parts[place]),
                parts[end].contains(where: { $0.contains(".") }) || parts[place].count(where: NameWord.isName) == 1
            {
                end += 1
                if end < parts.count, parts[end].count == 1, NameWord.isSuffix(parts[end][0]) { end += 1 }
                names.append(PersonName(familyFirst: Array(parts[place..<end])))
                count += 1
            } else if parts[place].count > 1 || isOrganisation(parts[place])
                || place == parts.count - 1 || NameWord.isAllCapitals(parts[place][0])
            {
                names.append(name(parts[place]))
            } else {
                return nil
            }
            place = end
        }
        return count > 0 ? names : nil
    }

    /// `van Merwijk`, `García Márquez`.
    private static func isFamily(_ part: some BidirectionalCollection<String>) -> Bool {
        guard let last = part.last, NameWord.isName(last) else { return false }
        let names = part.count(where: NameWord.isName)
        return names <= 3 && !NameWord.isOrganisation(part)
            && part.allSatisfy { NameWord.isName($0) || $0.first?.isLowercase == true }
    }

    /// Whether parts between commas are one name in the order of catalogues: `Shah, Rohin`, `van Merwijk, C.`, `King, M. L., Jr.`,
    /// `García Márquez, Gabriel`, `Humboldt, Alexander von`. Given names may be several between names that are so written (`isLoose`),
    /// and behind a family name of one word where the list has nothing else (`isAlone`): `Mill, John Stuart`. In other lists they
    /// would be a second person's.
    private static func isPair(_ parts: [Part], isLoose: Bool, isAlone: Bool = false) -> Bool {
        guard (2...3).contains(parts.count), isFamily(parts[0]) else { return false }
        let hasSuffix = parts.dropFirst().contains { $0.count == 1 && NameWord.isSuffix($0[0]) }
        guard parts.count == 2 || hasSuffix else { return false }
        let behind = parts.dropFirst().first { $0.count > 1 || !NameWord.isSuffix($0[0]) } ?? []
        let given = behind.dropLast(NameWord.particlesBehind(behind))
        guard (1...3).contains(given.count), given.allSatisfy(NameWord.isName), !isOrganisation(behind) else {
            return false
        }
        // `王小明, 李雷` are two.
        if !isLoose, given.allSatisfy(NameWord.isEastAsian) { return false }
        // Two organisations, rather than `SMITH, JOHN`.
        let isShouted = parts[0].contains(where: NameWord.isAllCapitals)
        if isShouted, given.contains(where: { NameWord.isAllCapitals($0) && !NameWord.isInitials($0) }), !isLoose {
            return false
        }
        if isLoose || hasSuffix || given.count == 1 { return true }
        // `Ada Example, Bob B.` are two.
        guard parts[0].count(where: NameWord.isName) == 1 || NameWord.isFamilyWithParticle(parts[0], given: given)
        else { return false }
        if given.dropFirst().allSatisfy({ NameWord.isInitials($0) || $0.hasSuffix(".") }) { return true }
        // `MIRI, Ann Bee` are two, as family names that are all capitals are rarely so short. What is held together is all of a name.
        let family = parts[0].joined()
        return isAlone && !(isShouted && family.count <= Self.longestAcronym)
            && !family.contains(where: NameWord.isNoBreakSpace)
    }

    /// Letters of an organisation that goes by its first ones.
    private static let longestAcronym = 4

    /// Braced, or with a word or letters that people's names have not.
    private static func isOrganisation(_ part: Part) -> Bool {
        NameWord.isOrganisation(part) || part.contains(where: NameWord.isBraced)
            || part.count == 1 && !NameWord.isName(part[0])
    }

    /// Attaches what stands behind a comma and is no name to the name before: `Martin Luther King, Jr.`, `Acme, Inc.`; drops degrees
    /// and what people did.
    private static func joiningSuffixes(_ parts: [Part]) -> [Part] {
        var result: [Part] = []
        for part in parts {
            if let last = result.last, NameWord.isOneInstitution(last, part) {
                result[result.count - 1] = [
                    "{" + last.joined(separator: " ") + ", " + part.joined(separator: " ") + "}"
                ]
                continue
            }
            guard let last = result.last, part.count == 1 else {
                if !part.isEmpty { result.append(part) }
                continue
            }
            let word = part[0]
            let isWholeName = last.count > 1 && !NameWord.isParticle(last[0])
            if NameWord.isDegree(word) || isWholeName && NameWord.isShortDegree(word) || NameWord.isRole(word) {
                continue
            }
            // `Guardian, The`
            if word == "The" {
                result[result.count - 1] = ["{The " + last.joined(separator: " ") + "}"]
                continue
            }
            // `King, Martin Luther, Jr.` is a name in parts by itself.
            let isOfParts = result.count == 2 && result[0].count == 1 && parts.count == 3
            if NameWord.isSuffix(word), isWholeName, !isOfParts, !last.allSatisfy(NameWord.isInitials) {
                result[result.count - 1].append(word)
            } else if NameWord.isCompanyForm(word) {
                result[result.count - 1] = ["{" + (last.joined(separator: " ") + ", " + word) + "}"]
            } else {
                result.append(part)
            }
        }
        return result
    }

    /// `Department of Health and Human Services` is one organisation: "and" stands within a name that says "of" what it is, or before
    /// a word that says what it is.
    private static func joiningOrganisations(_ segments: [NameTokens.Segment]) -> [NameTokens.Segment] {
        var result: [NameTokens.Segment] = []
        for segment in segments {
            guard let left = result.last?.parts.last, let right = segment.parts.first, right.count > 1,
                let join = segment.conjunction
            else {
                result.append(segment)
                continue
            }
            let isGoingOn =
                left.contains { NameWord.isOfOrganisation($0) } && left.contains { $0 == "of" || $0 == "for" }
                && right.contains { NameWord.isOfOrganisation($0) || NameWord.isSubject($0) }
            let isOfWhat =
                left.count == 1 && right.count == 2 && NameWord.isName(left[0]) && !NameWord.isAllCapitals(left[0])
                && NameWord.isOfOrganisation(right[right.count - 1])
            guard isGoingOn || isOfWhat, let place = result.indices.last else {
                result.append(segment)
                continue
            }
            result[place].parts[result[place].parts.count - 1] = left + [join] + right
            result[place].parts += segment.parts.dropFirst()
        }
        return result
    }
}
