/// Other ways to say the same, of one word or several, which a query searches beside its own words.
///
/// A file has an entry on each line; `#` begins a comment:
///
///     RLHF = reinforcement learning from human feedback      each also searches the other
///     jailbreak => adversarial prompt                        the first also searches the second
///
/// Words are compared without regard to case, punctuation around them and a plural's `s`. What is searched in addition weighs
/// ``weight`` of what the user wrote, and several words are a phrase. Words that must or must not occur are left as they are.
public struct Synonyms: Sendable {
    /// What a synonym weighs beside the words of the query: somebody else's choice of words is weaker evidence. Between .3 and 1
    /// made no difference of more than .004; see Documentation/Decisions/ranking.md.
    static let weight = 0.3

    private struct Entry {
        /// What it is found by, as ``key(_:)`` has them.
        var words: [String]
        /// As they stand in the file.
        var others: [String]
    }

    /// By the first word.
    private var entries: [String: [Entry]] = [:]

    /// No synonyms.
    public static let none = Synonyms()

    private init() {}

    /// Reads the text of a file that is said to be at `path`.
    ///
    /// - Throws: ``SynonymsError`` for a line that is no entry.
    public init(_ text: String, path: String) throws(SynonymsError) {
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.prefix { $0 != "#" }
            if content.allSatisfy(\.isWhitespace) { continue }
            let sides = content.split(separator: "=>", omittingEmptySubsequences: false).map { side in
                side.split(separator: "=", omittingEmptySubsequences: false)
                    .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            }
            guard sides.count <= 2, sides.allSatisfy({ $0.allSatisfy { !Self.keys($0).isEmpty } }),
                sides.count == 2 || sides[0].count > 1
            else {
                throw SynonymsError(
                    path: path, line: number + 1,
                    reason: "expected synonyms, such as “RLHF = human feedback” or “a => b”")
            }
            for form in sides[0] { add(form, others: sides.count == 2 ? sides[1] : sides[0].filter { $0 != form }) }
        }
    }

    private mutating func add(_ form: String, others: [String]) {
        let words = Self.keys(form)
        entries[words[0], default: []].append(Entry(words: words, others: others))
    }

    private static func keys(_ text: String) -> [String] {
        text.split(separator: " ").map { key(String($0)) }.filter { !$0.isEmpty }
    }

    /// The word without what makes no difference.
    private static func key(_ word: String) -> String {
        func isOutside(_ character: Character) -> Bool { !character.isLetter && !character.isNumber }
        var text = Substring(word.lowercased().map { $0 == "\u{2019}" ? "'" : $0 })
        while let last = text.last, isOutside(last) { text.removeLast() }
        while let first = text.first, isOutside(first) { text.removeFirst() }
        if text.count > 3, text.last == "s", !text.hasSuffix("ss") { text.removeLast() }
        return String(text)
    }

    /// A way to say the same.
    package struct Other: Equatable {
        /// One word or several, as they stand in the file; several are a phrase.
        package var text: String
        /// What it weighs beside the query's words.
        package var weight: Double
    }

    /// What else says the same as words of the query that stand beside each other and are no conditions, each once.
    ///
    /// - Complexity: O(words of the query), and of the entries that begin with one of them.
    package func others(beside query: Query) -> [Other] {
        var found: [Other] = []
        add(query, 1, to: &found)
        return found
    }

    private func add(_ query: Query, _ boost: Double, to found: inout [Other]) {
        switch query {
        case .word: add(beside: [query], boost, to: &found)
        case .boosted(let inner, let factor): add(inner, boost * factor, to: &found)
        case .boolean(let must, let should, _):
            add(beside: should, boost, to: &found)
            for clause in should {
                // A word beside others is looked at with them.
                if case .word = clause { continue }
                add(clause, boost, to: &found)
            }
            for clause in must { if case .boolean = clause { add(clause, boost, to: &found) } }
        default: break
        }
    }

    private func add(beside clauses: [Query], _ boost: Double, to found: inout [Other]) {
        let keys = clauses.map { clause -> String in
            guard case .word(let word) = clause, word.kind == .plain else { return "" }
            return Self.key(word.text)
        }
        for place in keys.indices {
            for entry in entries[keys[place]] ?? [] where keys[place...].starts(with: entry.words) {
                for other in entry.others where !found.contains(where: { $0.text == other }) {
                    found.append(Other(text: other, weight: Self.weight * boost))
                }
            }
        }
    }
}

/// A file of synonyms that cannot be used, with the line to mend.
public struct SynonymsError: Error, Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let reason: String

    /// `synonyms.txt:3: expected synonyms`.
    public var description: String { "\(path):\(line): \(reason)" }
}
