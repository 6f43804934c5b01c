/// What a language writes in two ways, as one of them: a folded word -> the word that stands for both.
///
/// It is asked before the stemmer.
package enum WordSpelling {
    /// Words are as they are written.
    case asWritten
    /// British spellings become American ones, by the table of Config/spellings.
    case english
    /// Letters that stand for one with an umlaut or ring where there is none on the keyboard become that one.
    case umlauts([(written: [UInt8], letter: [UInt8])])

    /// The spelling of an analyzer's language.
    package init(_ specification: AnalyzerSpecification) {
        guard case .snowball(let algorithm) = specification.kind else {
            self = .asWritten
            return
        }
        switch algorithm {
        case "english": self = .english
        case "german", "german2": self = .umlauts(Self.pairs(["ae": "ä", "oe": "ö", "ue": "ü"]))
        case "danish", "norwegian": self = .umlauts(Self.pairs(["aa": "å", "ae": "æ", "oe": "ø"]))
        case "swedish": self = .umlauts(Self.pairs(["aa": "å", "ae": "ä", "oe": "ö"]))
        default: self = .asWritten
        }
    }

    private static func pairs(_ letters: [String: String]) -> [(written: [UInt8], letter: [UInt8])] {
        letters.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    }

    /// Writes the word that stands for `word` to `memory` and gives its length; nil when it stands for itself.
    func usual(_ word: UnsafeBufferPointer<UInt8>, into memory: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        switch self {
        case .asWritten: nil
        case .english: EnglishSpellings.american(word, into: memory)
        case .umlauts(let pairs): Self.replace(pairs, in: word, into: memory)
        }
    }

    private static func replace(
        _ pairs: [(written: [UInt8], letter: [UInt8])], in word: UnsafeBufferPointer<UInt8>,
        into memory: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        // Two bytes become two.
        guard word.count <= memory.count else { return nil }
        var found = false
        var index = 0
        while index < word.count {
            memory[index] = word[index]
            if index + 1 < word.count, !isBoundToPrevious(word, index),
                let pair = pairs.first(where: { $0.written[0] == word[index] && $0.written[1] == word[index + 1] })
            {
                (memory[index], memory[index + 1]) = (pair.letter[0], pair.letter[1])
                found = true
                index += 1
            }
            index += 1
        }
        return found ? word.count : nil
    }

    /// Whether the u at `index` belongs to a vowel or a q before it, as in *neue* and *Quelle*.
    private static func isBoundToPrevious(_ word: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index > 0, word[index] == UInt8(ascii: "u") else { return false }
        let previous = word[index - 1]
        return previous == UInt8(ascii: "a") || previous == UInt8(ascii: "e") || previous == UInt8(ascii: "q")
    }
}
