import CSQLite
import TextAnalysis

/// FTS5's table of functions of one connection.
///
/// This module reaches SQLite through it alone and calls no `sqlite3_*` function itself, so that a loadable extension
/// can use the same code. The owner of the connection gets the pointer with `SELECT fts5(?1)`, whose argument is bound
/// by `sqlite3_bind_pointer(statement, 1, pointer, FTS5API.argumentType, nil)`.
public struct FTS5API {
    private static let argumentTypeName: StaticString = "fts5_api_ptr"

    /// The name of the argument's type. SQLite keeps its address and reads it when the statement runs, so that a string made for
    /// the call would be gone by then.
    public static var argumentType: UnsafePointer<CChar> {
        // Safety: a literal stays where it is, and its bytes may be read as characters.
        UnsafeRawPointer(argumentTypeName.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// The functions; valid as long as the connection is open.
    public let pointer: UnsafeMutablePointer<fts5_api>

    /// Wraps the functions of an open connection.
    public init(_ pointer: UnsafeMutablePointer<fts5_api>) { self.pointer = pointer }

    /// The analyzer of `specification`: a `TextAnalyzer`, or one of FTS5's own tokenizers, which must not be used
    /// after the connection is closed.
    ///
    /// - Throws: `AnalyzerError`.
    public func analyzer(for specification: AnalyzerSpecification) throws(AnalyzerError) -> any Analyzer {
        if case .fts5 = specification.kind { return try FTS5TokenizerAnalyzer(specification, api: self) }
        return try TextAnalyzer(specification)
    }
}
