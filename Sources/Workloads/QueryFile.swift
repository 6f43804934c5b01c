#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads query files, telling their format by their first line:
///
/// - JSON Lines: `{"query": "gravity waves", "tags": ["union"]}`, tags optional;
/// - TREC topics as SGML (`<top> <num> … <title> …`), of which the title is the query;
/// - TREC topics as `id TAB query`, if every line is such;
/// - else one query a line.
///
/// Empty lines are skipped.
public enum QueryFile {
    /// Reads a file of UTF-8 text.
    ///
    /// - Throws: ``QueryFileError``, or what reading the file throws.
    public static func read(_ path: String) throws -> [BenchmarkQuery] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw QueryFileError(file: path, line: nil, reason: "cannot be read; is the path right?")
        }
        return try parse(String(decoding: data, as: UTF8.self), file: path)
    }

    /// Reads queries from text; `file` is what errors call it.
    ///
    /// - Throws: ``QueryFileError``.
    public static func parse(_ text: String, file: String) throws -> [BenchmarkQuery] {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated()
            .map { (number: $0.offset + 1, text: trimmed($0.element)) }
            .filter { !$0.text.isEmpty }
        guard let first = lines.first else {
            throw QueryFileError(file: file, line: nil, reason: "holds no query")
        }
        if first.text.hasPrefix("{") {
            return try lines.map { try jsonQuery($0.text, line: $0.number, file: file) }
        }
        if first.text.lowercased().hasPrefix("<top>") {
            return try topics(text, file: file)
        }
        let columns = lines.map { $0.text.split(separator: "\t", maxSplits: 1) }
        if columns.allSatisfy({ $0.count == 2 && !$0[0].contains(" ") }) {
            return columns.map { BenchmarkQuery(text: String(trimmed($0[1]))) }
        }
        return lines.map { BenchmarkQuery(text: String($0.text)) }
    }

    private struct JSONQuery: Decodable {
        var query: String
        var tags: [String]?
    }

    private static func jsonQuery(_ text: Substring, line: Int, file: String) throws -> BenchmarkQuery {
        do {
            let read = try JSONDecoder().decode(JSONQuery.self, from: Data(text.utf8))
            return BenchmarkQuery(text: read.query, tags: read.tags ?? [])
        } catch let error as DecodingError {
            throw QueryFileError(
                file: file, line: line,
                reason: "is no {\"query\": …, \"tags\": […]} object (\(String(describing: error).prefix(120)))")
        }
    }

    private static func topics(_ text: String, file: String) throws -> [BenchmarkQuery] {
        var queries: [BenchmarkQuery] = []
        for (number, topic) in text.split(separator: "<top>").enumerated() where !trimmed(topic).isEmpty {
            guard let title = topic.firstRange(of: "<title>") else {
                throw QueryFileError(file: file, line: nil, reason: "has no <title> in topic \(number + 1)")
            }
            var words = topic[title.upperBound...].prefix { $0 != "<" }.split(whereSeparator: \.isWhitespace)
            if words.first == "Topic:" { words.removeFirst() }  // older topics repeat the field's name
            queries.append(BenchmarkQuery(text: words.joined(separator: " ")))
        }
        return queries
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
        return start[...last]
    }
}

/// A query file that cannot be used, and why.
public struct QueryFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named.
    public var file: String
    /// The line, from 1, where one is at fault.
    public var line: Int?
    /// What is wrong, to be read behind the place.
    public var reason: String

    /// `queries.jsonl:3 is no {"query": …} object`.
    public var description: String { file + (line.map { ":\($0) " } ?? " ") + reason }
}

/// One query of a benchmark.
public struct BenchmarkQuery: Sendable, Hashable {
    /// The query as a user would type it.
    public var text: String
    /// What kind of query it is (`union`, `phrase`); figures are given for each tag.
    public var tags: [String]

    /// Creates a query.
    public init(text: String, tags: [String] = []) {
        self.text = text
        self.tags = tags
    }
}
