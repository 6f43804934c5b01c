import GRDB
import TextAnalysis

/// Counts the words of documents that are handed to FTS5 or taken out, for the word list.
///
/// A run that inverts documents itself counts them as it does (``RunInverter``). FTS5 has its tokenizer called on its own, so that
/// the few documents of a small run are analysed once more here; with FTS5's own tokenizers by an analyzer without a stemmer.
final class WordCounter {
    private let specification: AnalyzerSpecification
    private var came: PartedCount?
    private var went: PartedCount?

    /// A counter for an index of an analyzer.
    init(_ specification: AnalyzerSpecification) {
        if case .fts5 = specification.kind { self.specification = .none } else { self.specification = specification }
    }

    /// Counts a document that came.
    func add(title: String, body: String) throws {
        let count = try came ?? PartedCount(specification)
        came = count
        count.add(title, body)
    }

    /// Counts a document that went.
    func remove(title: String, body: String) throws {
        let count = try went ?? PartedCount(specification)
        went = count
        count.add(title, body)
    }

    /// What was counted since the last time.
    func takeWords() -> (came: [CountedWords], went: [CountedWords]) {
        defer { (came, went) = (nil, nil) }
        return (came?.finish() ?? [], went?.finish() ?? [])
    }

    /// The words of all documents.
    ///
    /// - Complexity: Reads and analyses all texts.
    static func words(of db: Database, analyzer: String) throws -> [CountedWords] {
        let counter = WordCounter(try AnalyzerSpecification(analyzer))
        let texts = try SQLiteStatement("SELECT title, body FROM documents ORDER BY id", on: db.handle)
        while try texts.step() { try counter.add(title: texts.text(0) ?? "", body: texts.text(1) ?? "") }
        return counter.takeWords().came
    }
}

/// Words that are counted in the memory that an analyzer may take: what it knows is put aside when it is more, also inside of a
/// document, and takes a tenth then.
final class PartedCount {
    private let analyzer: TextAnalyzer
    private let memory: Int
    private let pieceLength: Int
    private var buffer = TokenBuffer()
    private var parts: [CountedWords] = []
    private var isContinued = false

    /// - Parameters:
    ///   - memory: Bytes that the analyzer may hold.
    ///   - pieceLength: Occurrences of terms after which that is looked at.
    init(_ specification: AnalyzerSpecification, memory: Int = 64 << 20, pieceLength: Int = 1 << 16) throws {
        analyzer = try TextAnalyzer(specification)
        self.memory = memory
        self.pieceLength = pieceLength
    }

    /// Counts the words of a document.
    func add(_ title: String, _ body: String) {
        analyzer.beginDocument()
        for text in [title, body] {
            var text = text
            text.withUTF8 { bytes in
                analyzer.analyze(bytes, inPiecesOf: pieceLength, into: &buffer) { _, isLast in
                    guard !isLast, analyzer.vocabularyByteCount >= memory else { return }
                    putAside()
                    analyzer.beginDocument()
                    isContinued = true
                }
            }
        }
        if isContinued { analyzer.endContinuedDocument() }
        isContinued = false
        if analyzer.vocabularyByteCount >= memory { putAside(isInDocument: false) }
    }

    /// What was counted, part by part.
    func finish() -> [CountedWords] {
        analyzer.dropLookups()
        return parts + [analyzer.countedWords()]
    }

    private func putAside(isInDocument: Bool = true) {
        if isInDocument, isContinued { analyzer.endContinuedDocument() }
        analyzer.dropLookups()
        parts.append(analyzer.countedWords(goesOn: isInDocument))
        analyzer.removeAllTerms()
    }
}
