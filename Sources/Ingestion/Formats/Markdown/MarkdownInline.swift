/// One paragraph of Markdown with its inline marks taken out.
///
/// Text is copied to `output` once; marks that turn out to be marks are noted in `dropped` and left out at the end.
/// Emphasis follows CommonMark's delimiter runs (0.31, 6.2, "an algorithm for parsing nested emphasis"), simplified in
/// that the rule of three is left out. Linear but for link destinations, which are looked at up to `longestDestination`.
struct MarkdownInline {
    let source: [UInt8]
    var index = 0
    var output: [UInt8] = []
    var dropped: [Range<Int>] = []
    private var brackets: [(place: Int, isImage: Bool)] = []
    var runs: [DelimiterRun] = []
    /// For each delimiter, the number of open runs below which no opener is left.
    var bottoms: [UInt8: Int] = [:]
    /// Lengths of backtick runs that have no partner further on.
    private var lonelyTicks: Set<Int> = []
    var hasNoTagEnd = false

    private static let longestDestination = 4096

    struct DelimiterRun {
        var mark: UInt8
        /// What is left of it, in `output`.
        var range: Range<Int>
    }

    init(_ source: [UInt8]) {
        self.source = source
        output.reserveCapacity(source.count)
    }

    /// The text without marks.
    mutating func plain() -> [UInt8] {
        while index < source.count { step() }
        if dropped.isEmpty { return output }
        dropped.sort { $0.lowerBound < $1.lowerBound }
        var text: [UInt8] = []
        text.reserveCapacity(output.count)
        var place = 0
        for range in dropped where range.upperBound > place {
            if range.lowerBound > place { text += output[place..<range.lowerBound] }
            place = range.upperBound
        }
        text += output[place...]
        return text
    }

    func byte(_ offset: Int) -> UInt8 {
        index + offset < source.count && index + offset >= 0 ? source[index + offset] : 0
    }

    private mutating func step() {
        let byte = source[index]
        switch byte {
        case UInt8(ascii: "\\"):
            if Self.isPunctuation(self.byte(1)) { index += 1 }
            copy(1)
        case UInt8(ascii: "`"): takeCode()
        case UInt8(ascii: "$"): takeMath()
        case UInt8(ascii: "!") where self.byte(1) == UInt8(ascii: "[") && self.byte(2) != UInt8(ascii: "^"):
            brackets.append((output.count, true))
            copy(2)
        case UInt8(ascii: "["):
            brackets.append((output.count, false))
            copy(1)
        case UInt8(ascii: "]"): closeBracket()
        case UInt8(ascii: "<"): takeAngle()
        case UInt8(ascii: "&"): takeEntity()
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): takeDelimiters(byte)
        default: copy(1)
        }
    }

    mutating func copy(_ count: Int) {
        let end = min(index + count, source.count)
        output += source[index..<end]
        index = end
    }

    func runLength(of byte: UInt8, at start: Int) -> Int {
        var end = start
        while end < source.count, source[end] == byte { end += 1 }
        return end - start
    }

    private mutating func takeCode() {
        let length = runLength(of: 0x60, at: index)
        if !lonelyTicks.contains(length) {
            var place = index + length
            while place < source.count {
                if source[place] != 0x60 {
                    place += 1
                    continue
                }
                let closing = runLength(of: 0x60, at: place)
                if closing == length {
                    output += source[index + length..<place]
                    index = place + closing
                    return
                }
                place += closing
            }
            lonelyTicks.insert(length)
        }
        copy(length)
    }

    /// Copies `$x_1$` and `$$x_1$$` as they are, so that their underscores stay. The closing mark follows no blank.
    private mutating func takeMath() {
        let length = min(2, runLength(of: UInt8(ascii: "$"), at: index))
        var place = index + length
        guard place < source.count, length == 2 || source[place] > 0x20 else { return copy(length) }
        let end = min(source.count, place + Self.longestDestination)
        while place < end {
            if source[place] == UInt8(ascii: "\\") {
                place += 2
            } else if source[place] == UInt8(ascii: "$"), length == 2 || source[place - 1] > 0x20,
                runLength(of: UInt8(ascii: "$"), at: place) >= length
            {
                return copy(place + length - index)
            } else {
                place += 1
            }
        }
        copy(length)
    }

    private mutating func closeBracket() {
        guard let open = brackets.popLast() else { return copy(1) }
        let textStart = open.place + (open.isImage ? 2 : 1)
        let text = output[min(textStart, output.count)...]
        if text.first == UInt8(ascii: "^"), !open.isImage {
            // A footnote's mark. An inline note, ^[like this], keeps its text.
            index += 1
            dropped.append(open.place..<output.count)
            return
        }
        let afterText = index + 1
        var isLink = false
        if afterText < source.count, source[afterText] == UInt8(ascii: "(") {
            if let end = destinationEnd(from: afterText) {
                isLink = true
                index = end
            }
        } else if afterText < source.count, source[afterText] == UInt8(ascii: "[") {
            let end = source[afterText..<min(source.count, afterText + 1000)].firstIndex(of: 0x5D)
            if let end {
                isLink = true
                index = end + 1
            }
        }
        if !isLink, open.isImage == false, open.place > 0, output[open.place - 1] == UInt8(ascii: "^") {
            dropped.append(open.place - 1..<open.place + 1)
            index += 1
            return
        }
        guard isLink else { return copy(1) }
        dropped.append(open.place..<textStart)
    }

    /// The place behind the `)` of `(destination "title")`.
    private func destinationEnd(from start: Int) -> Int? {
        let limit = min(source.count, start + Self.longestDestination)
        var place = start + 1
        var depth = 1
        var quote: UInt8?
        while place < limit {
            let byte = source[place]
            if byte == UInt8(ascii: "\\") {
                place += 2
                continue
            }
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), source[place - 1] <= 0x20 {
                quote = byte
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return place + 1 }
            }
            place += 1
        }
        // A data: address has no blanks and may be long.
        guard source[start + 1..<limit].starts(with: "data:".utf8) else { return nil }
        return source[start...].firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 }
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
            || (0x7B...0x7E).contains(byte)
    }
}
