/// The words of a generated collection, by rank: first English function words, then invented content words.
///
/// A content word is a root of syllables (consonants, then one of a, i, o, u), a closing consonant and an English
/// ending: `brutan`, `brutans`, `brutaned`. Three neighbours in rank share a root, as inflected forms do, so that
/// stemmers have work to do. Roots are short where words are frequent. Different ranks have different words: no
/// syllable holds an e, and no ending can be read as a syllable and a closing consonant.
struct InventedVocabulary {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    /// Number of words.
    var count: Int { ends.count }
    /// Ranks below this are function words.
    let functionWordCount: Int

    private static let onsets = [
        "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "cr", "dr",
        "gr", "pr", "tr", "bl", "cl", "fl", "pl", "st", "sp", "sh", "th", "ch",
    ]
    private static let vowels = ["a", "o", "i", "u"]
    private static let codas = ["n", "r", "l", "t", "m", "d", "s", "k", "p", "g", "x"]
    private static let endings = [
        "", "s", "ed", "ing", "ation", "er", "ly", "ment", "ive", "ness", "able", "ize", "ations", "ers", "ized",
    ]

    /// The first `count` words.
    ///
    /// - Complexity: O(count) time; about 9 bytes of text a word.
    init(count: Int) {
        precondition(count > FunctionWords.all.count, "there are \(FunctionWords.all.count) function words")
        functionWordCount = FunctionWords.all.count
        bytes.reserveCapacity(count * 10)
        ends.reserveCapacity(count)
        for word in FunctionWords.all { append(Array(word.utf8)) }
        let syllables = Self.onsets.flatMap { onset in Self.vowels.map { Array((onset + $0).utf8) } }
        let codas = Self.codas.map { Array($0.utf8) }
        let endings = Self.endings.map { Array($0.utf8) }
        for content in 0..<(count - functionWordCount) {
            let root = content / 3
            appendRoot(root, syllables: syllables)
            bytes += codas[root % codas.count]
            // The form of a rank is fixed: mostly the bare root, its plural and one more ending.
            let form = content % 3
            let ending = form == 0 ? 0 : form == 1 ? 1 + root % 3 : 4 + root % (endings.count - 4)
            append(endings[ending])
        }
    }

    private mutating func append(_ tail: [UInt8]) {
        bytes += tail
        ends.append(UInt32(bytes.count))
    }

    /// Appends the syllables of a root: two for the first 17,424 roots, then three, then four.
    private mutating func appendRoot(_ root: Int, syllables: [[UInt8]]) {
        let base = syllables.count
        var length = 2
        var size = base * base
        var number = root
        while number >= size {
            number -= size
            size *= base
            length += 1
        }
        // Neighbours in rank shall not be neighbours in the alphabet: 104,729 is a prime and no divisor of 132^n.
        number = number % size * 104_729 % size
        for _ in 0..<length {
            bytes += syllables[number % base]
            number /= base
        }
    }

    /// Calls `body` with the UTF-8 of the word of a rank (from 0).
    func withWord<Result>(_ rank: Int, _ body: (ArraySlice<UInt8>) throws -> Result) rethrows -> Result {
        try body(bytes[(rank == 0 ? 0 : Int(ends[rank - 1]))..<Int(ends[rank])])
    }

    /// The word of a rank (from 0).
    func word(_ rank: Int) -> String { withWord(rank) { String(decoding: $0, as: UTF8.self) } }
}

/// The commonest English words, in about the order of their frequency: they take the first ranks of the vocabulary, so
/// that generated queries meet posting lists as long as those of real text.
enum FunctionWords {
    // None is spelt like an invented word, for which "within" had to go.
    static let all: [String] = """
        the of and to a in is that we for with on by as are this be an from which at it can have or has their not our \
        these using between also its was show but such more than been two one new used other into both may they only \
        when where most first all some how there over use each it many do if while no will any time then so very what \
        well about under through same being were without during because however must after before since \
        against though would could should until who whose toward upon yet among less further often
        """.split(separator: " ").map(String.init).reduce(into: []) { words, word in
            if !words.contains(word) { words.append(word) }
        }
}
