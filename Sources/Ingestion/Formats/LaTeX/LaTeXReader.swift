import Documents

/// Makes text of LaTeX.
///
/// Of macros that the text defines itself those are expanded that stand for a few words; others are left out with their
/// definitions, and their arguments stay where they are used. Linear in the text, without recursion but for the arguments of a few
/// commands, which are bounded.
struct LaTeXReader {
    let bytes: [UInt8]
    var index = 0
    var output: [UInt8] = []
    var isDocument: Bool
    var title: String?
    var heading: String?
    var fields: [(name: String, value: String)] = []
    /// Where its links and pictures lead.
    var links = TextLinks()
    let depth: Int
    /// What it is: notes are no part of a title or of names, and raised numbers none of names.
    let role: Role

    enum Role { case text, title, names }
    /// Arguments that were never closed. Each costs a look ahead, so that a text of them has to end.
    var failures = 0
    /// Environments of theorems that the text defines.
    var theorems = LaTeXCommands.theorems
    /// What macros stand for that the text defines, by their names.
    var macros: [String: String] = [:]
    /// Bytes that they may still stand for.
    var expandableBytes: Int
    /// Whether nothing ends what is taken out of the text, from here on.
    var isWithoutEnds = false
    /// Up to where a formula has been looked for the end of in vain.
    var searched = 0

    /// Bytes of an argument, and of a formula.
    static let longestArgument = 1 << 15
    static let maximumFailures = 100
    /// Bytes that a macro stands for, that all macros of a text do together, and times its size.
    static let longestMacro = 200
    private static let (freeExpansion, expansionRatio) = (1 << 16, 4)

    init(_ bytes: [UInt8], depth: Int = 0, role: Role = .text) {
        self.bytes = bytes
        self.depth = depth
        self.role = role
        expandableBytes = Self.freeExpansion + bytes.count * Self.expansionRatio
        // A file without a beginning is a part of a larger text.
        isDocument = Self.range(of: Array("\\begin{document}".utf8), in: bytes) == nil
    }

    /// The text of a piece of LaTeX that stands in something else: a title in a bibliography.
    static func plain(_ text: String, role: Role = .text) -> String {
        guard text.utf8.contains(where: { [0x5C, 0x7B, 0x7E, 0x60, 0x24].contains($0) || $0 == 0x2D }) else {
            return text
        }
        var reader = LaTeXReader(Array(text.utf8), depth: 1, role: role)
        reader.read()
        return reader.plain.collapsed
    }

    /// The text, with no more than one empty line in a row.
    var plain: String {
        var text: [UInt8] = []
        text.reserveCapacity(output.count)
        var lineFeeds = 0
        for byte in output {
            switch byte {
            case 0x0A: lineFeeds += 1
            case 0x20, 0x09:
                if lineFeeds == 0, text.last.map({ $0 != 0x20 }) ?? false { text.append(0x20) }
            default:
                if lineFeeds > 0, !text.isEmpty {
                    if text.last == 0x20 { text.removeLast() }
                    text += lineFeeds > 1 ? [0x0A, 0x0A] : [0x0A]
                }
                lineFeeds = 0
                text.append(byte)
            }
        }
        return text.trimmedBlanks.asText
    }

    mutating func read() {
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "%"): skipComment()
            case UInt8(ascii: "\\"): takeCommand()
            case UInt8(ascii: "{"): index += 1
            case UInt8(ascii: "}"):
                // Arguments of a command that nobody here knows are no one word.
                let isFollowed =
                    role == .text && at(index + 1) == UInt8(ascii: "{") && at(index + 2) != UInt8(ascii: "}")
                if isFollowed { put(" ") } else { index += 1 }
            case UInt8(ascii: "$"): takeFormula()
            case UInt8(ascii: "~"): put(" ")
            case UInt8(ascii: "&"): put(" ")
            case UInt8(ascii: "`"): takeQuote("‘", doubled: "“")
            case UInt8(ascii: "'"): takeQuote("’", doubled: "”")
            case UInt8(ascii: "-"): takeDashes()
            default:
                if isDocument { output.append(byte) }
                index += 1
            }
        }
    }

    mutating func put(_ text: String, length: Int = 1) {
        if isDocument { output += text.utf8 }
        index += length
    }

    /// Ends a line, which the text may have ended already, with the line end that follows.
    mutating func endLine() {
        if isDocument, let last = output.last(where: { $0 != 0x20 }), last != 0x0A { output.append(0x0A) }
        while at(index) == 0x20 || at(index) == 0x09 { index += 1 }
        if at(index) == 0x0A, at(index + 1) != 0x0A { index += 1 }
    }

    mutating func skipComment() {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        // A comment takes its line end with it, and the blanks of the next line; an empty line stays.
        if index < bytes.count { index += 1 }
    }

    func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    mutating func takeQuote(_ single: String, doubled: String) {
        let isDouble = at(index + 1) == bytes[index]
        put(isDouble ? doubled : single, length: isDouble ? 2 : 1)
    }

    mutating func takeDashes() {
        var end = index
        while at(end) == UInt8(ascii: "-") { end += 1 }
        let count = end - index
        put(count == 2 ? "–" : count == 3 ? "—" : String(repeating: "-", count: count), length: count)
    }

    /// A formula between dollars, kept with them; a dollar without its partner is one.
    mutating func takeFormula() {
        let mark = at(index + 1) == UInt8(ascii: "$") ? 2 : 1
        var end = index + mark
        let limit = min(bytes.count, index + Self.longestArgument)
        while end < limit {
            if bytes[end] == UInt8(ascii: "\\") { end += 1 } else if bytes[end] == UInt8(ascii: "$") { break }
            end += 1
        }
        // A backslash may have been the last sign.
        end = min(end, limit)
        let close = end < limit ? min(bytes.count, end + mark) : index + mark
        if isDocument, !(role != .text && isNoteMark(bytes[min(index + mark, end)..<end])) {
            let formula = bytes[min(index + mark, end)..<end]
            output += script(formula) ?? Self.withoutLabels(bytes[index..<close])
        }
        index = close
    }

    /// What a formula says that is a number below or above the end of a word: the 2 of `CO$_2$` and `m$^{2}$` is a part of it, that of
    /// a note is not.
    private func script(_ formula: ArraySlice<UInt8>) -> [UInt8]? {
        guard let last = output.last, Self.isLetter(last) || (0x30...0x39).contains(last),
            formula.first == UInt8(ascii: "_") || formula.first == UInt8(ascii: "^")
        else { return nil }
        let number = formula.dropFirst().filter { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }.asText
        guard NoteMark.isNumber(number) else { return nil }
        let isApart = formula.first == UInt8(ascii: "^") && NoteMark.parts(number, from: output)
        return (isApart ? [0x20] : []) + number.utf8
    }

    /// Whether a formula is a raised number or sign, as authors have it and isotopes do not: nothing stands for it in a name.
    func isNoteMark(_ formula: ArraySlice<UInt8>) -> Bool {
        guard formula.first(where: { $0 > 0x20 }) == UInt8(ascii: "^") else { return false }
        let text = formula.asText
        let signs = ["\\dagger", "\\ddagger", "\\star", "\\ast", "\\S", "\\P", "\\sharp", "\\circ", "\\diamond"]
        let rest = signs.reduce(text) { $0.replacing($1, with: "") }
        return rest.utf8.allSatisfy { role == .names && (0x30...0x39).contains($0) || " ^{},;*#".utf8.contains($0) }
    }

    /// A formula without what names it for references.
    static func withoutLabels(_ formula: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(formula.count)
        var place = formula.startIndex
        while place < formula.endIndex {
            if formula[place] == UInt8(ascii: "\\") {
                let rest = formula[place...]
                if rest.hasPrefix("\\label{"), let end = rest.prefix(500).firstIndex(of: UInt8(ascii: "}")) {
                    place = end + 1
                    continue
                }
                if let name = ["\\nonumber", "\\notag"].first(where: { rest.starts(with: $0.utf8) }) {
                    place += name.utf8.count
                    continue
                }
            }
            output.append(formula[place])
            place += 1
        }
        return output
    }

    // MARK: Arguments

    mutating func skipBlank() {
        if at(index) == 0x20, Self.isLetter(at(index + 1)) || at(index + 1) == UInt8(ascii: "{") { index += 1 }
    }

    mutating func skipOptions() { while at(index) == UInt8(ascii: "[") { if option() == nil { return } } }

    mutating func skipOption() { _ = option() }

    mutating func option() -> String? {
        guard at(index) == UInt8(ascii: "["), let end = bytes[index...].prefix(2000).firstIndex(of: UInt8(ascii: "]"))
        else {
            return nil
        }
        defer { index = end + 1 }
        return bytes[(index + 1)..<end].asText
    }

    mutating func skipArgument() { _ = argument() }

    mutating func argumentText() -> String { argument().asText }

    /// The argument that follows, in braces or one command; empty without any.
    mutating func argument() -> ArraySlice<UInt8> {
        while at(index) == 0x20 || at(index) == 0x0A, index < bytes.count { index += 1 }
        guard at(index) == UInt8(ascii: "{") else {
            guard at(index) == UInt8(ascii: "\\") else { return [] }
            let start = index
            index += 1
            while Self.isLetter(at(index)) { index += 1 }
            // An argument was left out.
            if ["\\begin", "\\end"].contains(bytes[start..<index].asText) {
                index = start
                return []
            }
            return bytes[start..<index]
        }
        var depth = 0
        let start = index + 1
        let limit = failures < Self.maximumFailures ? min(bytes.count, start + Self.longestArgument) : start
        while index < limit {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 {
                    index += 1
                    return bytes[start..<(index - 1)]
                }
            default: break
            }
            index += 1
        }
        // It is never closed: what follows is text.
        failures += 1
        index = min(start, bytes.count)
        return []
    }

    static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    static func range(of text: [UInt8], in bytes: [UInt8], from start: Int = 0, within limit: Int = .max)
        -> Int?
    {
        bytes.withUnsafeBytes { bytes in
            let end = limit == .max ? bytes.count : min(bytes.count, start + limit)
            return UnsafeRawBufferPointer(rebasing: bytes[..<end]).firstRange(of: text, from: start)
        }
    }
}
