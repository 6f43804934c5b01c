/// A list of words that say little about what a text is about.
///
/// They are a choice of the query alone: indexes hold all words, so that phrases with stop words match. Words are
/// compared as they stand in the text, not by their stems, which also belong to other words ("doing": do).
public struct StopWords: Sendable {
    private let words: Set<String>

    /// The list called `name`, one of `availableNames`.
    ///
    /// - Throws: `AnalyzerError.unknownStopWords`.
    public init(named name: String) throws(AnalyzerError) {
        guard let text = StopWordLists.lists[name] else {
            throw .unknownStopWords(name, available: Self.availableNames)
        }
        // The lists stand as ``normalized(_:)`` would leave them.
        words = Set(text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) })
    }

    /// A list of one's own.
    public init(_ words: some Sequence<String>) { self.words = Set(words.map(Self.normalized)) }

    /// The names of the lists that are compiled in.
    public static var availableNames: [String] { StopWordLists.lists.keys.sorted() }

    /// Words in the list.
    public var count: Int { words.count }

    /// Whether `word`, as it stands in a text, is a stop word; case and the shape of apostrophes do not matter.
    public func contains(_ word: some StringProtocol) -> Bool { words.contains(Self.normalized(word)) }

    private static func normalized(_ word: some StringProtocol) -> String {
        // Most words stand as they are compared, and taking them apart takes longer than looking them up.
        if word.utf8.allSatisfy({ $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) {
            return String(word)
        }
        return String(word.lowercased().map { $0 == "\u{2019}" ? "'" : $0 })
    }
}
