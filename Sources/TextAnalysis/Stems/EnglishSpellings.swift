/// Looks words up in `EnglishSpellingTable`.
package enum EnglishSpellings {
    private static let space = UInt8(ascii: " ")
    private static let arrow = UInt8(ascii: ">")

    /// Writes the American spelling of `word`, folded, to `memory` and gives its length; nil when it has none, or one that does
    /// not fit: by the table, by the rule of verbs with *-ise*, or by the table behind a prefix.
    ///
    /// - Complexity: A comparison for each prefix with the same first letter and for each third letter of beginnings with the same two,
    ///   and for each rule of the same three letters, one or two.
    static func american(
        _ word: UnsafeBufferPointer<UInt8>, into memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        guard word.count > 3, word.count <= memory.count - longestGain else { return nil }
        if let length = byTable(word, into: memory) ?? byVerb(word, into: memory) { return length }
        guard word.count >= shortestPrefixed else { return nil }
        let first = Int(word[0] &- 0x61)
        guard first < 26 else { return nil }
        let beginning = ByteHash.shortKey(of: UnsafeBufferPointer(rebasing: word.prefix(longestPrefix))).low
        for index in prefixStarts[first]..<prefixStarts[first + 1] {
            let prefix = prefixes[index]
            guard (beginning ^ prefix.letters) & prefix.mask == 0, prefix.count + shortestBehindPrefix <= word.count
            else { continue }
            let rest = UnsafeBufferPointer(rebasing: word[prefix.count...])
            let place = UnsafeMutableBufferPointer(rebasing: memory[prefix.count...])
            guard let length = byTable(rest, into: place) else { continue }
            for index in 0..<prefix.count { memory[index] = word[index] }
            return prefix.count + length
        }
        return nil
    }

    /// A beginning of up to ``longestPrefix`` letters, the first of them in the lowest byte.
    private struct Prefix {
        var letters: UInt64
        /// The bits of these letters.
        var mask: UInt64
        var count: Int

        init(_ text: String) {
            count = text.utf8.count
            precondition(count <= longestPrefix, "a prefix of \(count) letters")
            letters = text.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
            mask = 1 << UInt64(8 * count) - 1
        }
    }

    /// Prefixes that English puts before any word, in the order of their letters.
    private static let prefixes = [
        "anti", "auto", "counter", "cross", "cyber", "de", "dis", "fore", "hyper", "hypo", "inter", "mega", "meta",
        "micro",
        "mid", "mis", "multi", "non", "out", "over", "photo", "post", "pre", "pseudo", "re", "self", "semi", "sub",
        "super", "trans",
        "ultra", "un", "under",
    ].map(Prefix.init)
    /// Where those that begin with each letter begin, and last where they all end.
    private static let prefixStarts = (0...26).map { letter in
        prefixes.count { $0.letters & 0xFF < UInt64(0x61 + letter) }
    }
    private static let longestPrefix = 7
    /// Shorter ends of words are not those of the table.
    private static let shortestBehindPrefix = 5
    private static let shortestPrefixed = 7

    /// The American spelling of a verb with -ise whose stem ends as those of such verbs do (*tokenise*, *serialised*,
    /// *anthropomorphising*). No word that is always written with s (*promise*, *exercise*, *advise*) has such a stem but for a
    /// few, which are ``nouns``; that two spellings of one word meet is all that counts.
    private static func byVerb(
        _ word: UnsafeBufferPointer<UInt8>, into memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        guard let place = verbPlace(in: word) else { return nil }
        for index in word.indices { memory[index] = word[index] }
        memory[place] = UInt8(ascii: "z")
        return word.count
    }

    /// Where the s of -ise, -ising or -isation stands.
    private static func verbPlace(in word: UnsafeBufferPointer<UInt8>) -> Int? {
        guard word.count >= 6 else { return nil }
        // Not the first letters, which are the stem.
        var place = word.count - 2
        while place > shortestVerbStem, word.count - place <= longestVerbEnding {
            if word[place] == UInt8(ascii: "s"), word[place - 1] == UInt8(ascii: "i"),
                verbEndings.contains(where: { word[(place + 1)...].elementsEqual($0) })
            {
                let stem = word[..<(place - 1)]
                guard verbStems.contains(where: { stem.suffix($0.count).elementsEqual($0) }),
                    !nouns.contains(where: { stem.elementsEqual($0) })
                else { return nil }
                return place
            }
            place -= 1
        }
        return nil
    }

    /// Letters before the *is*, less one.
    private static let shortestVerbStem = 3
    private static let longestVerbEnding = 8
    private static let verbEndings = [
        "e", "es", "ed", "er", "ers", "ing", "ings", "ation", "ations", "ational", "able", "ability",
    ].map { Array($0.utf8) }
    private static let verbStems = [
        "al", "el", "il", "ol", "an", "en", "in", "on", "gn", "ar", "er", "or", "at", "et", "it", "ot", "ic", "id",
        "im", "iv", "og",
        "ph", "th",
    ].map { Array($0.utf8) }
    /// Of *penis*, *metropolis* and others, whose plural ends so.
    private static let nouns = [
        "acropol", "clitor", "metropol", "necropol", "pen", "treat",
    ].map { Array($0.utf8) }

    private static func byTable(
        _ word: UnsafeBufferPointer<UInt8>, into memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        let (first, second) = (word[0] &- 0x61, word[1] &- 0x61)
        guard first < 26, second < 26 else { return nil }
        let pair = Int(first) * 26 + Int(second)
        guard let places = places(ofPair: pair, third: word[2]) else { return nil }
        let rules = UnsafeBufferPointer(
            start: EnglishSpellingTable.rules.utf8Start, count: EnglishSpellingTable.rules.utf8CodeUnitCount)
        var place = places.lowerBound
        while place < places.upperBound {
            let kind = rules[place]
            // All rules of the group begin with the same three letters.
            var length = 3
            place += 1 + length
            while length < word.count, rules[place] == word[length] {
                length += 1
                place += 1
            }
            let matches =
                rules[place] == arrow && allows(kind, ending: UnsafeBufferPointer(rebasing: word[length...]))
            let american = place + 1
            while rules[place] != space { place += 1 }
            if matches {
                var count = 0
                for byte in rules[american..<place] {
                    memory[count] = byte
                    count += 1
                }
                for byte in word[length...] {
                    memory[count] = byte
                    count += 1
                }
                return count
            }
            place += 1
        }
        return nil
    }

    /// The words of the table that begin with `letters`, in their American spelling: what a reader who has typed so much of a
    /// British word may mean.
    ///
    /// - Complexity: O(rules of words with the same two letters).
    package static func americanWords(behind letters: [UInt8]) -> [String] {
        let rules = UnsafeBufferPointer(
            start: EnglishSpellingTable.rules.utf8Start, count: EnglishSpellingTable.rules.utf8CodeUnitCount)
        var words: [String] = []
        for rule in rules[places(of: letters)].split(separator: space) {
            guard let middle = rule.firstIndex(of: arrow) else { continue }
            let british = rule[..<middle].dropFirst()
            if british.count > letters.count, british.starts(with: letters) {
                words.append(String(decoding: rule[(middle + 1)...], as: UTF8.self))
            }
        }
        return words
    }

    /// Where the rules for words that begin with some letters lie.
    private static func places(of letters: [UInt8]) -> Range<Int> {
        let all = 0..<EnglishSpellingTable.rules.utf8CodeUnitCount
        guard let first = letters.first else { return all }
        guard first &- 0x61 < 26, letters.count < 2 || letters[1] &- 0x61 < 26 else { return 0..<0 }
        let pair = Int(first &- 0x61) * 26
        // Safety: the index has an entry for every pair and one behind the last, and there is a group behind the last as well.
        if letters.count < 2 { return place(ofGroup: entry(pair))..<place(ofGroup: entry(pair + 26)) }
        let second = pair + Int(letters[1] &- 0x61)
        return place(ofGroup: entry(second))..<place(ofGroup: entry(second + 1))
    }

    /// The most letters that an American spelling has more: *fulfill*.
    private static let longestGain = 1

    private static func allows(_ kind: UInt8, ending: UnsafeBufferPointer<UInt8>) -> Bool {
        switch kind {
        case UInt8(ascii: "."): return ending.isEmpty
        case UInt8(ascii: "*"): return true
        default:
            guard let first = ending.first else { return false }
            return first == UInt8(ascii: "e") || ["ing", "ation", "able"].contains { ending.starts(with: $0.utf8) }
        }
    }

    /// A bit for every three letters: whether there are rules for words that begin so, which few do.
    private static let beginnings = {
        var bits = [UInt32](repeating: 0, count: 26 * 26)
        for pair in bits.indices {
            for group in entry(pair)..<entry(pair + 1) {
                bits[pair] |= 1 << UInt32(EnglishSpellingTable.groups.utf8Start[5 * group] &- 0x61)
            }
        }
        return bits
    }()

    /// Where the rules lie whose beginnings have a third letter behind a pair of them; nil if there are none.
    private static func places(ofPair pair: Int, third: UInt8) -> Range<Int>? {
        guard beginnings[pair] >> UInt32(third &- 0x61) & 1 == 1 else { return nil }
        // Safety: the index has an entry for every pair and one behind the last; see `EnglishSpellingTable`.
        for group in entry(pair)..<entry(pair + 1) where EnglishSpellingTable.groups.utf8Start[5 * group] == third {
            return place(ofGroup: group)..<place(ofGroup: group + 1)
        }
        return nil
    }

    /// Where a group's rules begin.
    private static func place(ofGroup group: Int) -> Int {
        number(EnglishSpellingTable.groups.utf8Start + 5 * group + 1)
    }

    /// The number of the first group of a pair of letters.
    private static func entry(_ pair: Int) -> Int { number(EnglishSpellingTable.index.utf8Start + 4 * pair) }

    /// The number that four hexadecimal digits stand for, the first the highest.
    private static func number(_ digits: UnsafePointer<UInt8>) -> Int {
        // Safety: the index and each group have four digits at such a place.
        let text = UInt32(littleEndian: UnsafeRawPointer(digits).loadUnaligned(as: UInt32.self))
        // Letters have the bit of 0x40, and the last four bits of `a` are 1.
        let values = (text & 0x0F0F_0F0F) &+ 9 &* (text &>> 6 & 0x0101_0101)
        let pairs = (values &<< 4 | values &>> 8) & 0x00FF_00FF
        return Int((pairs & 0xFF) &<< 8 | pairs &>> 16)
    }
}
