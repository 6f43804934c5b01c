import CLibxml2

/// One paragraph of Markdown with its inline marks taken out.
///
/// Text is copied to `output` once; marks that turn out to be marks are noted in `dropped` and left out at the end.
/// Emphasis follows CommonMark's delimiter runs (0.31, 6.2, "an algorithm for parsing nested emphasis"), simplified in
/// that the rule of three is left out. Linear but for link destinations, which are looked at up to `longestDestination`.
struct MarkdownInline {
    private let source: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    private var dropped: [Range<Int>] = []
    private var brackets: [(place: Int, isImage: Bool)] = []
    private var runs: [DelimiterRun] = []
    /// For each delimiter, the number of open runs below which no opener is left.
    private var bottoms: [UInt8: Int] = [:]
    /// Lengths of backtick runs that have no partner further on.
    private var lonelyTicks: Set<Int> = []
    private var hasNoTagEnd = false

    private static let longestDestination = 4096

    private struct DelimiterRun {
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

    private func byte(_ offset: Int) -> UInt8 {
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

    private mutating func copy(_ count: Int) {
        let end = min(index + count, source.count)
        output += source[index..<end]
        index = end
    }

    private func runLength(of byte: UInt8, at start: Int) -> Int {
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

    private mutating func takeAngle() {
        let next = byte(1)
        if source[index...].starts(with: "<!--".utf8) {
            if let end = source.range(of: Array("-->".utf8), from: index + 4) {
                index = end.upperBound
            } else {
                copy(4)
            }
            return
        }
        let isName =
            Self.isLetter(next) || ((next == UInt8(ascii: "/") || next == UInt8(ascii: "!")) && Self.isLetter(byte(2)))
        guard isName, !hasNoTagEnd, let end = tagEnd() else {
            if isName { hasNoTagEnd = true }
            return copy(1)
        }
        let inside = source[index + 1..<end]
        index = end + 1
        let name = inside.drop { $0 == UInt8(ascii: "/") }.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        if name.contains(UInt8(ascii: ":")) || name.contains(UInt8(ascii: "@")) {
            // <https://example.org/>; the slash-free prefix was enough to tell.
            output += inside
            return
        }
        let element = String(decoding: name, as: UTF8.self).lowercased()
        if element == "script" || element == "style", inside.first != UInt8(ascii: "/") {
            let close = Array("</\(element)".utf8)
            if let range = source.range(of: close, from: index) {
                index = (source[range.upperBound...].firstIndex(of: UInt8(ascii: ">")) ?? range.upperBound - 1) + 1
            }
        } else if !HTMLElements.inline.contains(element), output.last.map({ $0 > 0x20 }) ?? false {
            output.append(element == "br" ? 0x0A : 0x20)
        }
    }

    /// The `>` that ends the tag here, quotes in it respected.
    private func tagEnd() -> Int? {
        var quote: UInt8?
        for place in index + 1..<source.count {
            let byte = source[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return place
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), source[place - 1] == UInt8(ascii: "=") {
                quote = byte
            }
        }
        return nil
    }

    private mutating func takeEntity() {
        let body = source[(index + 1)...].prefix(32)
        guard let end = body.firstIndex(of: UInt8(ascii: ";")), end > index + 1 else { return copy(1) }
        let name = String(decoding: source[index + 1..<end], as: UTF8.self)
        guard let scalar = Self.scalar(ofEntity: name) else { return copy(1) }
        output += Array(String(Character(scalar)).utf8)
        index = end + 1
    }

    private static func scalar(ofEntity name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap { $0 == 0 ? nil : Unicode.Scalar($0) } }
        // Safety: the table is constant and the entry belongs to it.
        return htmlEntityLookup(name).flatMap { Unicode.Scalar($0.pointee.value) }
    }

    private mutating func takeDelimiters(_ mark: UInt8) {
        let length = runLength(of: mark, at: index)
        let before: UInt8 = byte(-1)
        let after: UInt8 = byte(length)
        let isLeft = after > 0x20 && (!Self.isPunctuation(after) || before <= 0x20 || Self.isPunctuation(before))
        let isRight = before > 0x20 && (!Self.isPunctuation(before) || after <= 0x20 || Self.isPunctuation(after))
        let isWordInner = mark == UInt8(ascii: "_")
        var canOpen = isLeft && !(isWordInner && isRight && !Self.isPunctuation(before))
        var canClose = isRight && !(isWordInner && isLeft && !Self.isPunctuation(after))
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

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
            || (0x7B...0x7E).contains(byte)
    }
}
