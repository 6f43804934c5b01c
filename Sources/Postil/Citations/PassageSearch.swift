/// Finds a passage again in a text that may have changed since it was referred to.
///
/// White space is passed over: a text that was wrapped anew is the same. What is not there letter for letter is looked for in
/// three ways: with other capitals, quotation marks or dashes; where most of its words stand together; and between the words that
/// stood around it.
struct PassageSearch {
    /// Where a passage is now.
    struct Found: Equatable {
        var range: Range<String.Index>
        /// Whether its words are the same, letter for letter.
        var isExact: Bool
        /// Whether they are but for capitals, quotation marks and dashes.
        var isSameWords = false
        /// Characters before it that are no white space, as in ``PassageReference/offset``; only where it is exact.
        var offset = 0
        /// The share of its words that are there: 1 if they are the same.
        var similarity: Double
    }

    /// Below this share of its words a passage is gone.
    static let leastSimilarity = 0.6

    private struct Word {
        var text: Substring
        var range: Range<String.Index> { text.startIndex..<text.endIndex }
    }

    private let words: [Word]
    private let text: String

    init(_ text: String) {
        self.text = text
        words = text.split(whereSeparator: \.isWhitespace).map(Word.init)
    }

    /// The best place for the passage; nil if it is gone.
    ///
    /// - Complexity: O(n + m) for n words of text and m of the passage, and as much again for each place that begins as it does.
    func find(_ reference: PassageReference) -> Found? {
        guard let quote = reference.quote else { return nil }
        let letters = FoldedText(text, isFolded: false)
        if let found = exact(quote, near: reference, in: letters) { return found }
        let folded = FoldedText(text, isFolded: true)
        return exact(quote, near: reference, in: folded) ?? similar(quote) ?? between(reference, in: folded)
    }

    /// Word for word; of several places the one with the same words around it, then the nearest to where it was.
    private func exact(_ quote: String, near reference: PassageReference, in text: FoldedText) -> Found? {
        // A quotation may begin and end within a word, so that it is compared without any blanks.
        let pattern = FoldedText(quote, isFolded: text.isFolded).letters
        guard !pattern.isEmpty, pattern.count <= text.letters.count else { return nil }
        let before = FoldedText(reference.prefix, isFolded: text.isFolded).letters
        let after = FoldedText(reference.suffix, isFolded: text.isFolded).letters
        var best: (start: Int, context: Int, distance: Int)?
        for start in Self.occurrences(of: pattern, in: text.letters) {
            let end = start + pattern.count
            let context =
                zip(text.letters[..<start].reversed(), before.reversed()).prefix { $0 == $1 }.count
                + zip(text.letters[end...], after).prefix { $0 == $1 }.count
            let distance = abs(start - reference.offset)
            if let best, (best.context, -best.distance) >= (context, -distance) { continue }
            best = (start, context, distance)
        }
        guard let best else { return nil }
        return Found(
            range: text.range(of: best.start..<best.start + pattern.count), isExact: !text.isFolded, isSameWords: true,
            offset: best.start, similarity: 1)
    }

    /// What stands where the passage stood: between the words before and behind it, if both are there and what is between them is
    /// not much longer than it was.
    private func between(_ reference: PassageReference, in text: FoldedText) -> Found? {
        let before = FoldedText(reference.prefix, isFolded: true).letters
        let after = FoldedText(reference.suffix, isFolded: true).letters
        let quote = FoldedText(reference.quote ?? "", isFolded: true).letters
        guard before.count + after.count >= Self.leastContext else { return nil }
        // Where less was remembered, the text began or ended there, and still has to.
        let isAtStart = reference.prefix.count < PassageReference.contextLength
        let isAtEnd = reference.suffix.count < PassageReference.contextLength
        let starts =
            isAtStart
            ? (text.letters.starts(with: before) ? [before.count] : [])
            : Self.occurrences(of: before, in: text.letters).map { $0 + before.count }
        let ends =
            isAtEnd
            ? (text.letters.suffix(after.count).elementsEqual(after) ? [text.letters.count - after.count] : [])
            : Self.occurrences(of: after, in: text.letters)
        let longest = 3 * quote.count + Self.room
        var best: (range: Range<Int>, distance: Int)?
        for start in starts {
            let next = ends.partitioningIndex { $0 > start }
            guard next < ends.count, ends[next] - start <= longest else { continue }
            let distance = abs(start - reference.offset)
            if let best, best.distance <= distance { continue }
            best = (start..<ends[next], distance)
        }
        guard let best else { return nil }
        let now = text.letters[best.range]
        let same = zip(quote, now).prefix { $0 == $1 }.count
        let sameEnd = zip(quote.reversed(), now.reversed()).prefix { $0 == $1 }.count
        let kept = min(same + sameEnd, quote.count, now.count)
        let similarity = Double(kept) / Double(max(1, quote.count, now.count))
        // One word in another's place is that word changed; a passage of several has to keep something.
        let isWord = !(reference.quote ?? "").contains(where: \.isWhitespace)
        guard isWord || similarity >= Self.leastKept else { return nil }
        return Found(range: text.range(of: best.range), isExact: false, similarity: similarity)
    }

    /// So many letters before a passage and behind it say where it belongs: two or three words.
    private static let leastContext = 10
    /// What takes the place of a passage may have so many letters more than three times as many: two long words.
    private static let room = 20
    /// The share of its letters at both ends that a passage keeps.
    private static let leastKept = 0.3

    /// Knuth, Morris, Pratt 1977: linear, however often the passage begins again.
    private static func occurrences(of pattern: [Character], in text: [Character]) -> [Int] {
        var borders = [Int](repeating: 0, count: pattern.count)
        var length = 0
        for place in pattern.indices.dropFirst() {
            while length > 0, pattern[place] != pattern[length] { length = borders[length - 1] }
            if pattern[place] == pattern[length] { length += 1 }
            borders[place] = length
        }
        var found: [Int] = []
        length = 0
        for (place, character) in text.enumerated() {
            while length > 0, character != pattern[length] { length = borders[length - 1] }
            if character == pattern[length] { length += 1 }
            if length == pattern.count {
                found.append(place + 1 - length)
                length = borders[length - 1]
            }
        }
        return found
    }

    /// The stretch of as many words that has most of the passage's, at least ``leastSimilarity``; from the first to the last of
    /// them that are the passage's.
    ///
    /// What stands within a paragraph is looked for within paragraphs: where words come again and again, the stretch with most of them
    /// may begin in the one before.
    private func similar(_ quote: String) -> Found? {
        guard let found = similar(quote, in: words) else { return nil }
        guard !Self.hasBreak(quote[...]), Self.hasBreak(text[found.range]) else { return found }
        let first = words.partitioningIndex { $0.range.lowerBound >= found.range.lowerBound }
        var (start, end) = (first, words.partitioningIndex { $0.range.lowerBound >= found.range.upperBound })
        while start > 0, !isBreak(before: start) { start -= 1 }
        while end < words.count, !isBreak(before: end) { end += 1 }
        var best: Found?
        var begin = start
        for place in start + 1..<end + 1 where place == end || isBreak(before: place) {
            let part = similar(quote, in: Array(words[begin..<place]))
            begin = place
            if let part, part.similarity > best?.similarity ?? 0 { best = part }
        }
        return best ?? found
    }

    private static func hasBreak(_ text: Substring) -> Bool {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).dropFirst().dropLast()
            .contains { $0.allSatisfy(\.isWhitespace) }
    }

    /// Whether an empty line stands before a word.
    private func isBreak(before word: Int) -> Bool {
        text[words[word - 1].range.upperBound..<words[word].range.lowerBound].count(where: \.isNewline) > 1
    }

    /// The same in some of the words.
    private func similar(_ quote: String, in words: [Word]) -> Found? {
        func folded(_ word: Substring) -> String { word.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = quote.split(whereSeparator: \.isWhitespace).map(folded)
        guard wanted.count > 1, !words.isEmpty else { return nil }
        var missing: [String: Int] = [:]
        for word in wanted { missing[word, default: 0] += 1 }
        let present = words.map { folded($0.text) }
        let size = min(wanted.count, present.count)
        var shared = 0
        var best: (start: Int, shared: Int)?
        for end in present.indices {
            if let left = missing[present[end]] {
                if left > 0 { shared += 1 }
                missing[present[end]] = left - 1
            }
            if end >= size, let left = missing[present[end - size]] {
                if left >= 0 { shared -= 1 }
                missing[present[end - size]] = left + 1
            }
            if end + 1 >= size, shared > best?.shared ?? 0 { best = (end + 1 - size, shared) }
        }
        guard let best, Double(best.shared) >= Self.leastSimilarity * Double(wanted.count) else { return nil }
        let own = Set(wanted)
        var window = best.start..<best.start + size
        // More words may have come in than went, so that the ends lie outside.
        var left: [String: Int] = [:]
        for word in wanted { left[word, default: 0] += 1 }
        for word in present[window] { left[word, default: 0] -= 1 }
        let reach = max(4, size / 4)
        var count = best.shared
        for place in window.upperBound..<min(present.count, window.upperBound + reach)
        where left[present[place], default: 0] > 0 {
            left[present[place], default: 0] -= 1
            count += 1
            window = window.lowerBound..<place + 1
        }
        for place in (max(0, window.lowerBound - reach)..<window.lowerBound).reversed()
        where left[present[place], default: 0] > 0 {
            left[present[place], default: 0] -= 1
            count += 1
            window = place..<window.upperBound
        }
        guard let first = window.first(where: { own.contains(present[$0]) }),
            let last = window.last(where: { own.contains(present[$0]) })
        else { return nil }
        return Found(
            range: words[first].range.lowerBound..<words[last].range.upperBound, isExact: false,
            similarity: Double(count) / Double(wanted.count))
    }
}

/// The characters of a text but for white space, with their places.
private struct FoldedText {
    /// Whether capitals are small, quotation marks straight and dashes short.
    let isFolded: Bool
    private(set) var letters: [Character] = []
    private var places: [String.Index] = []
    private let text: String

    init(_ text: String, isFolded: Bool) {
        self.isFolded = isFolded
        self.text = text
        for place in text.indices where !text[place].isWhitespace {
            let character = text[place]
            guard isFolded else {
                add(character, place)
                continue
            }
            switch character {
            case "‘", "’", "‚", "‛", "′", "`", "´": add("'", place)
            case "“", "”", "„", "‟", "«", "»", "″", "「", "」": add("\"", place)
            // `--` is a dash, too.
            case "-", "‐", "‑", "‒", "–", "—", "―", "−": if letters.last != "-" { add("-", place) }
            case "…": for _ in 0..<3 { add(".", place) }
            default: for letter in character.lowercased() { add(letter, place) }
            }
        }
    }

    private mutating func add(_ letter: Character, _ place: String.Index) {
        letters.append(letter)
        places.append(place)
    }

    /// Where letters stand in the text. There must be one.
    func range(of letters: Range<Int>) -> Range<String.Index> {
        places[letters.lowerBound]..<text.index(after: places[letters.upperBound - 1])
    }
}

extension DocumentOutline {
    /// The place where the text says something, the first one; nil if it does not. White space, capitals, and the kind of quotation
    /// marks and dashes do not matter unless it is there with the same ones. Its address is that of the paragraph in which it begins.
    public func passage(quoting words: String) -> Passage? {
        guard let reference = PassageReference("postil:x?quote=" + PercentEncoding.text(words)),
            let found = PassageSearch(text).find(reference), found.isSameWords,
            let paragraph = paragraph(at: found.range.lowerBound)
        else { return nil }
        let around = passage(of: paragraph)
        return Passage(
            range: found.range, address: around.address, headings: around.headings, page: around.page)
    }
}
