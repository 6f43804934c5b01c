extension PersonNames {
    /// The names of a list that cannot be read in two ways: most lists are so. They are separated by commas and "and", each has
    /// two words or more that begin with capitals, or is all there is, and nothing else stands beside them. Nil for other lists.
    ///
    ///     Evan Hubinger, Chris van Merwijk, and Scott A. Garrabrant
    ///
    /// Equivalent to: the texts of ``list(_:)``, at a hundredth of its cost.
    static func plainNames(_ text: String) -> [String]? {
        var text = text
        return text.withUTF8 { plainNames($0) }
    }

    /// Names that come one by one as people say them, where nothing in them can be read in two ways: what has a comma is a family
    /// name of one word, particles before it aside, with given names behind. Nil where any is something else.
    ///
    ///     Bee, Ann Mary    van Merwijk, Chris    Zoe Dee
    static func plainlySaid(_ names: [String]) -> [String]? {
        var said: [String] = []
        for name in names {
            let parts = name.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].hasPrefix(" ") else {
                if parts.count == 1, !name.isEmpty { said.append(name) } else { return nil }
                continue
            }
            let family = parts[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            let given = parts[1].dropFirst().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard let last = family.last, family.dropLast().allSatisfy(NameWord.isParticle), !NameWord.isParticle(last),
                !given.contains(where: { NameWord.isParticle($0) || NameWord.isSuffix($0) }),
                !NameWord.isSuffix(last), !NameWord.isOrganisation(given + family)
            else { return nil }
            said.append(parts[1].dropFirst() + " " + parts[0])
        }
        return said
    }

    private static func plainNames(_ text: UnsafeBufferPointer<UInt8>) -> [String]? {
        var names: [String] = []
        var name = PlainName()
        var (place, wasComma) = (0, false)
        while place < text.count {
            let start = place
            while place < text.count, text[place] != UInt8(ascii: " "), text[place] != UInt8(ascii: ",") { place += 1 }
            let word = UnsafeBufferPointer(rebasing: text[start..<place])
            let isComma = place < text.count && text[place] == UInt8(ascii: ",")
            // One blank behind each word and comma, and none at the end.
            if isComma, place + 1 == text.count || text[place + 1] != UInt8(ascii: " ") { return nil }
            if !isComma, place + 1 == text.count { return nil }
            if word.count == 3, word.elementsEqual("and".utf8) {
                guard !isComma, !names.isEmpty || name.isWhole, name.isEmpty ? wasComma : name.isWhole else {
                    return nil
                }
                if !name.isEmpty { names.append(name.text(in: text)) }
                name = PlainName()
            } else {
                guard name.append(word, start..<place) else { return nil }
                if isComma {
                    guard name.isWhole else { return nil }
                    names.append(name.text(in: text))
                    name = PlainName()
                }
            }
            wasComma = isComma
            place += isComma ? 2 : 1
        }
        guard name.isWhole || names.isEmpty && name.isOneWord else { return nil }
        return names + [name.text(in: text)]
    }
}

/// A name as its words come.
private struct PlainName {
    private enum Word { case name, initial, particle }

    private var bytes: Range<Int>?
    /// Words that are neither initials nor particles.
    private var names = 0
    private var words = 0
    private var last: Word?

    var isEmpty: Bool { words == 0 }
    var isOneWord: Bool { words == 1 && names == 1 }
    /// Whether it is a given name or an initial, and a family name behind it.
    var isWhole: Bool { words > 1 && last == .name }

    func text(in text: UnsafeBufferPointer<UInt8>) -> String { String(decoding: text[bytes ?? 0..<0], as: UTF8.self) }

    /// Adds a word; false if it is not one of a plain name.
    mutating func append(_ word: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        guard let kind = Self.kind(of: word), words > 0 || kind != .particle else { return false }
        bytes = (bytes?.lowerBound ?? range.lowerBound)..<range.upperBound
        if kind == .name { names += 1 }
        words += 1
        last = kind
        return true
    }

    /// Titles and degrees that look like names, as ``key(_:)`` has them.
    private static let others = keys([
        "Prof", "Mrs", "Phd", "Msc", "Bsc", "Mba", "Mph", "Frs", "Esq", "By", "Dr", "Mr", "Ms", "Md",
        "Jd", "Ma", "Ba", "Rn", "Scd", "Dsc", "Edd", "Llm", "Llc", "Gmbh", "Plc", "Meng", "Psyd", "Dphil", "Pharmd",
        // Family names begin with these, so that what stands before a comma may be one: `De Beauvoir, Simone Lucie`.
        "De", "Del", "Della", "Den", "Der", "Des", "Dos", "Mc", "St", "Von", "Zu", "Van", "Le", "La", "Da", "Di", "Du",
        "Al", "El", "Ibn", "Bin", "Abu", "Mac", "Ten", "Ter",
    ])
    private static let particles = keys([
        "van", "von", "der", "den", "de", "del", "della", "da", "di", "dos", "du", "la", "le", "el",
    ])
    private static let longestKey = 8

    private static func keys(_ words: [String]) -> [UInt64] {
        words.map { word in
            var word = word
            return word.withUTF8 { key($0) }
        }
    }

    /// The bytes of a word of up to ``longestKey`` in one number: comparing texts one by one takes as long as all the rest.
    private static func key(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func kind(of word: UnsafeBufferPointer<UInt8>) -> Word? {
        guard word.count > 1, let first = word.first else { return nil }
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
            return word.count <= longestKey && particles.contains(key(word)) ? .particle : nil
        }
        if word.count == 2, word[1] == UInt8(ascii: ".") { return .initial }
        var wasHyphen = false
        for byte in word.dropFirst() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): wasHyphen = false
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where wasHyphen: wasHyphen = false
            case UInt8(ascii: "-"), UInt8(ascii: "'"):
                if wasHyphen { return nil }
                wasHyphen = true
            // Two bytes, of which the first is that of Latin letters with marks.
            case 0xC3...0xC5: wasHyphen = false
            case 0x80...0xBF where !wasHyphen: break
            default: return nil
            }
        }
        // `O'` is not all of a name.
        if wasHyphen || word.count <= longestKey && others.contains(key(word)) { return nil }
        return word.count == 9 && word.elementsEqual("Professor".utf8) ? nil : .name
    }
}
