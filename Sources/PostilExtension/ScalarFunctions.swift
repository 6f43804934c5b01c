import Documents
import IndexStore
import Postil
import Reports

/// The functions that stand beside the table: `postil_snippet`, `postil_explain` and `postil_version`.
enum ScalarFunctions {
    private typealias Value = SQLFunction.Value

    /// Registers them with a connection.
    static func register(_ session: HostSession, on connection: OpaquePointer) throws {
        // postil_snippet(query, document [, length [, before, after]])
        try SQLFunction("postil_snippet", argumentCounts: 2...5, isDeterministic: false) { arguments, _ in
            try snippet(arguments, session)
        }.register(on: connection)
        // postil_explain(query, document)
        try SQLFunction("postil_explain", argumentCounts: 2...2, isDeterministic: false) { arguments, _ in
            try explain(arguments, session)
        }.register(on: connection)
        try SQLFunction("postil_version", argumentCounts: 0...0) { _, _ in .text(PostilVersion.text) }
            .register(on: connection)
    }

    /// The best passage of a document, NULL where there is no such document. The words that match stand between `before` and
    /// `after`, which are empty by default.
    private static func snippet(_ arguments: [Value], _ session: HostSession) throws -> Value {
        guard let query = arguments[0].text else { return .null }
        var request = SearchRequest(query)
        if arguments.count > 2 {
            guard let length = arguments[2].wholeNumber, length > 0 else {
                throw CallError("postil_snippet: the length is a number greater than 0")
            }
            request.snippetLength = length
        }
        let marks = (before: arguments.count > 3 ? arguments[3].text ?? "" : "", after: arguments.last?.text ?? "")
        return try session.search { searcher in
            guard let document = try document(arguments[1], by: searcher) else { return .null }
            let snippet = try searcher.snippet(of: document.id, for: request)
            return Value(arguments.count > 3 ? snippet?.text(marking: marks) : snippet?.text)
        }
    }

    /// How a document's score comes about: what `postil explain --format jsonl` prints; NULL where there is no such document, or
    /// nothing to search for.
    private static func explain(_ arguments: [Value], _ session: HostSession) throws -> Value {
        guard let query = arguments[0].text else { return .null }
        return try session.search { searcher in
            guard let document = try document(arguments[1], by: searcher),
                let explanation = try searcher.explain(document.id, query: query)
            else { return .null }
            let report = ExplanationReport(explanation, of: document, query: query)
            return .text(ReportValue.object(report.facts).text)
        }
    }

    /// The document of a row id, or of the id that users know.
    private static func document(_ value: Value, by searcher: Searcher) throws -> StoredDocument? {
        switch value {
        case .integer(let id) where id >= 0: try searcher.document(DocumentID(rawValue: id))
        case .text(let id): try searcher.documents(externalID: id).first
        default: nil
        }
    }
}

extension Snippet {
    /// The text with something before and after each word that matches.
    func text(marking marks: (before: String, after: String)) -> String {
        let scalars = Array(text.unicodeScalars)
        var marked = String.UnicodeScalarView()
        var place = 0
        for range in highlights {
            marked.append(contentsOf: scalars[place..<range.lowerBound])
            marked.append(contentsOf: marks.before.unicodeScalars)
            marked.append(contentsOf: scalars[range])
            marked.append(contentsOf: marks.after.unicodeScalars)
            place = range.upperBound
        }
        marked.append(contentsOf: scalars[place...])
        return String(marked)
    }
}
