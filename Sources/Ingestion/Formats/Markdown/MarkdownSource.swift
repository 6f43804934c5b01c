import CByteScan

/// Markdown made ready for the parser: what is no Markdown to the people who write it is masked, and so is what would take
/// the parser more than linear time.
///
/// - **Formulas**, `$x_1$` and `$$x_1$$`, keep what they have (`MarkdownFormulas`).
/// - **cmark-gfm 0.29.0.gfm.6** takes quadratic time for some texts that nobody writes, and Debian has no later one. Each is
///   cut off where it begins to matter; what is masked is text:
///
/// | written | costs | becomes text |
/// |---|---|---|
/// | `- - - …`, `> > > …` | each line times the depth | markers beyond column 100 |
/// | `![[]()![[]()…` | each link times the images that are open (CVE-2023-22486) | images beyond the thousandth in a row of lines |
/// | `<?a <?a …`, `<!A …`, `<![CDATA[…` | each a walk to the end | all that stand within a line |
/// | `[a]: long`, then `[a][a]…` | each use a copy of the address | definitions, if their copies could be 64 times the text |
///
/// Addresses in definitions longer than 1,000 bytes (images as `data:`) are passed to the parser without their middle.
/// Obsidian's comments, `%% like this %%`, are cut out, of one line or many. One pass over the bytes.
struct MarkdownSource {
    /// The text with masks, in lines that end in LF.
    private(set) var bytes: [UInt8]
    /// Whether anything is masked.
    private(set) var isMasked = false
    /// What the parser is not given; at an empty range it is given a line end more.
    private(set) var cuts: [Range<Int>] = []

    private var line = Line()
    private var formulas = MarkdownFormulas()
    /// Images that begin in the lines since the last blank one, list item or heading.
    private var images = 0
    private var brackets = 0
    private var isBehindBlank = true
    private var isInList = false
    private var isInFence = false
    /// Whether the lines since the last blank one began with a footnote.
    private var followsFootnote = false
    /// The places of `]:` that may define a link, and how many bytes the link's address and title can have at most: up to
    /// the next definition or blank line. 0 while that is open.
    private var definitions: [(place: Int, length: Int)] = []
    /// Up to where the end of a comment has been looked for in vain.
    private var commentSearchEnd = 0
    /// Where the last definition's line ends, if it is whole.
    private var definitionEnd = -1

    /// The line that is being looked at.
    private struct Line {
        var start = 0
        var isQuoted = false
        /// Its first byte that is neither blank nor a quotation's mark.
        var first: UInt8 = 0
        /// The byte behind that.
        var second: UInt8 = 0
        /// Whether a `]:` has been seen on it; only the first can end a label.
        var hasLabel = false
        /// Backticks on it, as far as they have been counted.
        var backticks = 0
        var countedEnd = 0
    }

    private static let deepestColumn = 100
    private static let mostImages = 1000
    private static let longestAddress = 1000

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.withUnsafeBytes({ $0.first(0x0D, from: 0) != nil }) { unifyLineEnds() }
        scan()
        endDefinitions(at: bytes.count)
        boundDefinitions()
    }

    /// CRLF and CR become LF.
    private mutating func unifyLineEnds() {
        var length = 0
        for index in bytes.indices {
            if bytes[index] == 0x0A, index > 0, bytes[index - 1] == 0x0D { continue }
            length += 1
        }
        var unified: [UInt8] = []
        unified.reserveCapacity(length)
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x0A, index > 0, bytes[index - 1] == 0x0D { continue }
            unified.append(byte == 0x0D ? 0x0A : byte)
        }
        bytes = unified
    }

    private mutating func scan() {
        beginLine(at: 0)
        var index = 0
        let count = bytes.count
        while true {
            index = endOfPlain(from: index)
            guard index < count else { return }
            switch bytes[index] {
            case 0x0A:
                index += 1
                beginLine(at: index)
                continue
            case UInt8(ascii: "\\"):
                // What follows is no mark; a line end is one still.
                if index + 1 < count, bytes[index + 1] != 0x0A {
                    // A letter beside it would take the mark from an underscore.
                    let isBesideUnderscore =
                        index > 0 && bytes[index - 1] == UInt8(ascii: "_")
                        || index + 2 < count && bytes[index + 2] == UInt8(ascii: "_")
                    if Self.isRead(bytes[index + 1]), !isBesideUnderscore {
                        bytes[index] = MarkdownMask.escape
                        mask(index + 1)
                    }
                    index += 1
                }
            case UInt8(ascii: "$"):
                let formula = formulas.formula(at: index, in: bytes)
                if let formula { maskFormula(formula) }
                index = formula?.upperBound ?? (index + (index + 1 < count && bytes[index + 1] == 0x24 ? 2 : 1))
                continue
            case UInt8(ascii: "%"):
                if let comment = comment(at: index) {
                    cut(comment)
                    if let lineFeed = bytes[comment].lastIndex(of: 0x0A) { line.start = lineFeed + 1 }
                    index = comment.upperBound
                    continue
                }
            case UInt8(ascii: "<"): takeAngle(index)
            case UInt8(ascii: "!"):
                if index + 1 < count, bytes[index + 1] == UInt8(ascii: "[") {
                    images += 1
                    if images > Self.mostImages { mask(index + 1) }
                }
            case UInt8(ascii: "]"):
                brackets += 1
                if index + 1 < count, bytes[index + 1] == UInt8(ascii: ":") { takeDefinition(index) }
            default: break
            }
            index += 1
        }
    }

    /// The next byte that `scan` looks at.
    @inline(__always)
    private func endOfPlain(from start: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            ByteSearch.firstIndex(in: bytes, from: start) { place in
                postil_equal(place, 0x0A) | postil_equal(place, UInt8(ascii: "\\"))
                    | postil_equal(place, UInt8(ascii: "$")) | postil_equal(place, UInt8(ascii: "<"))
                    | postil_equal(place, UInt8(ascii: "!")) | postil_equal(place, UInt8(ascii: "]"))
                    | postil_equal(place, UInt8(ascii: "%"))
            }
        }
    }

    /// Whether a byte behind a backslash would be a mark to `MarkdownParagraph`, which sees no backslashes.
    private static func isRead(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private mutating func mask(_ index: Int) {
        let mask = MarkdownMask.mask(bytes[index])
        if mask != bytes[index] {
            bytes[index] = mask
            isMasked = true
        }
    }

    /// Looks at what begins a line.
    private mutating func beginLine(at start: Int) {
        line = Line(start: start)
        var index = start
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < bytes.count else { return }
        takeIndentation(index)
        line.first = bytes[index]
        line.second = index + 1 < bytes.count ? bytes[index + 1] : 0
        switch bytes[index] {
        case 0x0A:
            endDefinitions(at: start)
            images = 0
            followsFootnote = false
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "#"):
            // They begin a paragraph, wherever they stand, unless they are indented and continue one.
            if index - start < 4, index + 1 < bytes.count, bytes[index + 1] == 0x20 { images = 0 }
            boundDepth(from: start)
        case UInt8(ascii: ">"):
            line.isQuoted = true
            while index < bytes.count, bytes[index] == UInt8(ascii: ">") || bytes[index] == 0x20 { index += 1 }
            line.first = index < bytes.count ? bytes[index] : 0
            line.second = index + 1 < bytes.count ? bytes[index + 1] : 0
            boundDepth(from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            boundDepth(from: start)
        default:
            break
        }
    }

    /// A list whose first item is indented like code, behind a blank line: CommonMark says code, but its author meant a list.
    private mutating func takeIndentation(_ first: Int) {
        let isBlank = bytes[first] == 0x0A
        let next = first + 1 < bytes.count ? bytes[first + 1] : 0x0A
        if next == UInt8(ascii: "`") || next == UInt8(ascii: "~"), bytes[first...].starts(with: [next, next, next]) {
            isInFence.toggle()
        }
        let isItem =
            next == 0x20
            && (bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "*")
                || bytes[first] == UInt8(ascii: "+"))
        let isIndented = first - line.start >= 4 || bytes[line.start] == 0x09
        if isItem {
            if isIndented, isBehindBlank, !isInList, !isInFence { cut(line.start..<first) }
            isInList = true
        } else if !isBlank, isBehindBlank, first == line.start {
            // "1." begins an item, too; what it is does not matter, only that no list that goes on is cut.
            isInList = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[first])
        }
        isBehindBlank = isBlank
    }

    /// Masks markers of lists and quotations beyond the deepest column.
    private mutating func boundDepth(from start: Int) {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x20, 0x09: break
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ">"):
                if index - start >= Self.deepestColumn { mask(index) }
            case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ")"):
                let isMarker = index + 1 >= bytes.count || bytes[index + 1] <= 0x20
                if index - start >= Self.deepestColumn, isMarker { mask(index) }
            default: return
            }
            index += 1
        }
    }

    /// Bytes of a comment. What is longer is a text between two signs.
    private static let longestComment = 1 << 15

    /// The comment that begins at a percent sign, in no code; two signs and no more open and close it, with no letter or
    /// digit outside of them: `100%% sure`, `%%time`.
    private mutating func comment(at index: Int) -> Range<Int>? {
        func isSign(_ place: Int) -> Bool { bytes.indices.contains(place) && bytes[place] == UInt8(ascii: "%") }
        func isOfWord(_ place: Int) -> Bool {
            guard bytes.indices.contains(place) else { return false }
            let byte = bytes[place]
            return (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80
        }
        guard isSign(index + 1), !isSign(index + 2), !isSign(index - 1), !isOfWord(index - 1), !isInFence,
            index >= commentSearchEnd
        else { return nil }
        line.backticks += bytes[max(line.start, line.countedEnd)..<index].count { $0 == UInt8(ascii: "`") }
        line.countedEnd = index
        if line.backticks % 2 == 1 { return nil }
        var place = index + 2
        let end = min(bytes.count, place + Self.longestComment)
        while let sign = bytes[place..<end].firstIndex(of: UInt8(ascii: "%")) {
            place = sign + 1
            if isSign(sign + 1), !isSign(sign + 2), !isSign(sign - 1), !isOfWord(sign + 2) { return index..<sign + 2 }
            while place < end, isSign(place) { place += 1 }
            if place >= end { break }
        }
        // None closes it, nor one that opens before that.
        commentSearchEnd = end
        return nil
    }

    /// Masks the `<` of processing instructions, declarations and CDATA within a line. At its beginning they are blocks.
    private mutating func takeAngle(_ index: Int) {
        guard index - line.start > 3 || bytes[line.start..<index].contains(where: { $0 != 0x20 }) else { return }
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        let afterNext = index + 2 < bytes.count ? bytes[index + 2] : 0
        let isDeclaration = next == UInt8(ascii: "!") && afterNext != UInt8(ascii: "-")
        if next == UInt8(ascii: "?") || isDeclaration { mask(index) }
    }

    private mutating func maskFormula(_ range: Range<Int>) {
        var isAtLineStart = false
        for index in range {
            let byte = bytes[index]
            if byte == 0x0A {
                isAtLineStart = true
                line.start = index + 1
            } else if isAtLineStart, byte == UInt8(ascii: ">"), line.isQuoted {
                continue
            } else {
                if byte > 0x20 { isAtLineStart = false }
                mask(index)
            }
        }
    }

    /// A `]:`, which ends the label of a definition if anything does.
    private mutating func takeDefinition(_ index: Int) {
        if line.hasLabel { return }
        line.hasLabel = true
        if line.first == UInt8(ascii: "["), line.start == definitionEnd { endDefinitions(at: line.start) }
        definitions.append((index, 0))
        definitionEnd = -1
        guard line.first == UInt8(ascii: "[") else { return }
        if line.second == UInt8(ascii: "^") {
            followsFootnote = true
        } else if followsFootnote {
            // A definition right below a footnote would be a line of it.
            cut(line.start..<line.start)
            followsFootnote = false
        }
        var start = index + 2
        var lineEnds = 0
        while start < bytes.count, bytes[start] <= 0x20, lineEnds < 2 {
            if bytes[start] == 0x0A { lineEnds += 1 }
            start += 1
        }
        var end = start
        while end < bytes.count, bytes[end] > 0x20 { end += 1 }
        if end - start > Self.longestAddress {
            cut(start + Self.longestAddress / 2..<end - Self.longestAddress / 4)
        }
        definitionEnd = wholeDefinitionEnd(from: index + 2)
    }

    /// Keeps a stretch from the parser. Stretches do not overlap: an address below its label may look like a label again.
    private mutating func cut(_ range: Range<Int>) {
        if range.lowerBound >= cuts.last?.upperBound ?? 0 { cuts.append(range) }
    }

    /// Where the next line begins if a definition is whole on its line: it has no title, or the mark that opens the title
    /// closes it at the line's end. -1 if its title may go on.
    private func wholeDefinitionEnd(from start: Int) -> Int {
        var opener: UInt8 = 0, last: UInt8 = 0, beforeLast: UInt8 = 0
        var index = start
        var isAngled = false
        while index < bytes.count, bytes[index] != 0x0A {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") { isAngled = true }
            let isOpener = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "(")
            if opener == 0, isOpener, bytes[index - 1] <= 0x20 { opener = byte }
            if byte > 0x20 { (beforeLast, last) = (bytes[index - 1], byte) }
            index += 1
        }
        if opener != 0 {
            let closer = opener == UInt8(ascii: "(") ? UInt8(ascii: ")") : opener
            if isAngled || last != closer || beforeLast == UInt8(ascii: "\\") { return -1 }
        }
        return index + 1
    }

    /// Sets the lengths of the definitions that end here at the latest.
    private mutating func endDefinitions(at place: Int) {
        var index = definitions.count - 1
        while index >= 0, definitions[index].length == 0 {
            let start = definitions[index].place
            let cut = cuts.last.map { $0.lowerBound > start ? $0.count : 0 } ?? 0
            definitions[index].length = max(1, place - start - cut)
            index -= 1
        }
    }

    /// Makes text of the long definitions when all uses of the longest could be more than the text can pay for.
    private mutating func boundDefinitions() {
        let longest = definitions.reduce(0) { max($0, $1.length) }
        let (copies, isTooMuch) = longest.multipliedReportingOverflow(by: brackets)
        guard isTooMuch || copies > 64 * bytes.count + 1 << 20 else { return }
        for definition in definitions where definition.length > 64 { mask(definition.place) }
    }
}
