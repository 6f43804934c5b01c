/// Tells sets of the Windows-125x and ISO 8859 families by the letters that languages in Latin script have.
///
/// A text in one language has few letters beyond ASCII. In its own set nearly all its bytes are those, or punctuation; in another
/// set they are letters that no one language has together: the `ą` and `ł` of Polish are `¹` and `³` in Windows-1252.
enum LatinAlphabets {
    enum Guess: Equatable {
        /// Windows-1252 serves.
        case western
        case set(String)
    }

    /// Bytes beyond ASCII that a text must have for another set than Windows-1252 to be believed.
    private static let leastLetters = 4

    /// The set of some bytes, unless no language fits.
    static func guess(_ bytes: [UInt8]) -> Guess? {
        // Those within words, and the others.
        var inner = [Int](repeating: 0, count: 128)
        var outer = inner
        for (place, byte) in bytes.enumerated() where byte >= 0x80 {
            let isBehindLetter = place > 0 && (isLetter(bytes[place - 1]) || bytes[place - 1] >= 0x80)
            if isBehindLetter, place + 1 < bytes.count, isLetter(bytes[place + 1]) {
                inner[Int(byte) - 0x80] += 1
            } else {
                outer[Int(byte) - 0x80] += 1
            }
        }
        let total = inner.reduce(0, +) + outer.reduce(0, +)
        var best: (covered: Int, set: String) = (0, "")
        for alphabet in alphabets {
            let covered =
                zip(outer, alphabet.isMember).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
                + zip(inner, alphabet.isInner).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
            // Western languages come first, and win where others do as well.
            if covered > best.covered { best = (covered, alphabet.set) }
        }
        // A name from elsewhere may be among them.
        guard best.covered * 10 >= total * 9 else { return nil }
        if best.set == "windows-1252" { return .western }
        return total >= leastLetters ? .set(best.set) : nil
    }

    private struct Alphabet {
        let set: String
        /// For each byte from 0x80 on, whether it is a letter of the language, or punctuation.
        let isMember: [Bool]
        /// For each byte, whether it may stand within a word: quotation marks of Windows are letters of DOS.
        let isInner: [Bool]
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static let punctuation = "\u{A0}“”„‚‘’–—…«»‹›·•°§©®™€£¡¿×±\u{AD}"

    private static let languages: [(sets: [String], letters: [String])] = [
        (
            // Those of Macintosh and DOS have letters where Windows has little else.
            ["windows-1252", "macintosh", "cp850", "cp437"],
            [
                "äöüß", "àâçéèêëîïôùûœ", "áéíñóúüª", "áâãàçéêíóôõúº", "àèéìíòóùú", "åäöé", "æøåéôò", "áéíóúýþæöð",
                "éëïóáè", "äõöüšž", "àçèéíïóòúü",
            ]
        ),
        (
            ["windows-1250", "iso-8859-2", "cp852"],
            [
                "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüčšž",
            ]
        ),
        (["windows-1254"], ["çğıİöşüâîû"]),
        (["windows-1257"], ["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"]),
    ]

    /// Each language in each set, those in Windows' own sets first.
    private static let alphabets: [Alphabet] = {
        let all = languages.flatMap { sets, alphabets in
            sets.enumerated().map { (rank: $0.offset, set: $0.element, alphabets: alphabets) }
        }
        return all.sorted { $0.rank < $1.rank }.flatMap { _, set, alphabets -> [Alphabet] in
            let scalars = (0x80...0xFF).map { byte -> String in
                [UInt8(byte)].withUnsafeBytes { CharacterSet.text($0, in: set)?.text } ?? ""
            }
            return alphabets.map { letters in
                let members = Set((letters + letters.uppercased() + punctuation).unicodeScalars.map { String($0) })
                let inner = members.subtracting("“”„‚«»‹›".unicodeScalars.map { String($0) })
                return Alphabet(
                    set: set, isMember: scalars.map(members.contains), isInner: scalars.map(inner.contains))
            }
        }
    }()
}
