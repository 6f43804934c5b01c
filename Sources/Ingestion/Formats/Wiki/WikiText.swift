/// Wikitext brought to plain text: links by their labels, without templates that make boxes, tables' marks and notes.
///
/// One pass over the bytes resolves what nests (links and templates, with a stack), a second goes over the lines. Linear.
struct WikiText {
    /// The text.
    private(set) var plain = ""
    /// The categories that the page says it is in.
    private(set) var categories: [String] = []
    private var known: Set<String> = []
    /// The pages that it names, and where its other links lead.
    private(set) var links = TextLinks()

    /// A link or template that is open: where its text begins in the output, and its parts.
    private struct Open {
        let isLink: Bool
        let start: Int
        var parts: [Int] = []
    }

    /// Parts of a template that stands in a sentence, such as {{lang|de|Wort}}; one with more makes a box.
    private static let mostParts = 3
    /// Links and templates that may be open at a time. Those within stay as text.
    private static let maximumDepth = 100

    init(_ source: String) {
        var output = nested(Array(source.utf8))
        output = Self.lines(of: output)
        plain = output.trimmedBlanks.asText
        links.add(addressesIn: plain.utf8)
    }

    private mutating func nested(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var stack: [Open] = []
        // Links to other places that are open.
        var external = 0
        var index = 0
        func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }
        while index < bytes.count {
            let byte = bytes[index]
            let isDouble = at(index + 1) == byte
            switch byte {
            case UInt8(ascii: "[") where isDouble && stack.count < Self.maximumDepth:
                stack.append(Open(isLink: true, start: output.count))
                index += 2
            case UInt8(ascii: "{") where isDouble && stack.count < Self.maximumDepth:
                stack.append(Open(isLink: false, start: output.count))
                index += 2
            case UInt8(ascii: "|") where !stack.isEmpty:
                stack[stack.count - 1].parts.append(output.count)
                output.append(byte)
                index += 1
            case UInt8(ascii: "]") where isDouble && stack.last?.isLink ?? false:
                close(stack.removeLast(), &output)
                index += 2
            case UInt8(ascii: "}") where isDouble && !(stack.last?.isLink ?? true):
                close(stack.removeLast(), &output)
                index += 2
            case UInt8(ascii: "["):
                // [https://example.org label]
                let rest = bytes[(index + 1)...]
                if Self.beginnings.contains(where: rest.hasPrefix),
                    let end = rest.prefix(2000).firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: "]") })
                {
                    links.add(rest[..<end].asText)
                    index = bytes[end] == UInt8(ascii: "]") ? end : end + 1
                    external += 1
                } else {
                    output.append(byte)
                    index += 1
                }
            case UInt8(ascii: "]") where external > 0:
                external -= 1
                index += 1
            case UInt8(ascii: "'") where isDouble:
                while at(index) == byte { index += 1 }
            case UInt8(ascii: "<"): index = tag(bytes, index, &output)
            case UInt8(ascii: "&"): index = reference(bytes, index, &output)
            case UInt8(ascii: "_") where isDouble:
                // __TOC__
                let end = bytes[(index + 2)...].prefix(30).firstIndex { !(0x41...0x5A).contains($0) } ?? index
                if end > index + 2, at(end) == byte, at(end + 1) == byte {
                    index = end + 2
                } else {
                    output += [byte, byte]
                    index += 2
                }
            default:
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    /// How addresses begin that are linked to with a label.
    private static let beginnings: [StaticString] = ["http", "//", "mailto:", "ftp:", "news:", "irc:", "doi:"]

    /// Puts what a link or template shows in the place of what it says.
    private mutating func close(_ open: Open, _ output: inout [UInt8]) {
        // Nothing may refer to the output when it is changed, or all of it is copied for each link.
        let shown = shown(of: open, in: output)
        output.removeSubrange(open.start...)
        output += shown
    }

    private mutating func shown(of open: Open, in output: [UInt8]) -> [UInt8] {
        let parts = open.parts.filter { $0 >= open.start && $0 < output.count }
        let name = output[open.start..<(parts.first ?? output.count)].trimmedBlanks
        let last = parts.last.map { output[($0 + 1)...].trimmedBlanks } ?? name
        var shown = Array(last)
        if open.isLink {
            if name.hasPrefix("category:") {
                let category = name.dropFirst(9).trimmedBlanks.asText
                if !category.isEmpty, known.insert(category).inserted { categories.append(category) }
                return []
            }
            // Of a page without the place on it.
            links.add(name.drop { $0 == UInt8(ascii: ":") }.asText.prefix { $0 != "#" })
            if Self.pictures.contains(where: name.asText.lowercased().hasPrefix) {
                let bounds = parts + [output.count]
                let options = zip(bounds, bounds.dropFirst()).map { output[($0 + 1)..<$1].trimmedBlanks }
                shown = Self.caption(among: options).map { Array($0) + [0x0A] } ?? []
            } else if name.first == UInt8(ascii: ":"), parts.isEmpty {
                shown = Array(name.dropFirst())
            }
        } else {
            let whole = output[open.start...]
            let bounds = parts + [output.count]
            let values = zip(bounds, bounds.dropFirst()).map { output[($0 + 1)..<$1].trimmedBlanks }
            if let said = Self.said(by: name.asText.lowercased(), values) { return Array(said.utf8) }
            let isInline = parts.count + 1 <= Self.mostParts && !parts.isEmpty && !whole.contains(0x0A)
            if !isInline || whole.contains(UInt8(ascii: "=")) || name.hasPrefix("cite")
                || name.first == UInt8(ascii: "#")
            {
                // Where sources are found, for the most part.
                links.add(addressesIn: whole)
                shown = []
            }
        }
        return shown
    }

    /// What templates show that every large wiki has and that hold text: quotations, and measures in other units.
    private static func said(by name: String, _ values: [ArraySlice<UInt8>]) -> String? {
        switch name {
        case "quote", "blockquote", "cquote", "quotation", "quote box", "zitat", "citation bloc", "cita":
            // |text=…|author=…
            return values.map { value in
                let text = value.asText
                guard let equals = text.firstIndex(of: "="), text[..<equals].count < 20, !text[..<equals].contains(" ")
                else { return text }
                return String(text[text.index(after: equals)...]).trimmed
            }.filter { !$0.isEmpty }.joined(separator: " ")
        case "convert", "cvt": return values.prefix(2).map(\.asText).joined(separator: " ")
        default: return nil
        }
    }

    /// Names of the space that pictures are in, in English and the languages of the largest wikis.
    private static let pictures = [
        "file:", "image:", "datei:", "bild:", "fichier:", "archivo:", "immagine:", "bestand:", "ficheiro:", "plik:",
        "файл:",
    ]
    /// What may be said of a picture beside its caption, in the same languages.
    private static let pictureOptions: Set = [
        "thumb", "thumbnail", "frame", "framed", "frameless", "border", "left", "right", "center", "centre", "none",
        "upright",
        "baseline", "middle", "sub", "super", "top", "text-top", "bottom", "text-bottom", "miniatur", "mini",
        "hochkant",
        "links", "rechts", "zentriert", "rahmenlos", "gerahmt", "vignette", "gauche", "droite", "centré", "cadre",
        "redresse",
        "miniatura", "miniaturadeimagen", "derecha", "izquierda", "centro", "destra", "sinistra", "verticale", "мини",
        "слева",
        "справа", "центр",
    ]

    /// The caption of a picture: the last of its parts that is no option, or else what stands in its place for those who do not
    /// see it.
    private static func caption(among parts: [ArraySlice<UInt8>]) -> ArraySlice<UInt8>? {
        func isOption(_ part: ArraySlice<UInt8>) -> Bool {
            let text = part.asText.lowercased()
            if pictureOptions.contains(text) { return true }
            // 200px, x100px, 100x200px
            if text.hasSuffix("px") { return text.dropLast(2).allSatisfy { $0.isNumber || $0 == "x" || $0 == " " } }
            guard let equals = text.firstIndex(of: "=") else { return false }
            return ["alt", "link", "page", "lang", "class", "upright", "start", "end", "thumb", "hochkant"].contains(
                String(text[..<equals]).trimmed)
        }
        if let caption = parts.last(where: { !$0.isEmpty && !isOption($0) }) { return caption }
        return parts.first { $0.hasPrefix("alt=") }?.dropFirst(4).trimmedBlanks
    }

    /// Comments, notes and tags go; the text of formulas and of what is not to be parsed stays.
    private func tag(_ bytes: [UInt8], _ start: Int, _ output: inout [UInt8]) -> Int {
        let rest = bytes[start...]
        func end(of mark: String) -> Int? {
            let place = bytes.withUnsafeBytes { $0.firstRange(of: Array(mark.utf8), from: start) }
            return place.map { $0 + mark.utf8.count }
        }
        if rest.hasPrefix("<!--") { return end(of: "-->") ?? bytes.count }
        guard let close = rest.prefix(500).firstIndex(of: UInt8(ascii: ">")) else {
            output.append(bytes[start])
            return start + 1
        }
        let isEmpty = bytes[close - 1] == UInt8(ascii: "/")
        if rest.hasPrefix("<ref"), !isEmpty {
            // A note's text stands in brackets behind the word, which it is no part of.
            output.append(0x20)
        } else if rest.hasPrefix("<br") || rest.hasPrefix("</ref") {
            output.append(0x20)
        }
        let name = bytes[(start + 1)..<close].drop { $0 == UInt8(ascii: "/") }.prefix {
            (0x41...0x5A).contains($0 & 0xDF)
        }
        if name.isEmpty {
            output.append(bytes[start])
            return start + 1
        }
        return close + 1
    }

    private func reference(_ bytes: [UInt8], _ start: Int, _ output: inout [UInt8]) -> Int {
        let known: [(StaticString, String)] = [
            ("&nbsp;", " "), ("&ndash;", "–"), ("&mdash;", "—"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
            ("&quot;", "\""),
            ("&thinsp;", " "), ("&minus;", "−"), ("&times;", "×"), ("&hellip;", "…"),
        ]
        for (name, text) in known where bytes[start...].hasPrefix(name) {
            output += text.utf8
            return start + name.utf8CodeUnitCount
        }
        output.append(bytes[start])
        return start + 1
    }

    private static func lines(of bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var isParted = true
        func isTable(_ line: ArraySlice<UInt8>) -> Bool {
            line.hasPrefix("{|") || line.hasPrefix("|}") || line.hasPrefix("|-")
        }
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var content = line.trimmedBlanks
            if content.isEmpty || isTable(content) {
                isParted = isParted || !content.hasPrefix("|-")
                continue
            }
            let isHeading = content.first == UInt8(ascii: "=") && content.last == UInt8(ascii: "=") && content.count > 2
            if isHeading {
                while content.count > 1, content.first == UInt8(ascii: "="), content.last == UInt8(ascii: "=") {
                    content = content.dropFirst().dropLast()
                }
                content = content.trimmedBlanks
            } else if content.hasPrefix("|+") {
                content = Array(cells(content.dropFirst()).utf8)[...]
            } else if content.first == UInt8(ascii: "|") || content.first == UInt8(ascii: "!") {
                content = Array(cells(content).utf8)[...]
            } else {
                content = content.drop { Array("*#:;".utf8).contains($0) }.trimmedBlanks
            }
            // A line of a gallery: File:Map.png|Caption.
            if Self.pictures.contains(where: content.prefix(12).asText.lowercased().hasPrefix) {
                content = content.firstIndex(of: UInt8(ascii: "|")).map { content[($0 + 1)...].trimmedBlanks } ?? []
            }
            if content.isEmpty { continue }
            if !output.isEmpty { output += isParted || isHeading ? [0x0A, 0x0A] : [0x0A] }
            output += content
            isParted = isHeading
        }
        return output
    }

    /// `| style="x" | one || two` is one and two.
    private static func cells(_ line: ArraySlice<UInt8>) -> String {
        line.dropFirst().asText.replacing("!!", with: "||").split(separator: "||").map { cell in
            let parts = cell.split(separator: "|", maxSplits: 1)
            return String(parts.count == 2 && parts[0].contains("=") ? parts[1] : cell).trimmed
        }.joined(separator: " ")
    }
}
