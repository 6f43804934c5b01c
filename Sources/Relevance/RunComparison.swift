/// Runs compared with the first of them, topic by topic.
package struct RunComparison: Sendable {
    /// One of the runs.
    package struct Candidate: Sendable {
        /// What users call it.
        package let name: String
        /// What it found.
        package let run: RankedRun
        /// What metrics say of it.
        package let measurement: RunMeasurement

        /// Describes a run.
        package init(name: String, run: RankedRun, measurement: RunMeasurement) {
            self.name = name
            self.run = run
            self.measurement = measurement
        }
    }

    /// A run compared with the first by one metric.
    package struct Difference: Sendable {
        /// Index of the run.
        package let second: Int
        /// Index of the metric.
        package let metric: Int
        package let firstMean: Double
        package let secondMean: Double
        package let differences: PairedDifferences
        /// Two-sided p of the t-test; nil for fewer than two topics.
        package let studentP: Double?
        /// The same, corrected for the number of tests.
        package internal(set) var correctedStudentP: Double?
        /// Two-sided p of the randomisation test.
        package let randomisationP: Double
        /// The same, corrected for the number of tests.
        package internal(set) var correctedRandomisationP: Double
    }

    /// A topic on which a run differs from the first.
    package struct Change: Sendable {
        package let topic: String
        /// Index of the other run.
        package let second: Int
        /// Values of the first metric.
        package let firstValue: Double
        package let secondValue: Double
    }

    /// A judged document that stands elsewhere.
    package struct MovedDocument: Sendable, Equatable {
        package let document: String
        package let grade: Int
        /// Places from 1; nil where it was not found.
        package let firstRank: Int?
        package let secondRank: Int?
    }

    /// The runs, the one first that the others are compared with.
    package let candidates: [Candidate]
    /// The topics that all runs are measured on, in the order of their bytes.
    package let topics: [String]
    /// For each run but the first one for each metric.
    package let differences: [Difference]
    /// How p was corrected.
    package let correction: MultipleTests
    /// Values by run, topic and metric.
    private let values: [[[Double]]]

    /// The metrics, of which the first tells how much a topic changed.
    package var metrics: [RelevanceMetric] { candidates[0].measurement.metrics }

    /// Compares runs that were measured by the same metrics.
    ///
    /// - Complexity: A randomisation test for each run but the first and each metric.
    package init(_ candidates: [Candidate], correction: MultipleTests) {
        precondition(candidates.count > 1, "a run is compared with another")
        self.candidates = candidates
        self.correction = correction
        var topics = candidates[0].measurement.topics
        for candidate in candidates.dropFirst() {
            let others = Set(candidate.measurement.topics)
            topics.removeAll { !others.contains($0) }
        }
        self.topics = topics
        let values = candidates.map { candidate in
            let measurement = candidate.measurement
            let rows = Dictionary(uniqueKeysWithValues: zip(measurement.topics, measurement.values))
            return topics.map { rows[$0] ?? [] }
        }
        self.values = values
        var found: [Difference] = []
        for second in candidates.indices.dropFirst() {
            for metric in candidates[0].measurement.metrics.indices {
                let sides = [values[0], values[second]].map { $0.map { $0[metric] } }
                let differences = PairedDifferences(sides[0], sides[1])
                let count = Double(max(1, topics.count))
                let randomisationP = differences.randomisationP()
                found.append(
                    Difference(
                        second: second, metric: metric, firstMean: sides[0].reduce(0, +) / count,
                        secondMean: sides[1].reduce(0, +) / count, differences: differences,
                        studentP: differences.studentP, correctedStudentP: differences.studentP,
                        randomisationP: randomisationP, correctedRandomisationP: randomisationP))
            }
        }
        let student = correction.corrected(found.map { $0.studentP ?? 1 })
        let randomisation = correction.corrected(found.map(\.randomisationP))
        for place in found.indices {
            if found[place].studentP != nil { found[place].correctedStudentP = student[place] }
            found[place].correctedRandomisationP = randomisation[place]
        }
        differences = found
    }

    /// The value of a metric for a topic, by their places in ``metrics``, ``topics`` and ``candidates``.
    package func value(of metric: Int, place: Int, candidate: Int) -> Double { values[candidate][place][metric] }

    /// The topics that differ most by the first metric, the greatest difference first.
    package func mostChangedTopics(_ count: Int) -> [Change] {
        var changes: [Change] = []
        for second in candidates.indices.dropFirst() {
            for (place, topic) in topics.enumerated() {
                let (first, other) = (values[0][place][0], values[second][place][0])
                guard first != other else { continue }
                changes.append(Change(topic: topic, second: second, firstValue: first, secondValue: other))
            }
        }
        return Array(
            changes.sorted {
                let sizes = (abs($0.secondValue - $0.firstValue), abs($1.secondValue - $1.firstValue))
                return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : ($0.topic, $0.second) < ($1.topic, $1.second)
            }.prefix(count))
    }

    /// Most documents of a changed topic that are told of: enough for what moved into and out of the first places.
    private static let movedLimit = 4

    /// The relevant documents that moved most, by grade times the change of 1 / rank.
    package func movedDocuments(_ change: Change, judgements: Judgements) -> [MovedDocument] {
        let sides = [candidates[0].run, candidates[change.second].run]
        let places = sides.map { run in
            Dictionary(uniqueKeysWithValues: run.documents(for: change.topic).enumerated().map { ($1, $0 + 1) })
        }
        func worth(_ rank: Int?) -> Double { rank.map { 1 / Double($0) } ?? 0 }
        let moved = (judgements.grades[change.topic] ?? [:]).compactMap { document, grade -> (MovedDocument, Double)? in
            let ranks = places.map { $0[document] }
            guard ranks[0] != ranks[1] else { return nil }
            let size = abs(worth(ranks[0]) - worth(ranks[1])) * Double(max(0, grade))
            guard size > 0 else { return nil }
            return (MovedDocument(document: document, grade: grade, firstRank: ranks[0], secondRank: ranks[1]), size)
        }
        return moved.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.document < $1.0.document }
            .prefix(Self.movedLimit).map(\.0)
    }
}
