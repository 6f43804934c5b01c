import CSQLite
import TextAnalysis

extension FTS5API {
    /// The name under which Postil's tokenizer is registered.
    public static let tokenizerName = "postil"

    /// Registers Postil's tokenizer: `CREATE VIRTUAL TABLE … USING fts5(…, tokenize = 'postil english')`.
    ///
    /// Its argument is the name of an analyzer; without one, tables use `specification`. Each table of a connection
    /// gets an analyzer of its own. In queries joined forms are left out, since FTS5 would take them for synonyms of
    /// the first part: `"mesa-optimizer"` is the phrase of its parts, `mesaoptimizer` finds the joined form.
    /// - Throws: `AnalyzerError.needsFTS5` when `specification` is not a `TextAnalyzer`'s, `.registration`.
    public func registerTokenizer(
        named name: String = tokenizerName, specification: AnalyzerSpecification = .english
    ) throws(AnalyzerError) {
        if case .fts5(let tokenizer) = specification.kind { throw .needsFTS5(tokenizer: tokenizer) }
        var tokenizer = Self.ownTokenizer
        let context = Unmanaged.passRetained(TokenizerContext(specification))
        let code = pointer.pointee.xCreateTokenizer(pointer, name, context.toOpaque(), &tokenizer) { context in
            // Safety: FTS5 calls this once, with the retained context it was given.
            if let context { Unmanaged<TokenizerContext>.fromOpaque(context).release() }
        }
        guard code == SQLITE_OK else {
            context.release()
            throw .registration(name, code: code)
        }
    }

    /// FTS5's functions of Postil's tokenizer.
    static var ownTokenizer: fts5_tokenizer {
        fts5_tokenizer(xCreate: createTokenizer, xDelete: deleteTokenizer, xTokenize: tokenize)
    }

    /// Creates Postil's tokenizer for an analyzer, without a context to take it from.
    static func createOwn(_ analyzer: String, _ result: inout OpaquePointer?) -> Int32 {
        do throws(AnalyzerError) {
            let analyzer = try TextAnalyzer(try AnalyzerSpecification(analyzer))
            result = OpaquePointer(Unmanaged.passRetained(analyzer).toOpaque())
            return SQLITE_OK
        } catch {
            return SQLITE_ERROR  // FTS5 says "error in tokenizer constructor" and takes no text from here
        }
    }

    /// FTS5's callback for a token: context, flags, bytes, their count, start, end.
    typealias TokenCallback =
        @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32) -> Int32
}

/// What a registered tokenizer is created with when the table names no analyzer.
private final class TokenizerContext {
    let specification: AnalyzerSpecification

    init(_ specification: AnalyzerSpecification) { self.specification = specification }
}

/// FTS5's xCreate.
private func createTokenizer(
    context: UnsafeMutableRawPointer?, arguments: UnsafeMutablePointer<UnsafePointer<CChar>?>?, count: Int32,
    result: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
    guard let context, let result else { return SQLITE_MISUSE }
    // Safety: the context is the one that registerTokenizer retained; FTS5 passes `count` strings.
    let words = (0..<Int(count)).compactMap { index in arguments?[index].map { String(cString: $0) } }
    do throws(AnalyzerError) {
        let specification =
            words.isEmpty
            ? Unmanaged<TokenizerContext>.fromOpaque(context).takeUnretainedValue().specification
            : try AnalyzerSpecification(words.joined(separator: " "))
        let analyzer = try TextAnalyzer(specification)
        result.pointee = OpaquePointer(Unmanaged.passRetained(analyzer).toOpaque())
        return SQLITE_OK
    } catch {
        return SQLITE_ERROR  // FTS5 says "error in tokenizer constructor" and takes no text from here
    }
}

/// FTS5's xDelete.
private func deleteTokenizer(_ tokenizer: OpaquePointer?) {
    guard let tokenizer else { return }
    // Safety: this is the analyzer that createTokenizer retained, and FTS5 deletes it once.
    Unmanaged<TextAnalyzer>.fromOpaque(UnsafeRawPointer(tokenizer)).release()
}

/// A result code of FTS5's callback other than SQLITE_OK, on its way through the analyzer.
private struct TokenizerStop: Error {
    let code: Int32
}

/// FTS5's xTokenize.
private func tokenize(
    tokenizer: OpaquePointer?, context: UnsafeMutableRawPointer?, flags: Int32, text: UnsafePointer<CChar>?,
    count: Int32, callback: FTS5API.TokenCallback?
) -> Int32 {
    guard let tokenizer, let callback else { return SQLITE_MISUSE }
    guard let text, count > 0 else { return SQLITE_OK }
    // Safety: the analyzer lives until deleteTokenizer; FTS5 passes `count` bytes of text, which stay in place.
    let analyzer = Unmanaged<TextAnalyzer>.fromOpaque(UnsafeRawPointer(tokenizer)).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: text, count: Int(count)).bindMemory(to: UInt8.self)
    let isQuery = flags & FTS5_TOKENIZE_QUERY != 0
    let purpose: AnalysisPurpose = isQuery ? (flags & FTS5_TOKENIZE_PREFIX != 0 ? .prefix : .query) : .document
    do {
        try analyzer.analyze(bytes, for: purpose) { token in
            if isQuery && token.isColocated { return }
            let code = token.term.withMemoryRebound(to: CChar.self) { term in
                callback(
                    context, token.isColocated ? FTS5_TOKEN_COLOCATED : 0, term.baseAddress,
                    Int32(truncatingIfNeeded: term.count), Int32(truncatingIfNeeded: token.start),
                    Int32(truncatingIfNeeded: token.end))
            }
            if code != SQLITE_OK { throw TokenizerStop(code: code) }
        }
        return SQLITE_OK
    } catch let stop as TokenizerStop {
        return stop.code
    } catch {
        return SQLITE_ERROR
    }
}
