import Foundation

/// Topics of a test collection: on each line an id, a tab and the query.
struct TopicFile {
    /// One topic.
    struct Topic: Equatable {
        var id: String
        var query: String
    }

    var topics: [Topic] = []

    /// Reads the file at `path`, or standard input for `-`.
    init(path: String) throws {
        let data: Data?
        if path == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            data = FileManager.default.contents(atPath: path)
        }
        guard let data else {
            throw UsageError("\(path): cannot be read; --topics takes a file of lines “id, tab, query”")
        }
        try self.init(text: String(decoding: data, as: UTF8.self), path: path)
    }

    /// Reads the text of a file that is said to be at `path`. Empty lines are passed over.
    init(text: String, path: String) throws(UsageError) {
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("\(path):\(number + 1): expected a topic's id, a tab and its query")
            }
            topics.append(Topic(id: String(parts[0]), query: String(parts[1])))
        }
    }
}
