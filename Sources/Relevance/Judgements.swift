/// Which documents answer which topic, and how well: the *qrels* of a test collection.
///
/// A line has four fields with white space between them, as trec_eval reads them: a topic, a field that is passed over, a
/// document and its grade, a whole number. 0 and less is not relevant; what has no grade is unjudged and counts as not
/// relevant.
///
///     T01 0 rlo-hubinger-a 3
package struct Judgements: Sendable, Equatable {
    /// Grades of documents by topic.
    package private(set) var grades: [String: [String: Int]] = [:]

    /// No judgements.
    package init() {}

    /// Greatest grade. An ideal ranking counts documents by grade, and a grade past any use is an error of the file's.
    package static let greatestGrade = 1_000

    /// Reads the text of a file that is said to be at `path`. Empty lines are passed over.
    ///
    /// - Throws: ``RelevanceFileError`` with the line that is no judgement or judges a document a second time.
    package init(text: String, path: String) throws(RelevanceFileError) {
        for (number, fields) in fieldsOfLines(text) {
            guard fields.count == 4, let grade = Int(fields[3]), abs(grade) <= Self.greatestGrade else {
                throw RelevanceFileError(
                    path: path, line: number,
                    reason:
                        "expected a judgement: topic, 0, document, grade (a whole number up to \(Self.greatestGrade))")
            }
            guard grades[String(fields[0])]?[String(fields[2])] == nil else {
                throw RelevanceFileError(
                    path: path, line: number, reason: "topic \(fields[0]) has judged document \(fields[2]) before")
            }
            set(grade, of: String(fields[2]), for: String(fields[0]))
        }
    }

    /// Judges a document, or takes its judgement back with nil.
    package mutating func set(_ grade: Int?, of document: String, for topic: String) {
        grades[topic, default: [:]][document] = grade
        if grades[topic]?.isEmpty == true { grades[topic] = nil }
    }

    /// The grade of a document; nil where it is unjudged.
    package func grade(of document: String, for topic: String) -> Int? { grades[topic]?[document] }

    /// Judged topics in the order of their bytes, which is that of trec_eval: sums depend on it in their last digits.
    package var topics: [String] { grades.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

/// The lines of `text` that have something on them, by their number from 1, as fields.
func fieldsOfLines(_ text: String) -> [(number: Int, fields: [Substring])] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { number, line in
        let fields = line.split(whereSeparator: \.isWhitespace)
        return fields.isEmpty ? nil : (number + 1, fields)
    }
}

/// A file of judgements or of a run that cannot be used, with the line to mend.
package struct RelevanceFileError: Error, Hashable, CustomStringConvertible {
    /// The file as it was named.
    package let path: String
    /// The line, from 1.
    package let line: Int
    /// What is wrong with it.
    package let reason: String

    package var description: String { "\(path):\(line): \(reason)" }
}
