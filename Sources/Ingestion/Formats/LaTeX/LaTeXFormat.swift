import Documents

/// LaTeX: one document. Commands go, what they print stays; formulas stay as they are written.
struct LaTeXFormat: PageFormat {
    let name = "latex"
    let extensions = ["tex", "latex", "ltx"]

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.drop { $0 <= 0x20 }
        return start.hasPrefix("\\documentclass") || start.hasPrefix("\\documentstyle") ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let source = TextDecoding.text(bytes, declared: nil, tally: tally)
        var reader = LaTeXReader(Array(source.utf8))
        reader.read()
        return Page(fields: reader.fields, title: reader.title ?? reader.heading, plain: reader.plain, source: source)
    }
}

/// Makes text of LaTeX.
///
/// Nothing is expanded: macros that the text defines itself are left out with their definitions, where they are used their
/// arguments stay. Linear in the text, without recursion but for the arguments of a few commands, which are bounded.
struct LaTeXReader {
    private let bytes: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    private var isDocument: Bool
    private(set) var title: String?
    private(set) var heading: String?
    private(set) var fields: [(name: String, value: String)] = []
    private let depth: Int
    /// What it is: notes are no part of a title or of names, and raised numbers none of names.
    private let role: Role

    enum Role { case text, title, names }
    /// Arguments that were never closed. Each costs a look ahead, so that a text of them has to end.
    private var failures = 0
    /// Environments of theorems that the text defines.
    private var theorems = LaTeXCommands.theorems
    /// Up to where a formula has been looked for the end of in vain.
    private var searched = 0

    /// Bytes of an argument, and of a formula.
    private static let longestArgument = 1 << 15
    private static let maximumFailures = 100

    init(_ bytes: [UInt8], depth: Int = 0, role: Role = .text) {
        self.bytes = bytes
        self.depth = depth
        self.role = role
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

    private mutating func put(_ text: String, length: Int = 1) {
        if isDocument { output += text.utf8 }
        index += length
    }

    /// Ends a line, which the text may have ended already, with the line end that follows.
    private mutating func endLine() {
        if isDocument, let last = output.last(where: { $0 != 0x20 }), last != 0x0A { output.append(0x0A) }
        while at(index) == 0x20 || at(index) == 0x09 { index += 1 }
        if at(index) == 0x0A, at(index + 1) != 0x0A { index += 1 }
    }

    private mutating func skipComment() {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
        // A comment takes its line end with it, and the blanks of the next line; an empty line stays.
        if index < bytes.count { index += 1 }
    }

    private func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

    private mutating func takeQuote(_ single: String, doubled: String) {
        let isDouble = at(index + 1) == bytes[index]
        put(isDouble ? doubled : single, length: isDouble ? 2 : 1)
    }

    private mutating func takeDashes() {
        var end = index
        while at(end) == UInt8(ascii: "-") { end += 1 }
        let count = end - index
        put(count == 2 ? "–" : count == 3 ? "—" : String(repeating: "-", count: count), length: count)
    }

    /// A formula between dollars, kept with them; a dollar without its partner is one.
    private mutating func takeFormula() {
        let mark = at(index + 1) == UInt8(ascii: "$") ? 2 : 1
        var end = index + mark
        let limit = min(bytes.count, index + Self.longestArgument)
        while end < limit {
            if bytes[end] == UInt8(ascii: "\\") { end += 1 } else if bytes[end] == UInt8(ascii: "$") { break }
            end += 1
        }
        let close = end < limit ? min(bytes.count, end + mark) : index + mark
        if isDocument, !(role != .text && isNoteMark(bytes[min(index + mark, end)..<end])) {
            output += Self.withoutLabels(bytes[index..<close])
        }
        index = close
    }

    /// Whether a formula is a raised number or sign, as authors have it and isotopes do not: nothing stands for it in a name.
    private func isNoteMark(_ formula: ArraySlice<UInt8>) -> Bool {
        guard formula.first(where: { $0 > 0x20 }) == UInt8(ascii: "^") else { return false }
        let text = formula.asText
        let signs = ["\\dagger", "\\ddagger", "\\star", "\\ast", "\\S", "\\P", "\\sharp", "\\circ", "\\diamond"]
        let rest = signs.reduce(text) { $0.replacing($1, with: "") }
        return rest.utf8.allSatisfy { role == .names && (0x30...0x39).contains($0) || " ^{},;*#".utf8.contains($0) }
    }

    /// A formula without what names it for references.
    private static func withoutLabels(_ formula: ArraySlice<UInt8>) -> [UInt8] {
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

    private mutating func takeCommand() {
        let start = index + 1
        let byte = at(start)
        guard Self.isLetter(byte) else {
            index = min(bytes.count, start + 1)
            switch byte {
            case UInt8(ascii: "\\"):
                if at(index) == UInt8(ascii: "*") { index += 1 }
                skipOption()
                endLine()
            case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "_"),
                UInt8(ascii: "{"), UInt8(ascii: "}"):
                if isDocument { output.append(byte) }
            case UInt8(ascii: "["), UInt8(ascii: "("): takeMath(until: byte == UInt8(ascii: "[") ? "\\]" : "\\)")
            case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "!"): break
            case 0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), 0x0A:
                if isDocument { output.append(0x20) }
            default: if let accent = LaTeXCommands.accents[byte] { takeAccent(accent) }
            }
            return
        }
        var end = start
        while Self.isLetter(at(end)) { end += 1 }
        let name = bytes[start..<end].asText
        if at(end) == UInt8(ascii: "*") { end += 1 }
        index = end
        take(command: name)
    }

    private mutating func take(command name: String) {
        if name.utf8.count == 1, let byte = name.utf8.first, let accent = LaTeXCommands.accents[byte] {
            return takeAccent(accent)
        }
        if let sign = LaTeXCommands.signs[name] {
            if isDocument { output += sign.utf8 }
            return skipBlank()
        }
        skipOverlay()
        if name == "newtheorem" || name == "declaretheorem" { noteTheorem() }
        if let count = LaTeXCommands.silent[name] {
            // \bibitem[Label]{key}, \newcommand{\x}[2]{…}.
            skipOptions()
            for _ in 0..<count {
                skipArgument()
                skipOptions()
            }
            return
        }
        switch name {
        case "begin": beginEnvironment()
        case "end":
            let environment = argumentText()
            if environment == "document" { index = bytes.count }
            endLine()
        case "title", "author", "date":
            skipOption()
            let argument = argument()
            let text =
                name == "author"
                ? Self.authors(in: argument)
                : Self.plain(argument.asText, role: .title).replacing(" ,", with: ",").trimmed
            if depth == 0, !text.isEmpty, text != "today" {
                if name == "title" { title = text } else { fields.append((name, text)) }
            }
        case "item":
            let label = option()
            endLine()
            if let label, isDocument { output += Self.plain(label).utf8 + [0x20] }
        case "par", "newline", "linebreak", "newpage", "clearpage", "bigskip", "medskip", "smallskip", "hline",
            "toprule",
            "midrule", "bottomrule":
            endLine()
        case "def", "let":
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != UInt8(ascii: "{") { index += 1 }
            if at(index) == UInt8(ascii: "{") { skipArgument() }
        case _ where role != .text && LaTeXCommands.marks.contains(name):
            skipOptions()
            skipArgument()
        case _ where LaTeXCommands.raw.contains(name): takeRaw()
        case "footnote", "thanks", "marginpar":
            // A text of its own, behind a blank so that it is no part of the word.
            skipOption()
            if isDocument { output.append(0x20) }
        default:
            if LaTeXCommands.headings.contains(name) {
                skipOption()
                if isDocument { output += [0x0A, 0x0A] }
                if name != "caption", depth == 0, isDocument {
                    let text = Self.plain(argumentText())
                    if !LaTeXCommands.remarks.contains(name) { heading = heading ?? text }
                    output += Array(text.utf8) + [0x0A, 0x0A]
                }
            } else if LaTeXCommands.first.contains(name) {
                skipOptions()
                for _ in 0..<(LaTeXCommands.second.contains(name) ? 2 : 1) { skipArgument() }
                if name == "mintinline" { takeRaw() }
            } else if Self.isReference(name) {
                skipOptions()
                skipArgument()
            } else {
                skipOptions()
                skipBlank()
            }
        }
    }

    /// Whether a command refers to a place or a source: `\\nameref`, `\\citealp`, `\\smartcite`.
    private static func isReference(_ name: String) -> Bool {
        name.hasSuffix("ref") || name.hasSuffix("cite") || name.hasSuffix("cites") || name.hasPrefix("cite")
            || name.hasPrefix("Cite")
    }

    /// An argument that is printed as it stands, in braces or between two of any sign. A percent sign in it is one.
    private mutating func takeRaw() {
        skipOption()
        while at(index) == 0x20 { index += 1 }
        let mark = at(index)
        let text: ArraySlice<UInt8>
        if mark == UInt8(ascii: "{") {
            text = argument()
        } else {
            guard mark > 0x20, let end = bytes[(index + 1)...].prefix(1000).firstIndex(of: mark) else { return }
            text = bytes[(index + 1)..<end]
            index = end + 1
        }
        guard isDocument else { return }
        var place = text.startIndex
        while place < text.endIndex {
            // What has to be escaped in an address that is an argument of something.
            let isEscape = text[place] == UInt8(ascii: "\\") && place + 1 < text.endIndex && mark == UInt8(ascii: "{")
            if !isEscape || !"%#&_{}~".utf8.contains(text[place + 1]) { output.append(text[place]) }
            place += 1
        }
    }

    private mutating func beginEnvironment() {
        let name = argumentText()
        let plainName = name.hasSuffix("*") ? String(name.dropLast()) : name
        if name == "document" {
            isDocument = true
            return
        }
        endLine()
        if LaTeXCommands.verbatim.contains(plainName) || LaTeXCommands.math.contains(plainName) || name == "tikzpicture"
        {
            skipOptions()
            if plainName == "minted" { skipArgument() }
            let close = Array("\\end{\(name)}".utf8)
            let end = Self.range(of: close, in: bytes, from: index) ?? bytes.count
            if isDocument, plainName != "comment", name != "tikzpicture" {
                output +=
                    LaTeXCommands.math.contains(plainName)
                    ? Self.withoutLabels(bytes[index..<end]) : Array(bytes[index..<end])
            }
            index = min(bytes.count, end + close.count)
            endLine()
            return
        }
        skipOverlay()
        if theorems.contains(plainName), let title = option() { takeTitle(Self.plain(title)) }
        skipOptions()
        for _ in 0..<(LaTeXCommands.titled[name] ?? 0) where at(index) == UInt8(ascii: "{") {
            let title = Self.plain(argumentText())
            if name == "frame", depth == 0, isDocument { heading = heading ?? title }
            takeTitle(title)
        }
        for _ in 0..<(LaTeXCommands.tables[name] ?? 0) {
            skipArgument()
            skipOptions()
        }
    }

    /// Puts a title on a line of its own.
    private mutating func takeTitle(_ title: String) {
        guard isDocument, !title.isEmpty else { return }
        output += Array(title.utf8) + [0x0A]
    }

    /// Passes over what says on which slides of a talk something stands: `<2->`, `<1,3|handout:0>`.
    private mutating func skipOverlay() {
        guard at(index) == UInt8(ascii: "<"), let end = bytes[index...].prefix(40).firstIndex(of: UInt8(ascii: ">"))
        else {
            return
        }
        let slides = bytes[(index + 1)..<end]
        let isPlace = slides.first.map { "0123456789+-.".utf8.contains($0) } ?? false
        guard isPlace || slides.contains(UInt8(ascii: "@")),
            slides.allSatisfy({ Self.isLetter($0) || "0123456789+-.,|:@() ".utf8.contains($0) })
        else { return }
        index = end + 1
    }

    /// Notes the name of `\\newtheorem{thm}[theorem]{Theorem}`, which is read again behind.
    private mutating func noteTheorem() {
        let start = index
        let name = argumentText()
        if name.utf8.count < 100 { theorems.insert(name) }
        index = start
    }

    /// The list of authors that an argument is: the parts between `\\and`, each as far as its first line, since addresses stand
    /// below.
    private static func authors(in argument: ArraySlice<UInt8>) -> String {
        var parts: [String] = []
        var part: [UInt8] = []
        // Whether the line is over that has names.
        var isBelow = false
        func finish() {
            let name = plain(part.asText, role: .names).replacing(" ,", with: ",").trimmed
            if !name.isEmpty { parts.append(name) }
            (part, isBelow) = ([], false)
        }
        var depth = 0
        var place = argument.startIndex
        while place < argument.endIndex {
            var end = place + 1
            switch argument[place] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\\") where end < argument.endIndex:
                while end < argument.endIndex, isLetter(argument[end]) { end += 1 }
                let command = argument[(place + 1)..<end]
                if command.isEmpty {
                    end += 1
                    if depth <= 0, argument[place + 1] == UInt8(ascii: "\\") {
                        // A list that goes on: `Ann Bee, Zoe Dee,\\\\ Carl Cee`.
                        let line = part.trimmedBlanks
                        isBelow = isBelow || !(line.isEmpty || line.last == UInt8(ascii: ",") || line.hasSuffix(" and"))
                    }
                } else if depth <= 0, LaTeXCommands.separators.contains(command.asText) {
                    finish()
                    place = end
                    continue
                }
            default: break
            }
            if !isBelow { part += argument[place..<end] }
            place = end
        }
        finish()
        // One part is a list as somebody wrote it, and each of several may be one.
        return parts.count == 1 ? parts[0] : PersonNames.text(of: parts.flatMap(PersonNames.names))
    }

    private mutating func takeMath(until close: String) {
        let close = Array(close.utf8)
        guard index >= searched else { return }
        guard let end = Self.range(of: close, in: bytes, from: index, within: Self.longestArgument) else {
            searched = index + Self.longestArgument
            return
        }
        if isDocument { output += Self.withoutLabels(bytes[index..<end]) }
        index = end + close.count
    }

    private mutating func takeAccent(_ accent: Unicode.Scalar) {
        var place = index
        while at(place) == 0x20 || at(place) == UInt8(ascii: "{") { place += 1 }
        if at(place) == UInt8(ascii: "\\"), at(place + 1) == UInt8(ascii: "i") || at(place + 1) == UInt8(ascii: "j") {
            place += 1
        }
        guard Self.isLetter(at(place)) else { return }
        var scalars = String.UnicodeScalarView([Unicode.Scalar(bytes[place]), accent])
        // One scalar where there is one, as people type it.
        if let composed = Self.composed(bytes[place], accent) { scalars = String.UnicodeScalarView([composed]) }
        if isDocument { output += Array(String(scalars).utf8) }
        // Braces that are left go where they stand.
        index = place + 1
    }

    private static func composed(_ letter: UInt8, _ accent: Unicode.Scalar) -> Unicode.Scalar? {
        let letters: [Unicode.Scalar: (String, String)] = [
            "\u{301}": ("aeiouycnszlrAEIOUYCNSZ", "áéíóúýćńśźĺŕÁÉÍÓÚÝĆŃŚŹ"),
            "\u{300}": ("aeiouAEIOU", "àèìòùÀÈÌÒÙ"), "\u{302}": ("aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
            "\u{308}": ("aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"), "\u{303}": ("anoANO", "ãñõÃÑÕ"),
            "\u{327}": ("csCS", "çşÇŞ"), "\u{30C}": ("cszrenCSZREN", "čšžřěňČŠŽŘĚŇ"), "\u{30A}": ("auAU", "åůÅŮ"),
            "\u{30B}": ("ouOU", "őűŐŰ"), "\u{328}": ("aeAE", "ąęĄĘ"), "\u{306}": ("agAG", "ăğĂĞ"),
        ]
        guard let (plain, composed) = letters[accent],
            let offset = Array(plain.utf8).firstIndex(of: letter)
        else { return nil }
        return Array(composed.unicodeScalars)[offset]
    }

    // MARK: Arguments

    private mutating func skipBlank() {
        if at(index) == 0x20, Self.isLetter(at(index + 1)) || at(index + 1) == UInt8(ascii: "{") { index += 1 }
    }

    private mutating func skipOptions() { while at(index) == UInt8(ascii: "[") { if option() == nil { return } } }

    private mutating func skipOption() { _ = option() }

    private mutating func option() -> String? {
        guard at(index) == UInt8(ascii: "["), let end = bytes[index...].prefix(2000).firstIndex(of: UInt8(ascii: "]"))
        else {
            return nil
        }
        defer { index = end + 1 }
        return bytes[(index + 1)..<end].asText
    }

    private mutating func skipArgument() { _ = argument() }

    private mutating func argumentText() -> String { argument().asText }

    /// The argument that follows, in braces or one command; empty without any.
    private mutating func argument() -> ArraySlice<UInt8> {
        while at(index) == 0x20 || at(index) == 0x0A, index < bytes.count { index += 1 }
        guard at(index) == UInt8(ascii: "{") else {
            guard at(index) == UInt8(ascii: "\\") else { return [] }
            let start = index
            index += 1
            while Self.isLetter(at(index)) { index += 1 }
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

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private static func range(of text: [UInt8], in bytes: [UInt8], from start: Int = 0, within limit: Int = .max)
        -> Int?
    {
        bytes.withUnsafeBytes { bytes in
            let end = limit == .max ? bytes.count : min(bytes.count, start + limit)
            return UnsafeRawBufferPointer(rebasing: bytes[..<end]).firstRange(of: text, from: start)
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { suffix($0.count).elementsEqual($0) }
    }
}
