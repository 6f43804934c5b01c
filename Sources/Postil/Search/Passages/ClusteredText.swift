/// A stretch of a text as a passage shows it: cut into grapheme clusters, each run of white space one blank.
struct ClusteredText {
    /// A grapheme cluster, or a run of white space.
    struct Cell {
        /// Its bytes in the text.
        var bytes: Range<Int>
        /// Unicode scalars that are shown of it: 1 for white space.
        var width: Int
        var kind: Kind
    }

    /// What a cell means for where a passage may begin or end.
    enum Kind {
        /// White space; ``paragraph`` when it has an empty line.
        case blank, paragraph
        /// A letter, or whatever is nothing else.
        case letter
        /// A character of a script that is written without blanks, or an emoji.
        case unspaced
        /// A mark that ends a sentence if a blank follows, and one that does so always.
        case stop, wideStop
        /// A mark between parts of a sentence in scripts without blanks.
        case comma
        /// A bracket or quotation mark that closes.
        case closer

        var isBlank: Bool { self == .blank || self == .paragraph }
    }

    private(set) var cells: [Cell] = []
    /// Width of all cells before each, and at last of all.
    private(set) var offsets = [0]

    /// Cuts the clusters that `range` touches.
    ///
    /// - Parameters:
    ///   - range: Begins and ends between scalars.
    ///   - bytes: The text's UTF-8.
    /// - Complexity: O(n) in the length of the range and of the cluster that it begins in.
    init(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, of text: String) {
        assert(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        cells.reserveCapacity(range.count)
        offsets.reserveCapacity(range.count + 1)
        var clusters = ClusterReader(bytes: bytes, text: text, start: range.lowerBound)
        /// In the run of white space so far: two leave an empty line.
        var lineEnds = 0
        while clusters.place < range.upperBound {
            let start = clusters.place
            let width = clusters.next()
            let cluster = start..<clusters.place
            let scalar = bytes.scalar(at: start)
            let isBlank = bytes.blankWidth(at: start) > 0 && (width == 1 || scalar == "\r")
            guard isBlank else {
                append(Cell(bytes: cluster, width: width, kind: Kind(scalar)))
                continue
            }
            if let last = cells.last, last.kind.isBlank {
                cells[cells.count - 1].bytes = last.bytes.lowerBound..<cluster.upperBound
            } else {
                append(Cell(bytes: cluster, width: 1, kind: .blank))
                lineEnds = 0
            }
            if scalar == "\n" || scalar == "\r" { lineEnds += 1 }
            if lineEnds > 1 || scalar == "\u{2029}" { cells[cells.count - 1].kind = .paragraph }
        }
    }

    private mutating func append(_ cell: Cell) {
        cells.append(cell)
        offsets.append(offsets[offsets.count - 1] + cell.width)
    }

    /// Scalars that are shown of a range of cells.
    func width(of range: Range<Int>) -> Int { offsets[range.upperBound] - offsets[range.lowerBound] }

    /// The cell that a byte of the stretch is in.
    ///
    /// - Complexity: O(log n).
    func cell(at byte: Int) -> Int {
        var range = 0..<cells.count
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            range = cells[middle].bytes.lowerBound <= byte ? middle..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    /// How well a passage begins or ends before a cell.
    enum Cut: Int, Comparable {
        case insideWord, betweenCharacters, betweenWords, betweenSentences

        static func < (left: Cut, right: Cut) -> Bool { left.rawValue < right.rawValue }
    }

    /// How well a passage begins or ends before the cell `index`, which is neither the first nor behind the last.
    func cut(before index: Int) -> Cut {
        let next = cells[index].kind
        var last = index - 1
        var isBehindBlank = next.isBlank
        if next == .paragraph { return .betweenSentences }
        if cells[last].kind == .paragraph { return .betweenSentences }
        if cells[last].kind == .blank, last > 0 {
            isBehindBlank = true
            last -= 1
        }
        var mark = last
        while mark > 0, cells[mark].kind == .closer { mark -= 1 }
        switch cells[mark].kind {
        case .stop where isBehindBlank: return .betweenSentences
        case .wideStop where isBehindBlank || next == .letter || next == .unspaced: return .betweenSentences
        default: break
        }
        if isBehindBlank || cells[index - 1].kind.isBlank { return .betweenWords }
        switch (cells[last].kind, next) {
        case (.comma, .letter), (.comma, .unspaced): return .betweenWords
        case (.unspaced, .unspaced), (.unspaced, .letter), (.letter, .unspaced), (.closer, .unspaced):
            return .betweenCharacters
        default: return .insideWord
        }
    }
}

extension ClusteredText.Kind {
    /// What a cluster is that begins with a scalar which is no white space.
    fileprivate init(_ scalar: Unicode.Scalar) {
        switch scalar {
        case ".", "!", "?", "…", "।", "॥", "؟", "۔", "։", "።": self = .stop
        case ")", "]", "}", "\"", "'", "”", "’", "»", "」", "』", "）", "】", "》", "〉": self = .closer
        case "\0"..."\u{DFF}": self = .letter
        case "。", "！", "？", "｡", "．", "។": self = .wideStop
        case "，", "、", "；", "：", "､": self = .comma
        // Thai, Lao, Tibetan, Burmese, Khmer.
        case "\u{E00}"..."\u{109F}", "\u{1780}"..."\u{17FF}": self = .unspaced
        // Symbols and emoji; radicals, kana and ideographs.
        case "\u{2600}"..."\u{27BF}", "\u{2E80}"..."\u{9FFF}", "\u{F900}"..."\u{FAFF}": self = .unspaced
        case "\u{FF66}"..."\u{FF9F}", "\u{1F000}"..."\u{1FAFF}", "\u{20000}"..."\u{3FFFF}": self = .unspaced
        default: self = .letter
        }
    }
}
