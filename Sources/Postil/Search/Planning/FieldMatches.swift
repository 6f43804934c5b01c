import IndexStore
import Ranking

/// The documents that a few plain words find by fields beside title and body: the author, the tags, the aliases, and where no
/// document has one of the words, the name of the file.
///
/// Such a document matches, and scores nothing for it, so that it stands behind those that have a word in their text. But where the
/// words name an author more than anything else, what that author wrote comes first.
struct FieldMatches {
    /// Documents of an author with all of the words, if that is what the words mean.
    let first: DocumentBitmap?
    /// Documents with all of the words in one of the fields.
    let all: DocumentBitmap

    /// More words are no name or tag, but the subject of a text.
    static let mostWords = 3
    /// The words are an author's name if that wrote one at least of so many documents which have the rarest of them: *hubinger*
    /// is one, *good* is none, though a Good has written something.
    private static let mentionsForOneText = 8

    /// Finds them; nil where there are none, and where there are no columns to look into at little cost.
    ///
    /// - Complexity: O(different values of the fields), the first time O(bytes of their columns).
    init?(_ query: String, in snapshot: any SearchedCollection, frequency: () throws -> Int) throws {
        guard Self.isPlain(query), try snapshot.hasColumns else { return nil }
        let authored = try snapshot.documents(where: .words(.author, query, isBeginning: false))
        var all = authored
        for field in [DocumentFilter.Field.tag, .metadata("aliases")] {
            all.formUnion(try snapshot.documents(where: .words(field, query, isBeginning: false)))
        }
        // The path of every file is looked at, which only a search pays for that finds little otherwise.
        if all.isEmpty, try frequency() == 0 { all = try snapshot.documents(ofFilesNamed: query) }
        guard !all.isEmpty else { return nil }
        self.all = all
        let isName = try !authored.isEmpty && authored.count * Self.mentionsForOneText >= frequency()
        first = isName ? authored : nil
    }

    /// Whether a query is one to three words without operators.
    private static func isPlain(_ query: String) -> Bool {
        var (words, isInWord) = (0, false)
        for byte in query.utf8 {
            switch byte {
            case 0x20: isInWord = false
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF,
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !isInWord { words += 1 }
                isInWord = true
            // Inside of a word; in front of it a hyphen is an operator.
            case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."): if !isInWord { return false }
            default: return false
            }
            if words > mostWords { return false }
        }
        return words > 0
    }
}
