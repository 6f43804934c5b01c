import Postil
import Reports

/// What was skipped of one file, in one line: a file that was not meant for the index has nothing else to say in its second
/// line than in its first.
struct SkippedFile: Sendable, Equatable {
    /// The first of its records that were skipped; without a line, the file itself.
    var first: SkippedInput
    /// How many more there are.
    var others: Int
    /// Whether not one of its records became a document.
    var isFailed: Bool

    /// One for each path in `records`, in the order in which they are met.
    ///
    /// - Parameter failed: Paths of files of which nothing became a document.
    static func all(of records: [SkippedInput], failed: Set<String>) -> [SkippedFile] {
        var files: [SkippedFile] = []
        var places: [String: Int] = [:]
        for record in records {
            guard let place = places[record.path] else {
                places[record.path] = files.count
                files.append(
                    SkippedFile(first: record, others: record.count - 1, isFailed: failed.contains(record.path)))
                continue
            }
            files[place].others += record.count
            // Repeated ids of a new index are found last.
            if (record.line ?? 0) < (files[place].first.line ?? 0) { files[place].first = record }
        }
        return files
    }

    /// How many more records than the first were skipped, to stand behind its reason; nothing where there is none.
    ///
    ///     a.csv:7: reason (and 2 more records)
    ///     topics.tsv:2: reason (and 51 more records, which is all; is the profile meant for this file?)
    var suffix: String {
        guard others > 0 else { return "" }
        let more = "and \(Quantity.count(others, "more record"))"
        return isFailed ? " (\(more), which is all; is the profile meant for this file?)" : " (\(more))"
    }
}
