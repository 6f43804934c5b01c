import TextAnalysis

/// Finds the passage of a document that says most about a query, and marks the query's terms in it.
struct PassageFinder {
    let analyzer: any Analyzer
    /// What the query's terms weigh.
    let weights: [[UInt8]: Double]
    /// Wanted length in Unicode scalars.
    let length: Int

    private struct Match {
        var start: Int
        var end: Int
        var term: [UInt8]
        var weight: Double
        var position: Int
    }

    /// What a repeated term adds to a passage, and what a term right behind another one adds, beside 1 for a new term.
    private static let repeatShare = 0.1
    private static let neighbourShare = 0.4

    /// The best passage of `text`; its beginning when no term occurs.
    ///
    /// - Complexity: One analysis of the text, and O(m * window) for m matches.
    func passage(of text: String) -> Snippet {
        var text = text
        return text.withUTF8 { bytes in
            let matches = matches(in: bytes)
            let best = bestRun(of: matches)
            let window = window(
                around: best.map { matches[$0.lowerBound].start..<matches[$0.upperBound - 1].end }, in: bytes)
            return snippet(of: window, in: bytes, matches: matches)
        }
    }

    private func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
        var matches: [Match] = []
        // Most tokens are told apart from the query's terms by their length, without making arrays of them.
        func bit(_ length: Int) -> UInt64 { 1 << UInt64(length & 63) }
        let lengths = weights.keys.reduce(0) { $0 | bit($1.count) }
        analyzer.analyze(bytes, for: .document) { token in
            guard lengths & bit(token.term.count) != 0 else { return }
            let term = Array(token.term)
            guard let weight = weights[term] else { return }
            matches.append(
                Match(start: token.start, end: token.end, term: term, weight: weight, position: token.position))
        }
        return matches
    }

    /// The run of matches, no longer than the wanted length, with the greatest weight; the first of equals.
    private func bestRun(of matches: [Match]) -> Range<Int>? {
        var best: (run: Range<Int>, score: Double)?
        for low in matches.indices {
            var seen: Set<[UInt8]> = []
            var score = 0.0
            var high = low
            while high < matches.count, matches[high].end - matches[low].start <= length || high == low {
                let match = matches[high]
                score += match.weight * (seen.insert(match.term).inserted ? 1 : PassageFinder.repeatShare)
                if high > low, match.position == matches[high - 1].position + 1, match.term != matches[high - 1].term {
                    score += match.weight * PassageFinder.neighbourShare
                }
                high += 1
            }
            if score > best?.score ?? 0 { best = (low..<high, score) }
        }
        return best?.run
    }

    /// Widens a run to about the wanted length: whole words, more of what follows than of what precedes.
    private func window(around run: Range<Int>?, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let run = run ?? 0..<0
        let spare = max(0, length - run.count)
        var start = max(0, run.lowerBound - spare / 3)
        var end = min(bytes.count, run.upperBound + spare - (run.lowerBound - start))
        start = max(0, min(start, end - length))
        // A cut inside a word moves to the white space before the match, one behind it to the white space behind the word.
        if start > 0 { while start < run.lowerBound, !isSpace(bytes[start - 1]) { start += 1 } }
        if end < bytes.count { while end > max(run.upperBound, start), !isSpace(bytes[end]) { end -= 1 } }
        if end <= start { end = min(bytes.count, start + length) }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start..<end
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The window's text with white space folded and ellipses, and its matches in scalars.
    private func snippet(of window: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, matches: [Match]) -> Snippet {
        var inside = matches.lazy.filter { $0.start >= window.lowerBound && $0.end <= window.upperBound }.makeIterator()
        var next = inside.next()
        var text = String.UnicodeScalarView()
        var highlights: [Range<Int>] = []
        var count = 0
        var opened: (start: Int, end: Int)?
        func emit(_ scalar: Unicode.Scalar) {
            text.append(scalar)
            count += 1
        }
        if window.lowerBound > 0 { emit("…") }
        var offset = window.lowerBound
        var pendingSpace = false
        for scalar in String(decoding: bytes[window], as: UTF8.self).unicodeScalars {
            let width = UTF8.width(scalar)
            if scalar.properties.isWhitespace {
                pendingSpace = count > 0 || pendingSpace
            } else {
                if pendingSpace {
                    emit(" ")
                    pendingSpace = false
                }
                while let match = next, match.start <= offset {
                    if match.start == offset, opened == nil { opened = (count, match.end) }
                    if let open = opened, match.start == offset { opened = (open.start, max(open.end, match.end)) }
                    next = inside.next()
                }
                emit(scalar)
            }
            offset += width
            if let open = opened, offset >= open.end {
                highlights.append(open.start..<count)
                opened = nil
            }
        }
        if window.upperBound < bytes.count { emit("…") }
        return Snippet(text: String(text), highlights: highlights)
    }
}
