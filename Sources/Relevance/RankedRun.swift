/// What a search system found for each topic: a *run*.
///
/// A line has six fields with white space between them, as trec_eval reads them: a topic, a field that is passed over, a
/// document, its rank, its score and the run's name. Scores alone say what comes first.
///
///     T01 Q0 rlo-hubinger-a 1 4.6238 postil
package struct RankedRun: Sendable, Equatable {
    /// A document that was found.
    package struct Entry: Sendable, Equatable {
        /// The document's id.
        package var document: String
        /// The score in single precision, as trec_eval reads it: what differs beyond it is a tie.
        package var score: Float

        /// Describes a document that was found.
        package init(document: String, score: Float) {
            self.document = document
            self.score = score
        }
    }

    /// What was found for each topic, in the order of ``precedes(_:_:)``.
    package private(set) var lists: [String: [Entry]] = [:]

    /// An empty run.
    package init() {}

    /// Whether `first` stands before `second`: score down, then document down, by bytes.
    ///
    /// trec_eval has no use for the order or the ranks of a file, so that no system gains by ties.
    package static func precedes(_ first: Entry, _ second: Entry) -> Bool {
        if first.score != second.score { return first.score > second.score }
        return second.document.utf8.lexicographicallyPrecedes(first.document.utf8)
    }

    /// Reads the text of a file that is said to be at `path`. Empty lines are passed over.
    ///
    /// - Throws: ``RelevanceFileError`` with the line that is none of a run or names a document a second time.
    package init(text: String, path: String) throws(RelevanceFileError) {
        var found: [String: [Entry]] = [:]
        var seen: [String: Set<String>] = [:]
        for (number, fields) in fieldsOfLines(text) {
            guard fields.count == 6, let score = Float(fields[4]), score.isFinite else {
                throw RelevanceFileError(
                    path: path, line: number, reason: "expected a line of a run: topic, Q0, document, rank, score, name"
                )
            }
            let topic = String(fields[0])
            guard seen[topic, default: []].insert(String(fields[2])).inserted else {
                throw RelevanceFileError(
                    path: path, line: number, reason: "topic \(topic) has found document \(fields[2]) before")
            }
            found[topic, default: []].append(Entry(document: String(fields[2]), score: score))
        }
        for (topic, entries) in found { lists[topic] = entries.sorted(by: Self.precedes) }
    }

    /// Adds what was found for a topic. Of a document that stands there twice the better place counts.
    package mutating func add(_ entries: [Entry], for topic: String) {
        var seen: Set<String> = []
        lists[topic] = entries.sorted(by: Self.precedes).filter { seen.insert($0.document).inserted }
    }

    /// The place of a document for a topic, 1 for the first; nil where it was not found.
    package func rank(of document: String, for topic: String) -> Int? {
        lists[topic]?.firstIndex { $0.document == document }.map { $0 + 1 }
    }

    /// The documents found for a topic, the best first.
    package func documents(for topic: String) -> [String] { lists[topic]?.map(\.document) ?? [] }
}
