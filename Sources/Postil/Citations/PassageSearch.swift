/// Finds a passage again in a text that may have changed since it was referred to.
///
/// White space is passed over: a text that was wrapped anew is the same. What is not there word for word is looked for in two
/// ways: between the words that stood around it, and where most of its words stand together.
struct PassageSearch {
    /// Where a passage is now.
    struct Found: Equatable {
        var range: Range<String.Index>
        /// Whether its words are the same.
        var isExact: Bool
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
        if let found = exact(quote, near: reference) { return found }
        return similar(quote)
    }

    /// Word for word; of several places the one with the same words around it, then the nearest to where it was.
    private func exact(_ quote: String, near reference: PassageReference) -> Found? {
        // A quotation may begin and end within a word, so that it is compared without any blanks.
        var letters: [Character] = []
        var places: [String.Index] = []
        for place in text.indices where !text[place].isWhitespace {
            letters.append(text[place])
            places.append(place)
        }
        let wanted = quote.filter { !$0.isWhitespace }
        let pattern = Array(wanted)
        guard !pattern.isEmpty, pattern.count <= letters.count else { return nil }
        let before = Array(reference.prefix.filter { !$0.isWhitespace })
        let after = Array(reference.suffix.filter { !$0.isWhitespace })
        var best: (start: Int, context: Int, distance: Int)?
        for start in Self.occurrences(of: pattern, in: letters) {
            let end = start + pattern.count
            let context =
                zip(letters[..<start].reversed(), before.reversed()).prefix { $0 == $1 }.count
                + zip(letters[end...], after).prefix { $0 == $1 }.count
            let distance = abs(start - reference.offset)
            if let best, (best.context, -best.distance) >= (context, -distance) { continue }
            best = (start, context, distance)
        }
        guard let best else { return nil }
        let last = places[best.start + pattern.count - 1]
        return Found(
            range: places[best.start]..<text.index(after: last), isExact: true, offset: best.start, similarity: 1)
    }

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
    private func similar(_ quote: String) -> Found? {
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
        for place in window.upperBound..<min(present.count, window.upperBound + reach)
        where left[present[place], default: 0] > 0 {
            left[present[place], default: 0] -= 1
            window = window.lowerBound..<place + 1
        }
        for place in (max(0, window.lowerBound - reach)..<window.lowerBound).reversed()
        where left[present[place], default: 0] > 0 {
            left[present[place], default: 0] -= 1
            window = place..<window.upperBound
        }
        guard let first = window.first(where: { own.contains(present[$0]) }),
            let last = window.last(where: { own.contains(present[$0]) })
        else { return nil }
        return Found(
            range: words[first].range.lowerBound..<words[last].range.upperBound, isExact: false,
            similarity: Double(best.shared) / Double(wanted.count))
    }
}

extension DocumentOutline {
    /// The place where the text says something, word for word but for white space, the first one; nil if it does not. Its address is
    /// that of the paragraph in which it begins.
    public func passage(quoting words: String) -> Passage? {
        guard let reference = PassageReference("postil:x?quote=" + PercentEncoding.text(words)),
            let found = PassageSearch(text).find(reference), found.isExact,
            let paragraph = paragraph(at: found.range.lowerBound)
        else { return nil }
        let around = passage(of: paragraph)
        return Passage(range: found.range, address: around.address, headings: around.headings)
    }
}
