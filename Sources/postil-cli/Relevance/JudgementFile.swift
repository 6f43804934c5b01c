import Foundation
import Relevance
import Reports

/// A file of judgements that grows grade by grade. Every change is on disk, whole, before the next question.
struct JudgementFile {
    let path: String
    /// What it says.
    private(set) var judgements: Judgements
    private var lines: [String]

    /// Reads the file at `path`, or begins one that is not there yet.
    init(path: String) throws {
        self.path = path
        let text = FileManager.default.fileExists(atPath: path) ? try TextFile.read(path) : ""
        judgements = try Judgements(text: text, path: path)
        lines = text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Number of grades.
    var count: Int { judgements.grades.values.reduce(0) { $0 + $1.count } }

    /// Adds what is new in `changed`, and removes what is no longer there, about one document.
    mutating func update(to changed: Judgements, topic: String, document: String) throws {
        let grade = changed.grade(of: document, for: topic)
        lines.removeAll { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            return fields.count == 4 && fields[0] == topic && fields[2] == document
        }
        if let grade { lines.append("\(topic) 0 \(document) \(grade)") }
        do {
            // By way of a file beside it, so that a full disk or a power cut leaves the old one.
            try Data((lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")).utf8)
                .write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw UsageError("\(path): cannot be written: \(error.localizedDescription)")
        }
        judgements = changed
    }
}
