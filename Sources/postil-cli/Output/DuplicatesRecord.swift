import Postil

/// Groups of duplicates as they are printed, in any format.
struct DuplicatesRecord {
    var threshold: Double
    var microseconds: Int
    var groups: [DuplicateGroup]

    /// `88 groups of 180 documents (0.84 s)`.
    var summary: String {
        let documents = groups.reduce(0) { $0 + 1 + $1.others.count }
        let duration = Quantity.duration(microseconds: microseconds)
        guard !groups.isEmpty else { return "No duplicates (\(duration))" }
        return "\(Quantity.count(groups.count, "group")) of \(Quantity.count(documents)) documents (\(duration))"
    }

    /// The whole answer of `groups`, each as in ``json(of:)``:
    ///
    ///     {"format_version":1,"threshold":0.8,"took_us":84210,"groups":[…]}
    func json(_ groups: [JSONValue]) -> JSONValue {
        .members([
            "format_version": .integer(SearchRecord.formatVersion), "threshold": .number(threshold),
            "took_us": .count(microseconds), "groups": .array(groups),
        ])
    }

    /// `{"representative":{…},"duplicates":[{…},…]}`.
    static func json(of documents: [DuplicateRecord]) -> JSONValue {
        .members([
            "representative": documents.first?.json ?? .null, "duplicates": .array(documents.dropFirst().map(\.json)),
        ])
    }

    /// A group for people.
    ///
    /// - Parameter number: 1 for the first group.
    static func text(of documents: [DuplicateRecord], number: Int, for terminal: Terminal) -> String {
        let label = String(number)
        let width = max(label.count, 2)
        let padding = String(repeating: " ", count: width - label.count)
        return documents.map { document in
            guard let similarity = document.similarity else {
                return document.text(for: terminal, label: padding + label + "  ")
            }
            // Rounded down, so that 1.00 is nothing less.
            let share = Quantity.decimal((similarity * 100).rounded(.down) / 100, places: 2)
            return document.text(for: terminal, label: String(repeating: " ", count: width + 2) + share + "  ")
        }.joined()
    }
}
