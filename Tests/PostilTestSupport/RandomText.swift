/// Seeded texts that hit the boundaries of word segmentation far more often than prose does.
public enum RandomText {
    /// What a text is made of.
    public enum Alphabet: Sendable {
        /// ASCII: few letters and digits, and all bytes that word segmentation looks at.
        case ascii
        /// ASCII and pieces of many scripts, marks, joiners, emoji.
        case mixed
        /// The same and ill-formed bytes.
        case everything

        var pieces: [[UInt8]] {
            let ascii = [
                "a", "b", "C", "z", "Q", "1", "9", "0", " ", " ", " ", "'", ".", ":", ",", ";", "-", "-", "_", "\"",
                "\n", "\r\n", "/", "@", "[", "`", "{", "\u{7F}", "\0", "ing", "running", "abcdefgh", "0123456789",
            ]
            let others = [
                "é", "e\u{301}", "Ä", "ß", "ø", "İ", "я", "й", "ω", "א", "׳", "״", "ا", "َ", "क", "्", "ท", "ำ", "่",
                "深", "度", "学", "カ", "ー", "ｶ", "ﾞ", "き", "゙", "한", "국", "²", "½", "ﬁ", "𝐀", "Ⅷ", "٣", "․", "’", "‘",
                "·", "‿", "\u{200D}", "\u{AD}", "\u{2060}", "\u{FE0F}", "🙂", "👍🏽", "❤", "ⓜ", "🇩🇪", "🇫", "\u{2010}",
                "\u{2011}", "—", "\u{3000}", "\u{2028}", "\u{85}", "\u{FFFD}", "\u{115F}", "ﷺ", "\u{10FFFF}",
            ]
            let illFormed: [[UInt8]] = [
                [0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x99], [0xF5], [0xFF],
                [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0xAF],
            ]
            switch self {
            case .ascii: return ascii.map { Array($0.utf8) }
            case .mixed: return (ascii + ascii + others).map { Array($0.utf8) }
            case .everything: return (ascii + others).map { Array($0.utf8) } + illFormed
            }
        }
    }

    /// 0 to `length` pieces of `alphabet`, now and then one of them many times over.
    public static func bytes(length: Int, alphabet: Alphabet, using random: inout SplitMix64) -> [UInt8] {
        let pieces = alphabet.pieces
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...length, using: &random) {
            let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
            let isLong = Int.random(in: 0..<200, using: &random) == 0
            for _ in 0..<(isLong ? Int.random(in: 2...300, using: &random) : 1) { text += piece }
        }
        return text
    }
}
