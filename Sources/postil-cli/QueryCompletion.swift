import Foundation
import Postil

/// Completes the last word of a query in a shell: with the index's own words, the most frequent first, and behind the name of a
/// field with the words of its values.
enum QueryCompletion {
    /// As many as a shell shows without asking.
    private static let limit = 20

    /// The completions of an argument of which `written` stands on the command line. They go on behind it letter by letter, since
    /// a shell drops others.
    static func completions(of written: String, by searcher: Searcher) -> [String] {
        // `+reward -gam`, `title:goodh` and `=opti` complete the word that they end with.
        let start = written.lastIndex { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(written.index(after:))
        let word = String(written[(start ?? written.startIndex)...])
        let head = written[..<(start ?? written.startIndex)]
        // A shell would show a message in the place of words.
        if let field = field(written, by: searcher) {
            return (try? values(of: field.name, beginningWith: field.value, by: searcher))?.map {
                written.dropLast(field.value.count) + $0
            } ?? []
        }
        guard !word.isEmpty else { return [] }
        if let first = firstPart(before: head) {
            return ((try? searcher.completions(of: word, behind: first, limit: limit)) ?? []).map {
                head + continued(word, $0)
            }
        }
        return ((try? searcher.completions(of: word, limit: limit)) ?? []).map { head + continued(word, $0.text) }
    }

    /// The word that a joiner binds to what is typed behind it (`mesa-op`, `config.j`), with the joiner; nil where there is none.
    private static func firstPart(before head: Substring) -> String? {
        guard let joiner = head.last, "-_.".contains(joiner) else { return nil }
        let first = head.dropLast().reversed().prefix { $0.isLetter || $0.isNumber }
        return first.isEmpty ? nil : String(first.reversed()) + String(joiner)
    }

    /// The names of fields by which hits can be sorted or counted, with `beginning` in front in the case it is typed in.
    static func fields(beginningWith beginning: String, by searcher: Searcher, others: [String] = []) -> [String] {
        // `--facet author,ye` completes the last one; `--sort -da` goes down.
        let start = beginning.lastIndex { $0 == "," || $0 == "-" }.map(beginning.index(after:)) ?? beginning.startIndex
        let word = beginning[start...].lowercased()
        let known = others + ((try? searcher.countableFields()) ?? [])
        var seen: Set<String> = []
        return known.filter { $0.lowercased().hasPrefix(word) && seen.insert($0).inserted }.map {
            beginning[..<start] + $0
        }
    }

    /// The field whose value the argument ends with; title and body have the words of texts.
    private static func field(_ written: String, by searcher: Searcher) -> (name: String, value: String)? {
        let last = written.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
        guard let colon = last.firstIndex(of: ":") else { return nil }
        let name = last[..<colon].drop { "+-(".contains($0) }.lowercased()
        guard name != "title", name != "body", searcher.fieldNames.contains(where: { $0.lowercased() == name }) else {
            return nil
        }
        return (name, String(last[last.index(after: colon)...]))
    }

    private static func values(of field: String, beginningWith beginning: String, by searcher: Searcher) throws
        -> [String]
    {
        if field == "id" { return try searcher.ids(beginningWith: beginning, limit: limit) }
        guard try searcher.countableFields().contains(where: { $0.lowercased() == field }) || field == "tags" else {
            return []
        }
        let folded = folded(beginning)
        var counts: [String: Int] = [:]
        for value in try searcher.facet(field).values {
            // A tag is compared as a whole, other values by their words.
            let isWhole = field == "tag" || field == "tags" || field == "date" || field == "year"
            let words = isWhole ? [value.value[...]] : value.value.split { $0.isWhitespace || ",;\"()".contains($0) }
            for word in Set(words)
            where Self.folded(String(word)).hasPrefix(folded) && !word.contains(where: \.isWhitespace) {
                counts[String(word), default: 0] += value.count
            }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map {
            continued(beginning, $0.key)
        }
    }

    /// `typed` with what a word has behind it; the word itself where diacritics make it another.
    private static func continued(_ typed: String, _ word: String) -> String {
        let beginning = word.prefix(typed.count)
        return beginning.lowercased() == typed.lowercased() ? typed + word.dropFirst(typed.count) : word
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
