extension Query {
    /// Quoted words as typed.
    public struct Phrase: Sendable, Hashable {
        /// The text between the quotation marks.
        public var text: String
        /// Nil for words in a row; else the words may lie this many positions apart, in any order (`"a b"~5`).
        public var slop: Int?
        /// Where the text between the quotation marks stands in the query.
        public var range: SourceRange

        /// Creates a phrase.
        public init(text: String, slop: Int?, range: SourceRange) {
            self.text = text
            self.slop = slop
            self.range = range
        }
    }
}
