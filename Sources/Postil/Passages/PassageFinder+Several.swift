/// A place of a text that says much about a query.
struct FoundPassage {
    /// From the first match in it to the last.
    var core: Range<Int>
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
    /// - Returns: Nothing when no term occurs.
    /// - Complexity: One analysis of the text, and O(count * m) for m matches.
    func passages(of text: String, count: Int) -> [FoundPassage] {
        var text = text
        text.makeContiguousUTF8()
        let whole = text
        return text.withUTF8 { bytes in
            let all = matches(in: bytes) { _ in }
            var left = all
            var found: [FoundPassage] = []
            let room = PassageWindow.room(in: length)
            while found.count < count,
                let best = MatchRun.bestWithScore(of: left, weights: terms.weights, length: room)
            {
                let core =
                    left[best.run.lowerBound].bytes.lowerBound..<(left[best.run].map(\.bytes.upperBound).max() ?? 0)
                let window = PassageWindow(around: core, in: bytes, of: whole, length: length)
                found.append(
                    FoundPassage(
                        core: core, snippet: window.snippet(marking: all),
                        worth: Double(best.score) / Double(10 * PassageTerms.unit)))
                // What the window shows beside the run is seen, too.
                let shown = window.bytes
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
            for match in matches(in: bytes, visiting: { _ in }) {
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
