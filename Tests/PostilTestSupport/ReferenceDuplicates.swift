import TextAnalysis

/// Near-duplicates as they are defined: all pairs of texts, by sets of their words themselves. What `DuplicateFinder` is
/// held to.
public enum ReferenceDuplicates {
    /// A text to be compared.
    public struct Text {
        /// Its number.
        public var id: Int64
        /// When it was written.
        public var date: String?
        /// The text.
        public var body: String

        /// A text.
        public init(id: Int64, date: String?, body: String) {
            self.id = id
            self.date = date
            self.body = body
        }
    }

    /// A group of texts that hang together.
    public struct Group {
        /// Of the earliest date, then of the least number; no date is the latest.
        public var representative: Int64
        /// The others and their resemblance to it, the most similar first, then by number.
        public var others: [Other]

        /// One of the others.
        public struct Other {
            /// Its number.
            public var id: Int64
            /// Its resemblance to the representative.
            public var similarity: Double
        }
    }

    /// Sequences of five terms, or all the terms of a shorter text.
    public static func shingles(of text: String, by analyzer: TextAnalyzer) -> Set<String> {
        var terms: [String] = []
        var text = text
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: .document) {
                if !$0.isColocated { terms.append(String(decoding: $0.term, as: UTF8.self)) }
            }
        }
        // No term has a zero byte.
        func joined(_ terms: ArraySlice<String>) -> String { terms.joined(separator: "\0") }
        if terms.count < 5 { return terms.isEmpty ? [] : [joined(terms[...])] }
        return Set((5...terms.count).map { joined(terms[$0 - 5..<$0]) })
    }

    /// The share of what is in one of two sets that is in both.
    public static func resemblance(_ first: Set<String>, _ second: Set<String>) -> Double {
        let union = first.union(second).count
        return union == 0 ? 0 : Double(first.intersection(second).count) / Double(union)
    }

    /// All groups, by the numbers of their representatives.
    ///
    /// - Complexity: O(n^2) comparisons.
    public static func groups(of texts: [Text], threshold: Double, by analyzer: TextAnalyzer) -> [Group] {
        let shingles = texts.map { Self.shingles(of: $0.body, by: analyzer) }
        var unseen = Set(texts.indices)
        var groups: [Group] = []
        while let start = unseen.popFirst() {
            var members = [start]
            var next = 0
            while next < members.count {
                let alike = unseen.filter { resemblance(shingles[members[next]], shingles[$0]) >= threshold }
                unseen.subtract(alike)
                members += alike
                next += 1
            }
            guard members.count > 1 else { continue }
            members.sort { first, second in
                switch (texts[first].date, texts[second].date) {
                case let (one?, other?) where one != other: one < other
                case (.some, nil): true
                case (nil, .some): false
                default: texts[first].id < texts[second].id
                }
            }
            let others = members.dropFirst().map {
                Group.Other(id: texts[$0].id, similarity: resemblance(shingles[$0], shingles[members[0]]))
            }
            groups.append(
                Group(
                    representative: texts[members[0]].id,
                    others: others.sorted {
                        $0.similarity == $1.similarity ? $0.id < $1.id : $0.similarity > $1.similarity
                    }))
        }
        return groups.sorted { $0.representative < $1.representative }
    }
}
