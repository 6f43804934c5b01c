import Postings

/// How a document's score came about; the contributions sum to the score.
public struct Explanation: Sendable, Hashable {
    /// What one term, phrase or pair of words of the query added.
    public struct Part: Sendable, Hashable {
        /// What a part is evidence of.
        public enum Kind: String, Sendable, Hashable {
            /// A term or phrase occurs; see ``BM25``.
            case occurrence
            /// Two words stand near each other; see ``Proximity``. Only the best documents get this part.
            case nearness
            /// A word that few texts have stands in another field: the author's name, a tag, an alias. It adds the same to each
            /// document.
            case field
        }

        /// What the part is evidence of.
        public let kind: Kind
        /// The term as it stands in the index, or the terms of the phrase or of the pair.
        public let pattern: String
        /// Occurrences in the title, as far as they count; 0 for a pair.
        public let titleFrequency: Int
        /// Occurrences in the body, as far as they count; 0 for a pair.
        public let bodyFrequency: Int
        /// Live documents with the term; with each of the terms when there are several.
        public let documentFrequencies: [Int]
        /// Inverse document frequency; the sum over the terms when there are several.
        public let inverseDocumentFrequency: Double
        /// What the idf is multiplied with: `^` in the query, how often the word is asked for, and the share of a pair.
        public let boost: Double
        /// `1 - b + b * min(length / averageLength, 3)`.
        public let lengthFactor: Double
        /// Occurrences weighted by field and title length, as so many in the body; for a pair its nearness.
        public let weightedFrequency: Double
        /// What it adds to the score.
        public let contribution: Double
    }

    /// The document's score.
    public let score: Double
    /// Tokens in title and body.
    public let length: Int
    /// The tokens of the body that the document counts by, under its title: a long document's best passage, where that scores
    /// more than the whole. Nil where the whole counts. Frequencies and length factors of the parts are then the passage's.
    public let passage: Range<Int>?
    /// Mean number of tokens of the documents of the index.
    public let averageLength: Double
    /// Parts with a contribution, greatest first.
    public let parts: [Part]
}

extension Explanation {
    /// Takes a document's score under a plan apart.
    ///
    /// - Parameters:
    ///   - units: The score, which tells whether the ``SecondStage`` has looked at the document: it has where the leaves alone
    ///     do not make it. Nil for a document that is not among the best.
    ///   - raises: Those of the plan's that hold for the document.
    package init(_ plan: EvaluationPlan, _ document: ExplainedDocument, units: UInt32?, raises: [Raise] = []) {
        let formula = BM25(document.parameters.terms, averageLength: document.statistics.averageLength)
        var found = plan.leaves.compactMap { formula.explain($0, of: plan, in: document) }
        var counted: Range<Int>?
        func sum() -> UInt32 { found.reduce(0) { $0 + $1.units } }
        let raised = raises.reduce(UInt32(0)) { $0 + $1.units(plan.scale) }
        if let units, units != sum() + raised {
            if PassageEvidence.applies(to: document.lengths, formula) {
                let evidence = PassageEvidence(plan, formula: formula)
                let passage = evidence.best(document.occurrences, document.lengths)
                if passage.units > sum() {
                    let cut = evidence.cut(document, to: passage)
                    found = plan.leaves.compactMap { formula.explain($0, of: plan, in: cut) }
                    counted = evidence.tokens(of: passage, in: document)
                }
            }
            let proximity = Proximity(formula)
            found += plan.pairs.compactMap { proximity.explain($0, of: plan, in: document) }
        }
        let lengthFactor = formula.lengthFactor(of: document)
        found += raises.map { raise in
            let documents = plan.filters[raise.filter].count
            let part = raise.explained(plan.scale, documents: documents, lengthFactor: lengthFactor)
            return (part, raise.units(plan.scale))
        }
        score = plan.scale.points(sum())
        length = Int(document.lengths.total)
        passage = counted
        averageLength = document.statistics.averageLength
        parts = found.map(\.part).sorted { $0.contribution > $1.contribution }
    }
}

/// What an explanation needs to know of a document and its collection, found independently of the evaluation.
public struct ExplainedDocument {
    /// For each term of the plan its occurrences, ascending, with ``TermPostings/titleFlag``.
    public var occurrences: [[UInt32]]
    /// Tokens in title and body.
    public var lengths: DocumentLengths
    /// For each term of the plan the number of live documents with it.
    public var documentFrequencies: [Int]
    /// What the formula needs to know of the collection.
    public var statistics: CollectionStatistics
    /// The formula's knobs.
    public var parameters: RankingParameters

    /// Describes a document.
    public init(
        occurrences: [[UInt32]], lengths: DocumentLengths, documentFrequencies: [Int], statistics: CollectionStatistics,
        parameters: RankingParameters
    ) {
        self.occurrences = occurrences
        self.lengths = lengths
        self.documentFrequencies = documentFrequencies
        self.statistics = statistics
        self.parameters = parameters
    }
}

extension EvaluationPlan {
    /// Some of the plan's terms, for people.
    func text(of numbers: [Int]) -> String {
        numbers.map { String(decoding: terms[$0], as: UTF8.self) }.joined(separator: " ")
    }
}
