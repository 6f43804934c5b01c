import TextAnalysis

/// The words of authors' names as conditions on fields take them: what ``FieldWords/matches(_:_:isBeginning:)`` compares.
final class AuthorWords {
    private let analyzer: TextAnalyzer
    private var buffer = TokenBuffer()

    /// Names are forgotten when they take as much: those of a million authors.
    private static let memory = 64 << 20

    init() throws { analyzer = try TextAnalyzer(.none) }

    /// The words of a name, some perhaps twice; valid until ``begin()``.
    func words(of name: String) -> [TermID] {
        var words: [TermID] = []
        func add(_ text: String) {
            var text = text
            text.withUTF8 { analyzer.analyze($0, into: &buffer) }
            words += buffer.occurrences.lazy.map(\.term)
        }
        add(name)
        // O'Neil is found as *oneil*, too.
        if let joined = FieldWords.joined(name) { add(joined) }
        return words
    }

    func text(of word: TermID) -> String { String(decoding: analyzer.bytes(of: word), as: UTF8.self) }

    /// Says that no words are held any more, so that they may be forgotten.
    func begin() { if analyzer.vocabularyByteCount > Self.memory { analyzer.removeAllTerms() } }
}
