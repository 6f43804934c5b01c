import CSQLite
import TextAnalysis

/// One of FTS5's own tokenizers (`unicode61`, `ascii`, `porter`, `trigram`), or one that somebody registered, as an
/// analyzer.
///
/// An index built so answers MATCH in any SQLite without an extension.
public final class FTS5TokenizerAnalyzer: Analyzer {
    /// `fts5:` and the tokenizer with its arguments.
    public let identity: String

    private let tokenizer: fts5_tokenizer
    private let instance: OpaquePointer
    private var collected = CollectedTokens()

    /// Creates the tokenizer of `specification`, whose kind is `.fts5`. It must not be used after the connection of
    /// `api` is closed.
    ///
    /// - Throws: `AnalyzerError.fts5Tokenizer` when FTS5 does not know it or it refuses its arguments.
    public init(_ specification: AnalyzerSpecification, api: FTS5API) throws(AnalyzerError) {
        guard case .fts5(let option) = specification.kind else {
            throw .fts5Tokenizer(specification.name, code: SQLITE_ERROR)
        }
        let words = AnalyzerSpecification.words(ofTokenizer: option)
        var context: UnsafeMutableRawPointer?
        var found = fts5_tokenizer()
        let code = api.pointer.pointee.xFindTokenizer(api.pointer, words.first ?? "", &context, &found)
        guard code == SQLITE_OK, let create = found.xCreate else { throw .fts5Tokenizer(option, code: code) }
        var instance: OpaquePointer?
        let created = Self.withCStrings(Array(words.dropFirst())) { arguments in
            create(context, arguments.baseAddress, Int32(clamping: arguments.count), &instance)
        }
        guard created == SQLITE_OK, let instance else { throw .fts5Tokenizer(option, code: created) }
        tokenizer = found
        self.instance = instance
        identity = specification.name
    }

    deinit { tokenizer.xDelete?(instance) }

    /// Hands out the tokens of `text` in order of their positions.
    ///
    /// The tokenizer treats ill-formed UTF-8 in its own way. Text of 2^31 bytes and more, which SQLite cannot store,
    /// is cut there.
    public func analyze(
        _ text: UnsafeBufferPointer<UInt8>, for purpose: AnalysisPurpose, _ body: (Token) throws -> Void
    ) rethrows {
        collected.removeAll()
        let flags: Int32 =
            switch purpose {
            case .document: FTS5_TOKENIZE_DOCUMENT
            case .query: FTS5_TOKENIZE_QUERY
            case .prefix: FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX
            }
        let count = Int32(clamping: text.count)
        withUnsafeMutablePointer(to: &collected) { context in
            text.withMemoryRebound(to: CChar.self) { characters in
                _ = tokenizer.xTokenize?(instance, context, flags, characters.baseAddress, count) {
                    context, flags, term, length, start, end in
                    guard let context, let term, length > 0 else { return SQLITE_OK }
                    // Safety: `context` is &collected, which stays in place during xTokenize; `term` has `length` bytes.
                    let tokens = context.assumingMemoryBound(to: CollectedTokens.self)
                    let bytes = UnsafeRawBufferPointer(start: term, count: Int(length))
                    tokens.pointee.append(
                        bytes, start: Int(start), end: Int(end), isColocated: flags & FTS5_TOKEN_COLOCATED != 0)
                    return SQLITE_OK
                }
            }
        }
        let tokens = collected
        try tokens.bytes.withUnsafeBufferPointer { bytes in
            for token in tokens.tokens {
                try body(
                    Token(
                        term: UnsafeBufferPointer(rebasing: bytes[token.term]), start: token.start, end: token.end,
                        position: token.position, isColocated: token.isColocated))
            }
        }
    }

    private static func withCStrings(
        _ strings: [String], _ body: (UnsafeMutableBufferPointer<UnsafePointer<CChar>?>) -> Int32
    ) -> Int32 {
        let characters = strings.flatMap { $0.utf8CString }
        return characters.withUnsafeBufferPointer { buffer in
            var starts: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in strings {
                starts.append(buffer.baseAddress.map { $0 + offset })
                offset += string.utf8.count + 1
            }
            return starts.withUnsafeMutableBufferPointer { body($0) }
        }
    }
}

/// The tokens of one text, kept until FTS5's tokenizer returns: no Swift error may pass through its frames.
struct CollectedTokens {
    struct Entry {
        let term: Range<Int>
        let start: Int
        let end: Int
        let position: Int
        let isColocated: Bool
    }

    private(set) var bytes: [UInt8] = []
    private(set) var tokens: [Entry] = []
    private var position = -1

    mutating func append(_ term: UnsafeRawBufferPointer, start: Int, end: Int, isColocated: Bool) {
        let isColocated = isColocated && position >= 0
        if !isColocated { position += 1 }
        let range = bytes.count..<bytes.count + term.count
        bytes.append(contentsOf: term)
        tokens.append(Entry(term: range, start: start, end: end, position: position, isColocated: isColocated))
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
        position = -1
    }
}
