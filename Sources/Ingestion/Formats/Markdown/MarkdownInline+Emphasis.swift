/// Emphasis: which runs of `*`, `_` and `~~` are marks.
extension MarkdownInline {
    /// What stands beside a run, which decides whether it can open or close.
    private enum Neighbour { case blank, punctuation, letter }

    mutating func takeDelimiters(_ mark: UInt8) {
        let length = runLength(of: mark, at: index)
        let before = neighbour(before: index)
        let after = neighbour(from: index + length)
        let isLeft = after != .blank && (after != .punctuation || before != .letter)
        let isRight = before != .blank && (before != .punctuation || after != .letter)
        let isWordInner = mark == UInt8(ascii: "_")
        var canOpen = isLeft && !(isWordInner && isRight && before != .punctuation)
        var canClose = isRight && !(isWordInner && isLeft && after != .punctuation)
        if mark == UInt8(ascii: "~"), length != 2 { (canOpen, canClose) = (false, false) }
        var range = output.count..<output.count + length
        copy(length)
        if canClose { close(mark, &range) }
        if canOpen, !range.isEmpty { runs.append(DelimiterRun(mark: mark, range: range)) }
    }

    /// Pairs a closing run with the open ones of its kind and drops what pairs.
    private mutating func close(_ mark: UInt8, _ range: inout Range<Int>) {
        while !range.isEmpty {
            let bottom = bottoms[mark] ?? 0
            guard bottom < runs.count, let opener = runs[bottom...].lastIndex(where: { $0.mark == mark }) else {
                bottoms[mark] = runs.count
                return
            }
            let count = min(range.count, runs[opener].range.count)
            let open = runs[opener].range
            dropped.append(open.upperBound - count..<open.upperBound)
            dropped.append(range.lowerBound..<range.lowerBound + count)
            runs.removeSubrange((opener + 1)...)
            runs[opener].range = open.lowerBound..<open.upperBound - count
            if runs[opener].range.isEmpty { runs.removeLast() }
            for (mark, bottom) in bottoms { bottoms[mark] = min(bottom, runs.count) }
            range = range.lowerBound + count..<range.upperBound
        }
    }

    private func neighbour(from place: Int) -> Neighbour {
        guard place < source.count else { return .blank }
        if source[place] < 0x80 { return Self.neighbour(Unicode.Scalar(source[place])) }
        let text = String(decoding: source[place..<min(place + 4, source.count)], as: UTF8.self)
        return text.unicodeScalars.first.map(Self.neighbour) ?? .letter
    }

    private func neighbour(before place: Int) -> Neighbour {
        guard place > 0 else { return .blank }
        var start = place - 1
        while start > 0, place - start < 4, UTF8.isContinuation(source[start]) { start -= 1 }
        return neighbour(from: start)
    }

    private static func neighbour(_ scalar: Unicode.Scalar) -> Neighbour {
        if scalar.isASCII {
            return scalar.value <= 0x20 ? .blank : isPunctuation(UInt8(scalar.value)) ? .punctuation : .letter
        }
        if scalar.properties.isWhitespace { return .blank }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return .punctuation
        default:
            return .letter
        }
    }
}
