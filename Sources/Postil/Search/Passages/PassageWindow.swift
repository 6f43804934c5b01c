/// A part of a text about as long as a passage may be, around what is to be seen in it.
struct PassageWindow {
    /// Below so many scalars ellipses take more room than they are worth.
    private static let shortestWithEllipses = 8
    /// For a better place to begin or end, a passage gives away up to one part in so many of its length.
    private static let slackShare = 5
    /// Of the room beside the matches, one part in so many goes before them: what follows says more about them.
    private static let leadShare = 3

    private let source: UnsafeBufferPointer<UInt8>
    private let text: ClusteredText
    private let length: Int
    /// The cells that are shown.
    private var window = 0..<0
    /// Whether the first match is longer than a passage may be, so that its end is cut off.
    private var isCrammed = false
    /// Whether the clustered text begins and ends as the whole text does, apart from white space.
    private let beginsText: Bool
    private let endsText: Bool

    /// Chooses a window.
    ///
    /// - Parameters:
    ///   - core: Bytes that have to be in it, as far as they fit; nil for the text's beginning.
    ///   - bytes: The UTF-8 of `whole`.
    ///   - length: Most scalars that may be shown, with ellipses.
    /// - Complexity: O(n) in the length and in white space around the core, whatever the length of the text.
    init(around core: Range<Int>?, in bytes: UnsafeBufferPointer<UInt8>, of whole: String, length: Int) {
        var content = 0..<bytes.count
        while let first = content.first, bytes.blankWidth(at: first) > 0 {
            content = first + bytes.blankWidth(at: first)..<content.upperBound
        }
        while !content.isEmpty {
            let last = bytes.scalarStart(before: content.upperBound)
            guard bytes.blankWidth(at: last) > 0 else { break }
            content = content.lowerBound..<last
        }
        let core = core ?? content.lowerBound..<content.lowerBound
        let start = bytes.place(length + 1, scalarsBefore: core.lowerBound, notBefore: content.lowerBound)
        let end = bytes.place(length + 1, scalarsBehind: core.lowerBound, notBehind: content.upperBound)
        source = bytes
        self.length = length
        text = ClusteredText(start..<end, in: bytes, of: whole)
        beginsText = start == content.lowerBound
        endsText = end == content.upperBound
        guard !text.cells.isEmpty else { return }
        let first = text.cell(at: core.lowerBound)
        choose(around: first..<(core.isEmpty ? first : text.cell(at: core.upperBound - 1) + 1))
    }

    // MARK: Choosing

    /// What an ellipsis takes.
    private var ellipsis: Int { length < PassageWindow.shortestWithEllipses ? 0 : 1 }

    /// Scalars that are left of a passage's length for what is to be seen in it.
    static func room(in length: Int) -> Int { length < shortestWithEllipses ? length : length - 2 }

    /// What is shown of cells, with ellipses.
    private func shown(_ range: Range<Int>) -> Int {
        text.width(of: range) + (isBeginning(range.lowerBound) ? 0 : ellipsis)
            + (isEnd(range.upperBound) ? 0 : ellipsis)
    }

    private func isBeginning(_ cell: Int) -> Bool { cell == 0 && beginsText }

    private func isEnd(_ cell: Int) -> Bool { cell == text.cells.count && endsText }

    private mutating func choose(around core: Range<Int>) {
        let slack = length / PassageWindow.slackShare
        guard shown(core) <= length else {
            isCrammed = true
            window = core.lowerBound..<end(from: core.lowerBound)
            return
        }
        let lead = (length - shown(core)) / PassageWindow.leadShare
        var start = core.lowerBound
        while start > 0, text.width(of: start - 1..<core.lowerBound) <= lead { start -= 1 }
        if isEnd(end(from: start)) {
            // What is not needed behind the matches goes before them.
            while start > 0, shown(start - 1..<text.cells.count) <= length { start -= 1 }
        }
        if !isBeginning(start) {
            let last = (start...core.lowerBound).last { text.width(of: start..<$0) <= slack } ?? start
            start = bestCut(among: max(1, start)...max(1, last)) ?? start
            if start < core.lowerBound, text.cells[start].kind.isBlank { start += 1 }
        }
        var end = end(from: start)
        if !isEnd(end) {
            let first = (core.upperBound...end).first { text.width(of: $0..<end) <= slack } ?? end
            // The text may go on behind the cells, so that nothing is known of a cut there.
            end = bestCut(among: (max(1, first)...max(1, min(end, text.cells.count - 1))).reversed()) ?? end
            if end > core.upperBound, text.cells[end - 1].kind.isBlank { end -= 1 }
        }
        window = start..<max(start, end)
    }

    /// How far a passage can reach that begins with a cell.
    private func end(from start: Int) -> Int {
        if shown(start..<text.cells.count) <= length { return text.cells.count }
        var end = start
        while end < text.cells.count,
            text.width(of: start..<end + 1) + (isBeginning(start) ? 0 : ellipsis) + ellipsis <= length
        {
            end += 1
        }
        return end
    }

    /// The best cut before one of some cells; the first of equals.
    private func bestCut(among cells: some Sequence<Int>) -> Int? {
        var best: (cell: Int, cut: ClusteredText.Cut)?
        for cell in cells where cell < text.cells.count {
            let cut = text.cut(before: cell)
            if best.map({ $0.cut < cut }) ?? true { best = (cell, cut) }
        }
        return best?.cell
    }

    // MARK: Showing

    /// The bytes that are shown.
    var bytes: Range<Int> {
        guard let first = text.cells[window].first, let last = text.cells[window].last else { return 0..<0 }
        return first.bytes.lowerBound..<last.bytes.upperBound
    }

    /// The window's text, with the matches in it marked.
    ///
    /// - Parameter matches: Ascending in their starts.
    func snippet(marking matches: [PassageMatch]) -> Snippet {
        let cells = text.cells[window]
        guard let first = cells.first, let last = cells.last else {
            return Snippet(text: text.cells.isEmpty ? "" : "…", highlights: [])
        }
        var shown: [UInt8] = []
        shown.reserveCapacity(last.bytes.upperBound - first.bytes.lowerBound + 6)
        var count = 0
        func showEllipsis() {
            guard ellipsis > 0 else { return }
            shown += "…".utf8
            count += 1
        }
        if !isBeginning(window.lowerBound) { showEllipsis() }
        let shownBefore = count
        var highlights: [Range<Int>] = []
        var next = matches.partitioningIndex { $0.bytes.lowerBound >= first.bytes.lowerBound }
        /// Where the highlight begins, in scalars, and where the text of it ends, in bytes.
        var open: (start: Int, end: Int)?
        for cell in cells {
            while next < matches.count, matches[next].bytes.lowerBound < cell.bytes.upperBound {
                let end = matches[next].bytes.upperBound
                next += 1
                guard end <= last.bytes.upperBound || isCrammed && count == shownBefore else { continue }
                open = (open?.start ?? count, max(open?.end ?? 0, min(end, last.bytes.upperBound)))
            }
            if cell.kind.isBlank { shown.append(0x20) } else { shown += source[cell.bytes] }
            count += cell.width
            if let mark = open, cell.bytes.upperBound >= mark.end {
                if let before = highlights.last, before.upperBound == mark.start {
                    highlights[highlights.count - 1] = before.lowerBound..<count
                } else {
                    highlights.append(mark.start..<count)
                }
                open = nil
            }
        }
        if !isEnd(window.upperBound) { showEllipsis() }
        return Snippet(text: String(decoding: shown, as: UTF8.self), highlights: highlights)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The byte that `count` scalars before `place` begin at, a run of white space counted as one, or `limit`.
    fileprivate func place(_ count: Int, scalarsBefore place: Int, notBefore limit: Int) -> Int {
        var (place, left, isBlank) = (place, count, false)
        while place > limit {
            let start = scalarStart(before: place)
            let wasBlank = isBlank
            isBlank = blankWidth(at: start) > 0
            if !(isBlank && wasBlank) {
                guard left > 0 else { break }
                left -= 1
            }
            place = start
        }
        return Swift.max(place, limit)
    }

    /// The byte that `count` scalars from `place` on end at, a run of white space counted as one, or `limit`.
    fileprivate func place(_ count: Int, scalarsBehind place: Int, notBehind limit: Int) -> Int {
        var (place, left, isBlank) = (place, count, false)
        while place < limit {
            let wasBlank = isBlank
            isBlank = blankWidth(at: place) > 0
            if !(isBlank && wasBlank) {
                guard left > 0 else { break }
                left -= 1
            }
            place += UTF8.width(scalar(at: place))
        }
        return Swift.min(place, limit)
    }
}
