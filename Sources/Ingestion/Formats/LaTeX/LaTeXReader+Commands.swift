import Documents

/// What each command and environment prints, and what of it is a title, an author or a date.
extension LaTeXReader {
    mutating func takeCommand() {
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

    mutating func take(command name: String) {
        if name.utf8.count == 1, let byte = name.utf8.first, let accent = LaTeXCommands.accents[byte] {
            return takeAccent(accent)
        }
        if let sign = LaTeXCommands.signs[name] {
            if isDocument { output += sign.utf8 }
            return skipBlank()
        }
        if name == "mode" { while at(index) == 0x20 || at(index) == 0x0A { index += 1 } }
        skipOverlay()
        if LaTeXCommands.links.contains(name) { noteLink() }
        if name == "newtheorem" || name == "declaretheorem" { noteTheorem() }
        if LaTeXCommands.definitions.contains(name) { noteMacro() }
        if let count = LaTeXCommands.silent[name] {
            // \bibitem[Label]{key}, \newcommand{\x}[2]{…}.
            skipOptions()
            for _ in 0..<count {
                skipArgument()
                skipOptions()
            }
            return
        }
        if LaTeXCommands.looks.contains(where: name.hasPrefix) {
            while [UInt8(ascii: "["), UInt8(ascii: "{")].contains(at(index)) {
                let start = index
                if at(index) == UInt8(ascii: "[") { skipOption() } else { skipArgument() }
                if index == start { break }
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
                : plain(argument, role: .title).replacing(" ,", with: ",").trimmed
            if depth == 0, !text.isEmpty, text != "today" {
                if name == "title" { title = text } else { fields.append((name, text)) }
            }
        case "item":
            // \item<2->, \item[<+->], \item[Label].
            if isOverlay(behindBracket: index) { skipOption() }
            skipOverlay()
            if at(index) == 0x20, at(index + 1) == UInt8(ascii: "[") { index += 1 }
            let label = option()
            endLine()
            if let label, isDocument { output += plainTitle(label).utf8 + [0x20] }
        case "par", "newline", "linebreak", "newpage", "clearpage", "bigskip", "medskip", "smallskip", "hline",
            "toprule",
            "midrule", "bottomrule":
            endLine()
        case "endfirsthead":
            // The head of a long table once more, for its other pages.
            let close = Self.range(of: Array("\\endhead".utf8), in: bytes, from: index, within: Self.longestArgument)
            if let close { index = close }
            endLine()
        case "iffalse": skipFalse()
        case _ where LaTeXCommands.steps.contains(name): endLine()
        case _ where role == .text && LaTeXCommands.addresses.contains(name):
            // Addresses stand below one another.
            skipOptions()
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
                    let text = plainTitle(argumentText())
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
            } else if let text = macros[name], text.utf8.count <= expandableBytes {
                expandableBytes -= text.utf8.count
                if isDocument { output += text.utf8 }
            } else {
                skipOptions()
                skipOverlay()
                skipBlank()
            }
        }
    }

    /// Notes what a macro without parameters stands for, whose definition is read again behind: `\newcommand{\ours}{MesaNet}`,
    /// `\def\ours{MesaNet}`.
    mutating func noteMacro() {
        let start = (index, failures)
        defer { (index, failures) = start }
        let name = argument()
        guard name.first == UInt8(ascii: "\\"), name.count > 1, name.dropFirst().allSatisfy(Self.isLetter) else {
            return
        }
        while at(index) == 0x20 { index += 1 }
        // Behind it there are parameters, or the text begins.
        guard at(index) == UInt8(ascii: "{") else { return }
        let body = argument()
        guard !body.isEmpty, body.count <= Self.longestMacro else { return }
        let text = plain(body, role: role)
        if text.utf8.count <= Self.longestMacro, text.contains(where: \.isLetter) {
            macros[name.dropFirst().asText] = text
        }
    }

    /// The text of a piece in which the macros of this text may be.
    private func plain(_ piece: ArraySlice<UInt8>, role: Role) -> String {
        within(Array(piece), role: role).plain.collapsed
    }

    /// A reader that has read a piece of this text, which has its macros.
    private func within(_ piece: [UInt8], role: Role = .text) -> LaTeXReader {
        var reader = LaTeXReader(piece, depth: depth + 1, role: role)
        reader.macros = macros
        reader.read()
        return reader
    }

    /// Passes over what authors take out of the text, up to `\\else` or `\\fi`. Where neither comes, the command alone goes.
    mutating func skipFalse() {
        if isWithoutEnds { return }
        var place = index
        while let slash = bytes[min(place, bytes.count)...].firstIndex(of: UInt8(ascii: "\\")) {
            for command in ["\\else", "\\fi"] where bytes[slash...].starts(with: command.utf8) {
                let end = slash + command.utf8.count
                guard !Self.isLetter(at(end)) else { continue }
                index = end
                return
            }
            place = slash + 1
        }
        isWithoutEnds = true
    }

    /// Whether a command refers to a place or a source: `\\nameref`, `\\citealp`, `\\smartcite`.
    static func isReference(_ name: String) -> Bool {
        name.hasSuffix("ref") || name.hasSuffix("cite") || name.hasSuffix("cites") || name.hasPrefix("cite")
            || name.hasPrefix("Cite")
    }

    /// Notes where a command leads, whose arguments are read again behind, and what a picture is described as.
    mutating func noteLink() {
        guard isDocument else { return }
        let start = (index, failures)
        if let options = option(), let text = options.firstRange(of: "alt={") {
            output += Self.plain(String(options[text.upperBound...].prefix { $0 != "}" })).utf8 + [0x20]
        }
        skipOptions()
        links.add(Self.address(argument()))
        (index, failures) = start
    }

    /// An address, in which a backslash before a sign is none of it: it has to be there where the address is an argument of
    /// something.
    static func address(_ text: ArraySlice<UInt8>) -> String {
        var address: [UInt8] = []
        var place = text.startIndex
        while place < text.endIndex {
            let isEscape = text[place] == UInt8(ascii: "\\") && place + 1 < text.endIndex
            if !isEscape || !"%#&_{}~".utf8.contains(text[place + 1]) { address.append(text[place]) }
            place += 1
        }
        return address.asText
    }

    /// An argument that is printed as it stands, in braces or between two of any sign. A percent sign in it is one.
    mutating func takeRaw() {
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
        if isDocument { output += mark == UInt8(ascii: "{") ? Array(Self.address(text).utf8) : Array(text) }
    }

    mutating func beginEnvironment() {
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
        if theorems.contains(plainName), let title = option() { takeTitle(plainTitle(title)) }
        skipOptions()
        let titles = depth < Self.deepestTitle ? LaTeXCommands.titled[name] ?? 0 : 0
        for _ in 0..<titles where at(index) == UInt8(ascii: "{") {
            let title = plainTitle(argumentText())
            if name == "frame", depth == 0, isDocument { heading = heading ?? title }
            takeTitle(title)
        }
        for _ in 0..<(LaTeXCommands.tables[name] ?? 0) {
            skipArgument()
            skipOptions()
        }
    }

    /// How deep titles with titles in them are read one by one, each of which is read once more for it.
    private static let deepestTitle = 3

    /// The text of a title within the text, whose links are links of it.
    mutating func plainTitle(_ title: String) -> String {
        let reader = within(Array(title.utf8))
        if isDocument { links.add(reader.links) }
        return reader.plain.collapsed
    }

    /// Puts a title on a line of its own.
    mutating func takeTitle(_ title: String) {
        guard isDocument, !title.isEmpty else { return }
        output += Array(title.utf8) + [0x0A]
    }

    /// Passes over what says on which slides of a talk something stands: `<2->`, `<1,3|handout:0>`, `<presentation>`.
    mutating func skipOverlay() {
        while let end = endOfOverlay(from: index) { index = end }
    }

    /// Whether an option is such a specification: `[<+->]`.
    func isOverlay(behindBracket place: Int) -> Bool {
        guard at(place) == UInt8(ascii: "["), let end = endOfOverlay(from: place + 1) else { return false }
        return at(end) == UInt8(ascii: "]")
    }

    /// Where a specification ends that begins at a place; nil where none does.
    private func endOfOverlay(from start: Int) -> Int? {
        guard at(start) == UInt8(ascii: "<"),
            let end = bytes[start...].prefix(Self.longestOverlay).firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let parts = bytes[(start + 1)..<end].split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        return parts.allSatisfy(Self.isOverlay) ? end + 1 : nil
    }

    /// Bytes of a specification.
    private static let longestOverlay = 80

    /// Whether a part of a specification is one: a mode, or slides, with a mode or an action before them.
    private static func isOverlay(_ part: ArraySlice<UInt8>) -> Bool {
        let part = part.trimmedBlanks
        if LaTeXCommands.modes.contains(part.asText) { return true }
        var slides = part
        if let mark = part.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") }) {
            guard part[..<mark].allSatisfy(isLetter) else { return false }
            slides = part[(mark + 1)...]
        }
        return !slides.isEmpty && slides.allSatisfy { "0123456789+-.,() ".utf8.contains($0) }
    }

    /// Notes the name of `\\newtheorem{thm}[theorem]{Theorem}`, which is read again behind.
    mutating func noteTheorem() {
        let start = index
        let name = argumentText()
        if name.utf8.count < 100 { theorems.insert(name) }
        index = start
    }

    /// The list of authors that an argument is: the parts between `\\and`, each as far as its first line, since addresses stand
    /// below.
    static func authors(in argument: ArraySlice<UInt8>) -> String {
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

    mutating func takeMath(until close: String) {
        let close = Array(close.utf8)
        guard index >= searched else { return }
        guard let end = Self.range(of: close, in: bytes, from: index, within: Self.longestArgument) else {
            searched = index + Self.longestArgument
            return
        }
        if isDocument { output += Self.withoutLabels(bytes[index..<end]) }
        index = end + close.count
    }

    mutating func takeAccent(_ accent: Unicode.Scalar) {
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

    static func composed(_ letter: UInt8, _ accent: Unicode.Scalar) -> Unicode.Scalar? {
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
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { suffix($0.count).elementsEqual($0) }
    }
}
