import Foundation

/// Keys of bibliography entries: `hubinger2019risks-k3f9a`.
///
/// The family name of the first author, the year and the first telling word of the title are for people; the end is a hash of
/// the document's id, title and URL, so that a key depends on nothing else: not on what is cited beside it, not on the index. Two
/// documents have the same end with a probability of one in 33 million, and the same key only if name, year and word agree, too.
enum CitationKey {
    private static let needless: Set<String> = [
        "a", "an", "the", "on", "of", "in", "to", "and", "for", "is", "are", "re", "with", "from", "what", "how", "why",
        "opinion",
        "summary", "review",
    ]
    /// Without letters that look like others.
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    /// 25 bits.
    private static let length = 5

    static func text(authors: [PersonName], date: String?, title: String, identity: [String]) -> String {
        let family = authors.first.map {
            $0.isLiteral ? $0.family.split(separator: " ").first.map(String.init) ?? "" : $0.family
        }
        let words = title.split { !$0.isLetter && !$0.isNumber }.map { ascii(String($0)) }
        let word = words.first { !$0.isEmpty && !needless.contains($0) } ?? words.first { !$0.isEmpty } ?? ""
        let year = date?.prefix(4).filter(\.isNumber) ?? ""
        let readable = ascii(family ?? "").prefix(20) + year + word.prefix(20)
        let hash = hash(of: identity)
        let end = String((0..<length).map { letters[Int(hash >> UInt64(59 - 5 * $0)) & 31] })
        return readable.isEmpty ? "document-" + end : readable + "-" + end
    }

    /// Small letters and digits of ASCII: `fohl` of `Föhl`, `wang` of `王`.
    private static func ascii(_ text: String) -> String {
        let latin = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.applyingTransform(.toLatin, reverse: false) ?? text
        return latin.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
            .filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// FNV-1a (Fowler, Noll, Vo 1991), mixed: the same in every process.
    static func hash(of parts: [String]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 29
    }

    /// A short name of a text, as in keys.
    static func fingerprint(of text: String, letters count: Int) -> String {
        let hash = hash(of: [text])
        return String((0..<count).map { letters[Int(hash >> UInt64(59 - 5 * $0)) & 31] })
    }
}
