/// How a document's score came about; the contributions sum to the score.
public struct Explanation: Sendable, Hashable {
    /// What one term or phrase of the query added.
    public struct Part: Sendable, Hashable {
        /// The term as it stands in the index, or the phrase's terms.
        public let pattern: String
        /// Occurrences in the title, as far as they count.
        public let titleFrequency: Int
        /// Occurrences in the body, as far as they count.
        public let bodyFrequency: Int
        /// Live documents with the term; with each of the terms for a phrase.
        public let documentFrequencies: [Int]
        /// Inverse document frequency; for a phrase the sum over its terms.
        public let inverseDocumentFrequency: Double
        /// What the idf is multiplied with: `^` in the query, and how often the word is asked for.
        public let boost: Double
        /// `1 - b + b * length / averageLength`.
        public let lengthFactor: Double
        /// Occurrences weighted by field.
        public let weightedFrequency: Double
        /// What it adds to the score.
        public let contribution: Double
    }

    /// The document's score.
    public let score: Double
    /// Tokens in title and body.
    public let length: Int
    /// Mean number of tokens of the documents of the index.
    public let averageLength: Double
    /// Parts with a contribution, greatest first.
    public let parts: [Part]
}
