/// A place of a text that says much about a query.
struct FoundPassage {
    /// From the first match in it to the last, in bytes.
    var core: Range<Int>
    /// The bytes that are shown.
    var shown: Range<Int>
    /// What is shown of it.
    var snippet: Snippet
    /// What its terms are worth, in the unit of the query's heaviest term: 1 for that term alone.
    var worth: Double
}

extension PassageFinder {
    /// The best places of a text, the best first, at most `count`, none of which has a match of another one.
    ///
    /// Equivalent to: ``passage(of:visiting:)``, again and again over the matches that are left.
    ///
    /// - Parameter visit: Is handed every token of the text on the way, with the text's UTF-8.
    /// - Returns: Nothing when no term occurs.
    /// - Complexity: One analysis of the text, and O(count * m) for m matches.
    func passages(of text: String, count: Int, visiting visit: TokenVisit = { _, _ in }) -> [FoundPassage] {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        return text.withUTF8 { bytes in
            let all = matches(in: bytes, visiting: visit)
            var left = all
            var found: [FoundPassage] = []
            let room = PassageWindow.room(in: length)
            while found.count < count,
                let best = MatchRun.bestWithScore(of: left, weights: terms.weights, length: room)
            {
                let core =
                    left[best.run.lowerBound].bytes.lowerBound..<(left[best.run].map(\.bytes.upperBound).max() ?? 0)
                let window = PassageWindow(around: core, in: bytes, of: whole, length: length)
                // What the window shows beside the run is seen, too.
                let shown = window.bytes
                var snippet = window.snippet(marking: all)
                snippet.page = Self.page(of: core.lowerBound, in: bytes)
                found.append(
                    FoundPassage(
                        core: core, shown: shown, snippet: snippet,
                        worth: Double(best.score) / Double(10 * PassageTerms.unit)))
                left.removeAll { shown.overlaps($0.bytes) || core.overlaps($0.bytes) }
            }
            return found
        }
    }

    /// Where the terms stand in a text, as ranges of its Unicode scalars, ascending and apart.
    ///
    /// - Complexity: One analysis of the text.
    func highlights(in text: String) -> [Range<Int>] {
        var text = text
        return text.withUTF8 { bytes in
            var ranges: [Range<Int>] = []
            var (place, scalars) = (0, 0)
            for match in matches(in: bytes, visiting: { _, _ in }) {
                for byte in bytes[place..<max(place, match.bytes.lowerBound)] where byte & 0xC0 != 0x80 { scalars += 1 }
                place = max(place, match.bytes.lowerBound)
                let length = bytes[match.bytes].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
                if let last = ranges.last, last.upperBound >= scalars {
                    ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, scalars + length)
                } else {
                    ranges.append(scalars..<scalars + length)
                }
            }
            return ranges
        }
    }
}

extension DocumentOutline {
    /// A passage that was found in the text, with its address and headings; nil for a text without paragraphs.
    func located(_ found: FoundPassage) -> SearchHit.Passage? {
        guard let passage = paragraph(at: place(found.core.lowerBound)).map(passage(of:)) else { return nil }
        return SearchHit.Passage(
            snippet: found.snippet, address: passage.address, headings: passage.headings, score: found.worth)
    }

    /// What is said around a passage that was found: what is shown and as much before and behind it, without the paragraphs around
    /// those that it stands in.
    func text(of found: FoundPassage) -> String {
        let most = text.utf8.count
        let room = found.shown.count
        // Offsets within a scalar round down.
        var range =
            text.scalarStart(
                at: place(max(0, found.shown.lowerBound - room)))..<text.scalarStart(
                at: place(min(most, found.shown.upperBound + room)))
        if let first = paragraph(at: place(found.core.lowerBound)),
            let last = paragraph(at: place(max(found.core.lowerBound, found.core.upperBound - 1)))
        {
            range = range.clamped(to: first.range.lowerBound..<last.range.upperBound)
        }
        return String(text[range])
    }

    /// The index of a byte.
    private func place(_ byte: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: byte) }
}

extension String {
    /// The beginning of the scalar that has a byte.
    fileprivate func scalarStart(at place: Index) -> Index {
        var place = place
        while place > startIndex, place < endIndex, utf8[place] & 0xC0 == 0x80 { place = utf8.index(before: place) }
        return place
    }
}
