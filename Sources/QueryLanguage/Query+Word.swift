extension Query {
    /// A word as typed. The analyzer may make several terms of it, or none.
    public struct Word: Sendable, Hashable {
        /// The text without operators.
        public var text: String
        /// How it matches.
        public var kind: Kind
        /// Where the text stands in the query.
        public var range: SourceRange

        /// Creates a word.
        public init(text: String, kind: Kind, range: SourceRange) {
            self.text = text
            self.kind = kind
            self.range = range
        }

        /// How a word matches terms.
        public enum Kind: Sendable, Hashable {
            /// The term itself: `word`.
            case plain
            /// Every term that begins so: `word*`.
            case prefix
            /// Every term within so many edits (1 or 2): `word~2`; nil for as many as suit the term's length: `word~`.
            case fuzzy(distance: Int?)
        }
    }
}
