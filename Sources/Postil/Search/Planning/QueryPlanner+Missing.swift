import QueryLanguage
import TextAnalysis

/// What is told of words that no document has.
extension QueryPlanner {
    /// Names the words of a text that no document has, with those that were probably meant; of a compound (`mesa-optimzer`)
    /// the parts.
    ///
    /// - Parameter range: Where the text stands in the query, so that a correction can take its place.
    mutating func hintIfMissing(_ text: String, _ range: SourceRange) throws {
        for word in Self.parts(of: text, separatedBy: \.isWhitespace) {
            try hintIfMissing(
                word: String(word.text), SourceRange(at: range.lowerBound + word.start, of: word.text))
        }
    }

    private mutating func hintIfMissing(word: String, _ range: SourceRange) throws {
        guard missingWords < QueryPlanner.missingWordLimit else { return }
        let analysed = AnalysedText(word, by: analyzer)
        let parts = Self.parts(of: word) { !$0.isLetter && !$0.isNumber && !$0.isApostrophe }
        if parts.count == 1 {
            guard isMissing(analysed) else { return }
            if analysed.words.count == 1, let unsigned = analysed.words[0].unsigned {
                // `C++` where no document has it: C is another word, and the nearest.
                let isKnown = try dictionary.documentFrequency(of: unsigned) > 0
                return try tell(word, range, isKnown ? [String(parts[0].text)] : [])
            }
            // Without the punctuation around it.
            let part = parts[0]
            return try tell(
                String(part.text), SourceRange(at: range.lowerBound + part.start, of: part.text),
                nearest(to: String(part.text)))
        }
        if analysed.words.contains(where: { $0.joined.map { !missing.contains($0) } ?? false }) { return }
        guard analysed.everyTerm.allSatisfy(missing.contains) else {
            for part in parts where isMissing(AnalysedText(String(part.text), by: analyzer)) {
                guard missingWords < QueryPlanner.missingWordLimit else { return }
                let place = SourceRange(at: range.lowerBound + part.start, of: part.text)
                let meant = try nearest(to: String(part.text))
                // The other parts are found, so that one without anything near to it needs no remark.
                if meant.isEmpty, suggests { continue }
                try tell(String(part.text), place, meant)
            }
            return
        }
        var bytes = Array(word.utf8)
        for part in parts.reversed() {
            guard let meant = try nearest(to: String(part.text)).first else {
                if part.text.count < Self.shortestCorrected { continue }
                // Of a word of which one half was meant by nothing, the other half would be a guess.
                bytes = Array(word.utf8)
                break
            }
            bytes.replaceSubrange(part.start..<part.start + part.text.utf8.count, with: Array(meant.utf8))
        }
        let meant = String(decoding: bytes, as: UTF8.self)
        try tell(word, range, meant == word ? [] : [meant])
    }

    /// Whether no document has a word, nor all parts of an identifier.
    private func isMissing(_ analysed: AnalysedText) -> Bool {
        guard !analysed.terms.isEmpty, analysed.terms.allSatisfy(missing.contains) else { return false }
        let inner = analysed.words.flatMap(\.inner).filter(AnalysedText.saysSomething)
        return inner.isEmpty || inner.contains(where: missing.contains)
    }

    private func nearest(to word: String) throws -> [String] {
        try suggests && word.count <= Self.longestNamed ? spellings(word) : []
    }

    private mutating func tell(_ word: String, _ range: SourceRange, _ meant: [String]) throws {
        missingWords += 1
        if let first = meant.first { corrections.append((range, first)) }
        let isLong = word.count > Self.longestNamed
        let name = "“\(word.prefix(Self.longestNamed))\(isLong ? "…" : "")”"
        var message = "no document has \(name)"
        if !meant.isEmpty {
            message += "; did you mean \(Self.names(meant))?"
        } else if suggests, !isLong, word.allSatisfy({ $0.isLetter || $0.isNumber }),
            try !NearTerms(analyzer: analyzer, dictionary: dictionary).terms(near: word, within: nil).isEmpty
        {
            message += "; \(word)~ finds words spelt like it"
        }
        tellMissing(range, message)
    }

    /// Says that no word begins so, and what one that was meant may begin with.
    mutating func tellNoBeginning(_ word: Query.Word) throws {
        missingWords += 1
        var message = "no word of the index matches “\(word.text)*”"
        let meant = try nearest(to: word.text).filter { !$0.contains(" ") }
        var beginning = word.text.dropLast()
        if let first = meant.first {
            corrections.append((word.range, first))
            message += "; did you mean \(Self.names(meant))?"
        } else if suggests, word.text.count <= Self.longestNamed {
            while beginning.count >= Self.shortestBeginning {
                let term = AnalysedText(String(beginning), by: analyzer, for: .prefix).terms
                if term.count == 1, try !dictionary.terms(withPrefix: term[0], limit: 1).isEmpty {
                    message += "; \(beginning)* finds some"
                    break
                }
                beginning.removeLast()
            }
        }
        if meant.isEmpty, prefixStems.mayMissSome { message += "; it has stems of words: write fewer letters" }
        tellMissing(word.range, message)
    }

    private mutating func tellMissing(_ range: SourceRange, _ message: String) {
        let count = hints.count
        hint(range, message)
        if hints.count > count { missingHints.append(hints[count]) }
    }

    /// Letters of a word that a hint repeats, and the most of one that is looked up.
    private static let longestNamed = 40
    /// Shorter parts have nothing near to them.
    private static let shortestCorrected = 4
    /// Shorter beginnings say nothing.
    private static let shortestBeginning = 3

    private static func names(_ words: [String]) -> String { words.map { "“\($0)”" }.joined(separator: " or ") }

    /// The parts of a text between separators, with where each begins in UTF-8.
    private static func parts(
        of text: String, separatedBy isSeparator: (Character) -> Bool
    ) -> [(text: Substring, start: Int)] {
        text.split(whereSeparator: isSeparator).map {
            ($0, text.utf8.distance(from: text.startIndex, to: $0.startIndex))
        }
    }
}

extension SourceRange {
    /// The range of a text that begins at an offset.
    fileprivate init(at start: Int, of text: Substring) {
        self.init(lowerBound: start, upperBound: start + text.utf8.count)
    }
}

extension Character {
    /// Belongs to a word between its letters.
    fileprivate var isApostrophe: Bool { self == "'" || self == "\u{2019}" }
}
