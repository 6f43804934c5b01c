import CSQLite
import TextAnalysis

/// Postil's tokenizer under the name of one that every SQLite has.
///
/// A table of a tokenizer that a program does not have cannot even be counted there: FTS5 before SQLite 3.47 refuses to open it,
/// and `sqlite-utils tables --counts` and Datasette fail with it. So an index's table names `unicode61`, with arguments that
/// make no words of letters and digits:
///
///     tokenize='unicode61 categories ''Co'' separators ''postil english'''
///
/// A program without Postil opens the table, and `MATCH` finds nothing in it: characters for private use are all that there are
/// words of. (And ideographs and emoji, which are of no category to FTS5; a query of these can find a part.) Where Postil is,
/// `unicode61` is replaced by what knows the separators' text for an analyzer's name, and hands all other tables on to the one
/// that was there before.
extension FTS5API {
    /// The tokenizer that is stood in for.
    private static let standIn = "unicode61"

    /// FTS5's option for an analyzer of Postil's.
    static func standInOption(for analyzer: String) -> String {
        "\(standIn) categories 'Co' separators '\(tokenizerName) \(analyzer)'"
    }

    /// The analyzer that a table's arguments name; nil where they mean `unicode61` itself.
    private static func analyzer(in arguments: [String]) -> String? {
        guard arguments.count == 4, arguments[0] == "categories", arguments[1] == "Co", arguments[2] == "separators",
            arguments[3].hasPrefix(tokenizerName + " ")
        else { return nil }
        return String(arguments[3].dropFirst(tokenizerName.count + 1))
    }

    /// Makes tables of both kinds known to the connection: those that name Postil's tokenizer, and those that name `unicode61`
    /// in its place.
    ///
    /// - Throws: `AnalyzerError.registration`.
    public func registerTokenizers() throws(AnalyzerError) {
        try registerTokenizer()
        var context: UnsafeMutableRawPointer?
        var found = fts5_tokenizer()
        let code = pointer.pointee.xFindTokenizer(pointer, Self.standIn, &context, &found)
        guard code == SQLITE_OK else { throw .registration(Self.standIn, code: code) }
        let original = Unmanaged.passRetained(Original(tokenizer: found, context: context))
        var tokenizer = fts5_tokenizer(xCreate: Self.create, xDelete: Self.delete, xTokenize: Self.tokenize)
        let registered = pointer.pointee.xCreateTokenizer(
            pointer, Self.standIn, original.toOpaque(), &tokenizer
        ) { context in
            // Safety: FTS5 calls this once, with the retained context it was given.
            if let context { Unmanaged<Original>.fromOpaque(context).release() }
        }
        guard registered == SQLITE_OK else {
            original.release()
            throw .registration(Self.standIn, code: registered)
        }
    }

    /// FTS5's own `unicode61`, or what stood in its place.
    private final class Original {
        let tokenizer: fts5_tokenizer
        let context: UnsafeMutableRawPointer?

        init(tokenizer: fts5_tokenizer, context: UnsafeMutableRawPointer?) {
            self.tokenizer = tokenizer
            self.context = context
        }
    }

    /// The tokenizer of one table: another one, created and deleted as FTS5 does.
    private final class Instance {
        private let tokenizer: fts5_tokenizer
        private let handle: OpaquePointer

        init?(_ tokenizer: fts5_tokenizer, _ handle: OpaquePointer?) {
            guard let handle else { return nil }
            self.tokenizer = tokenizer
            self.handle = handle
        }

        deinit { tokenizer.xDelete?(handle) }

        func tokenize(
            _ context: UnsafeMutableRawPointer?, _ flags: Int32, _ text: UnsafePointer<CChar>?, _ count: Int32,
            _ callback: FTS5API.TokenCallback?
        ) -> Int32 {
            tokenizer.xTokenize?(handle, context, flags, text, count, callback) ?? SQLITE_MISUSE
        }
    }

    private static let create:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafePointer<CChar>?>?, Int32,
            UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32 = { context, arguments, count, result in
            guard let context, let result else { return SQLITE_MISUSE }
            // Safety: the context is the one that registerTokenizers retained; FTS5 passes `count` strings.
            let original = Unmanaged<Original>.fromOpaque(context).takeUnretainedValue()
            let words = (0..<Int(count)).compactMap { index in arguments?[index].map { String(cString: $0) } }
            var handle: OpaquePointer?
            var tokenizer = original.tokenizer
            let code: Int32
            if let analyzer = FTS5API.analyzer(in: words) {
                tokenizer = FTS5API.ownTokenizer
                code = FTS5API.createOwn(analyzer, &handle)
            } else {
                code = original.tokenizer.xCreate?(original.context, arguments, count, &handle) ?? SQLITE_MISUSE
            }
            guard code == SQLITE_OK, let instance = Instance(tokenizer, handle) else {
                return code == SQLITE_OK ? SQLITE_ERROR : code
            }
            result.pointee = OpaquePointer(Unmanaged.passRetained(instance).toOpaque())
            return SQLITE_OK
        }

    private static let delete: @convention(c) (OpaquePointer?) -> Void = { tokenizer in
        // Safety: this is the instance that `create` retained, and FTS5 deletes it once.
        if let tokenizer { Unmanaged<Instance>.fromOpaque(UnsafeRawPointer(tokenizer)).release() }
    }

    private static let tokenize:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, FTS5API.TokenCallback?
        ) -> Int32 = { tokenizer, context, flags, text, count, callback in
            guard let tokenizer else { return SQLITE_MISUSE }
            // Safety: the instance lives until `delete`.
            return Unmanaged<Instance>.fromOpaque(UnsafeRawPointer(tokenizer)).takeUnretainedValue()
                .tokenize(context, flags, text, count, callback)
        }
}
