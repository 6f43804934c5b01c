extension QueryParser {
    /// The phrase that begins at the next scalar, or nil if there is none; then only the quotation mark is passed over.
    mutating func parsePhrase() -> Query? {
        let column = text.column
        text.position += 1
        let start = text.position
        // The mark that closes a phrase may stand where the query is no longer read.
        guard
            let end = text.scalars[start...].firstIndex(where: \.isQueryQuote)
                ?? (text.isCutBeforeQuote ? text.scalars.count : nil)
        else {
            hint("this quotation mark is never closed; the words behind it are taken one by one", column: column)
            return nil
        }
        text.position = min(end + 1, text.scalars.count)
        let slop = takeSlop()
        guard text.scalars[start..<end].contains(where: { !$0.isQuerySpace }) else {
            hint("there is nothing between these quotation marks", column: column)
            return nil
        }
        if let star = text.scalars[start..<end].firstIndex(of: "*") {
            hint("* has no meaning inside quotation marks", column: star + 1)
        }
        let range = start..<end
        return takeBoost(
            of: .phrase(Query.Phrase(text: text.string(range), slop: slop, range: text.sourceRange(range))))
    }

    /// Moves over `~5` behind a phrase.
    private mutating func takeSlop() -> Int? {
        guard text.next == "~" else { return nil }
        let column = text.column
        text.position += 1
        let digits = text.takeDigits()
        guard !digits.isEmpty else {
            hint("a number must follow ~ behind a phrase, as in \"a b\"~5; taken as an exact phrase", column: column)
            return nil
        }
        guard let slop = Int(text.string(digits)), slop <= Query.maximumSlop else {
            hint("words of a phrase may lie at most \(Query.maximumSlop) positions apart", column: column)
            return Query.maximumSlop
        }
        return slop
    }

    /// Applies `^2`, if it is next, to what stands before it.
    mutating func takeBoost(of query: Query) -> Query {
        guard text.next == "^" else { return query }
        let caret = text.position
        let number = caret + 1..<text.wordRange.upperBound
        text.position = number.upperBound
        guard let factor = boost(in: number, column: caret + 1) else {
            text.position = caret + 1
            return query
        }
        return .boosted(query, factor)
    }

    /// The factor written in `range`, clamped to ``Query/boostLimits``, or nil with a hint if it is no number.
    mutating func boost(in range: Range<Int>, column: Int) -> Double? {
        let digits = text.scalars[range]
        guard digits.contains(where: \.isASCIIDigit), digits.allSatisfy({ $0.isASCIIDigit || $0 == "." }),
            let factor = Double(text.string(range))
        else {
            hint("a number must follow ^, as in word^2; it is left as it stands", column: column)
            return nil
        }
        guard Query.boostLimits.contains(factor) else {
            let limits = Query.boostLimits
            hint("a boost lies between \(limits.lowerBound) and \(limits.upperBound)", column: column)
            return min(max(factor, limits.lowerBound), limits.upperBound)
        }
        return factor
    }
}
