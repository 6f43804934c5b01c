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

    /// A text with blanks in the place of what links lead to: targets in Markdown, addresses, tags of HTML.
    public static func withoutLinkTargets(_ text: String) -> String {
        var characters = Array(text)
        func end(of open: Int, _ body: (Int) -> Bool?) -> Int? {
            for place in open..<characters.count {
                if place > open, characters[place] == "\n", characters[place - 1] == "\n" { return nil }
                switch body(place) {
                case true?: return place
                case false?: return nil
                case nil: break
                }
            }
            return nil
        }
        var place = 0
        while place < characters.count {
            var target: ClosedRange<Int>?
            switch characters[place] {
            case "(" where place > 0 && characters[place - 1] == "]":
                var depth = 0
                target = end(of: place) { at in
                    depth += characters[at] == "(" ? 1 : characters[at] == ")" ? -1 : 0
                    return depth == 0 ? true : nil
                }.map { place...$0 }
            case "<":
                let rest = characters[(place + 1)...].drop { $0 == "/" }.first
                    .flatMap { characters[(place + 1)...].starts(with: "//") ? nil : $0 }
                if let rest, rest.isASCII, rest.isLetter {
                    target = end(of: place + 1) { characters[$0] == ">" ? true : characters[$0] == "<" ? false : nil }
                        .map { place...$0 }
                }
            case ":" where characters[place...].starts(with: "://") && place > 0 && characters[place - 1].isLetter:
                let start = characters[..<place].lastIndex { !$0.isLetter }.map { $0 + 1 } ?? 0
                let behind = characters[place...].firstIndex { $0.isWhitespace || "<>)]|\"`".contains($0) }
                // A scheme alone is a word.
                if characters[place..<(behind ?? characters.count)].contains(where: { $0.isLetter || $0.isNumber }) {
                    target = start...(behind ?? characters.count) - 1
                }
            default: break
            }
            if let target {
                for at in target where !characters[at].isNewline { characters[at] = " " }
                place = target.upperBound
            }
            place += 1
        }
        return String(characters)
    }

    /// Sequences of five terms, or all the terms of a shorter text. What links lead to counts only where hardly anything else is
    /// there.
    public static func shingles(of text: String, by analyzer: TextAnalyzer) -> Set<String> {
        func allTerms(of text: String) -> [String] {
            var terms: [String] = []
            var text = text
            text.withUTF8 { bytes in
                analyzer.analyze(bytes, for: .document) {
                    if !$0.isColocated { terms.append(String(decoding: $0.term, as: UTF8.self)) }
                }
            }
            return terms
        }
        var terms = allTerms(of: withoutLinkTargets(text))
        if terms.count < 5 { terms = allTerms(of: text) }
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
