extension SyntheticCollection {
    /// Queries that the collection can answer, in turn of four kinds: `union` (2 to 5 content words of a title),
    /// `intersection` (2 or 3 content words of a text, each required), `phrase` (2 or 3 words side by side in a text)
    /// and `natural` (a whole title in lower case, stop words and all).
    ///
    /// Each is taken from a random document, which is then one of its answers.
    /// - Complexity: O(count) documents are composed.
    public func queries(count: Int) -> [BenchmarkQuery] {
        precondition(documentCount > 0, "queries are taken from documents")
        var random = RandomStream(seed: seed, key: .max - 1)
        var composition = Composition()
        var queries: [BenchmarkQuery] = []
        while queries.count < count {
            compose(random.below(documentCount), into: &composition)
            let kind = QueryKind.allCases[queries.count % QueryKind.allCases.count]
            if let text = text(of: kind, from: composition, &random) {
                queries.append(BenchmarkQuery(text: text, tags: [kind.rawValue]))
            }
        }
        return queries
    }

    private enum QueryKind: String, CaseIterable { case union, intersection, phrase, natural }

    private func text(of kind: QueryKind, from composition: Composition, _ random: inout RandomStream) -> String? {
        switch kind {
        case .union:
            let words = distinctContent(composition.title, count: 2 + random.below(4), &random)
            return words.count < 2 ? nil : words.joined(separator: " ")
        case .intersection:
            let words = distinctContent(composition.body, count: 2 + random.below(2), &random)
            return words.count < 2 ? nil : words.map { "+" + $0 }.joined(separator: " ")
        case .phrase:
            return phrase(composition, length: 2 + random.below(4) / 3, &random)
        case .natural:
            return composition.title.map { vocabulary.word(Int($0)) }.joined(separator: " ")
        }
    }

    private func distinctContent(_ ranks: [UInt32], count: Int, _ random: inout RandomStream) -> [String] {
        var pool = ranks.filter { $0 >= vocabulary.functionWordCount }
        var chosen: [UInt32] = []
        while chosen.count < count, !pool.isEmpty {
            let rank = pool.remove(at: random.below(pool.count))
            if !chosen.contains(rank) { chosen.append(rank) }
        }
        return chosen.map { vocabulary.word(Int($0)) }
    }

    /// Words side by side: nothing but a space or a comma between them, so that every tokenizer sees them so.
    private func phrase(_ composition: Composition, length: Int, _ random: inout RandomStream) -> String? {
        guard composition.body.count > length else { return nil }
        let start = random.below(composition.body.count - length)
        let range = start..<(start + length)
        let isPlain = range.dropLast().allSatisfy { [.space, .comma].contains(composition.marks[$0]) }
        guard isPlain, composition.marks[range.upperBound - 1] != .accent else { return nil }
        guard start == 0 || composition.marks[start - 1] != .hyphen else { return nil }
        guard composition.marks[range.upperBound - 1] != .hyphen else { return nil }
        return "\"" + range.map { vocabulary.word(Int(composition.body[$0])) }.joined(separator: " ") + "\""
    }
}
