import GRDB
import TextAnalysis

/// Counts the words of documents that are handed to FTS5 or taken out, for the word list.
///
/// A run that inverts documents itself counts them as it does (``RunInverter``). FTS5 has its tokenizer called on its own, so that
/// the few documents of a small run are analysed once more here; with FTS5's own tokenizers by an analyzer without a stemmer.
final class WordCounter {
    private let specification: AnalyzerSpecification
    private var came: TextAnalyzer?
    private var went: TextAnalyzer?
    private var buffer = TokenBuffer()

    /// A counter for an index of an analyzer.
    init(_ specification: AnalyzerSpecification) {
        if case .fts5 = specification.kind { self.specification = .none } else { self.specification = specification }
    }

    /// Counts a document that came.
    func add(title: String, body: String) throws {
        let analyzer = try came ?? TextAnalyzer(specification)
        came = analyzer
        count(title, body, analyzer)
    }

    /// Counts a document that went.
    func remove(title: String, body: String) throws {
        let analyzer = try went ?? TextAnalyzer(specification)
        went = analyzer
        count(title, body, analyzer)
    }

    /// What was counted since the last time.
    func takeWords() -> (came: CountedWords, went: CountedWords) {
        defer { (came, went) = (nil, nil) }
        return (came?.countedWords() ?? CountedWords(), went?.countedWords() ?? CountedWords())
    }

    /// The words of all documents.
    ///
    /// - Complexity: Reads and analyses all texts.
    static func words(of db: Database, analyzer: String) throws -> CountedWords {
        let counter = WordCounter(try AnalyzerSpecification(analyzer))
        let texts = try SQLiteStatement("SELECT title, body FROM documents ORDER BY id", on: db.handle)
        while try texts.step() { try counter.add(title: texts.text(0) ?? "", body: texts.text(1) ?? "") }
        return counter.takeWords().came
    }

    private func count(_ title: String, _ body: String, _ analyzer: TextAnalyzer) {
        analyzer.beginDocument()
        for text in [title, body] {
            var text = text
            text.withUTF8 { analyzer.analyze($0, into: &buffer) }
        }
    }
}
