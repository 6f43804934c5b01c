/// The words of a paragraph of AsciiDoc, without its marks.
enum AsciiDocText {
    /// Macros whose bracket has their text; of others the target goes with them.
    private static let macros: [StaticString] = [
        "https://", "http://", "link:", "mailto:", "xref:", "image::", "image:", "footnote:", "kbd:", "btn:", "menu:",
        "stem:",
        "icon:", "latexmath:", "asciimath:", "pass:", "anchor:", "video::", "audio::", "indexterm:", "footnoteref:",
    ]

    /// Takes macros, references and emphasis out of a paragraph.
    static func plain(_ text: [UInt8], _ links: inout TextLinks) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var searched = (reference: 0, anchor: 0)
        var index = 0
        while index < text.count {
            let byte = text[index]
            let isWordStart = index == 0 || !isLetter(text[index - 1])
            if byte == UInt8(ascii: "<"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "<"),
                let end = pair(0x3E, in: text, from: index + 2, notBefore: &searched.reference)
            {
                // <<target,text>>
                let inner = text[(index + 2)..<end]
                note(page: inner.prefix { $0 != 0x2C }, in: &links)
                output += inner.firstIndex(of: 0x2C).map { inner[($0 + 1)...].trimmedBlanks } ?? inner
                index = end + 2
                continue
            }
            if byte == UInt8(ascii: "["), index + 1 < text.count, text[index + 1] == UInt8(ascii: "["),
                let end = pair(0x5D, in: text, from: index + 2, notBefore: &searched.anchor)
            {
                index = end + 2
                continue
            }
            if isWordStart || byte == UInt8(ascii: "f"), isLetter(byte),
                let macro = macros.first(where: { text[index...].hasPrefix($0) }),
                let (inner, end) = macroText(text, from: index, nameLength: macro.utf8CodeUnitCount)
            {
                let shown = inner.prefix { $0 != 0x2C }.trimmedBlanks
                if let open = text[index...].firstIndex(of: 0x5B) { note(text[index..<open], of: macro, in: &links) }
                let isLink = byte == UInt8(ascii: "h")
                let isWhole = macro.utf8CodeUnitCount > 8 && !isLink || byte == UInt8(ascii: "f")
                // A picture's sizes follow its description; a link's window its text.
                if isWhole {
                    output += [0x20] + inner
                } else if !shown.isEmpty {
                    output += shown
                } else if isLink {
                    output += text[index..<(text[index...].firstIndex(of: 0x5B) ?? end)]
                }
                index = end
                continue
            }
            output.append(byte)
            index += 1
        }
        let words = withoutMarksInWords(withoutRoles(output))
        let marks = LightMarkup.withoutPairs(of: Array("*_`#^~+".utf8), in: words)
        return marks.hasSuffixPlus ? marks.dropLast(2) + [] : marks
    }

    /// Takes away how a piece of text looks, which stands before it: `[.underline]#word#`.
    private static func withoutRoles(_ text: [UInt8]) -> [UInt8] {
        var removed: [Range<Int>] = []
        var open: Int?
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "["): open = index
            case UInt8(ascii: "]"):
                if let start = open, index + 1 < text.count, "#*_`".utf8.contains(text[index + 1]), index > start + 1,
                    text[(start + 1)..<index].allSatisfy({ isLetter($0) || "-.# ".utf8.contains($0) }),
                    start == 0 || !isLetter(text[start - 1])
                {
                    removed.append(start..<(index + 1))
                }
                open = nil
            default: break
            }
        }
        return LightMarkup.without(removed, in: text)
    }

    /// Takes marks away that may stand within words: `H~2~O`, `mc^2^`, `**b**old`, `+++<u>as it is</u>+++`. They come in pairs, on
    /// few letters.
    private static func withoutMarksInWords(_ text: [UInt8]) -> [UInt8] {
        var removed: [Range<Int>] = []
        var opened: [UInt8: Range<Int>] = [:]
        var index = 0
        while index < text.count {
            let mark = text[index]
            guard "~^*_`#+".utf8.contains(mark) else {
                // No blank stands within what is raised or lowered.
                if mark <= 0x20 { (opened[UInt8(ascii: "~")], opened[UInt8(ascii: "^")]) = (nil, nil) }
                index += 1
                continue
            }
            var end = index + 1
            while end < text.count, text[end] == mark { end += 1 }
            let run = index..<end
            index = end
            let length = mark == UInt8(ascii: "+") ? 3 : mark == UInt8(ascii: "~") || mark == UInt8(ascii: "^") ? 1 : 2
            guard run.count == length else { continue }
            if let open = opened[mark], open.upperBound < run.lowerBound {
                removed += [open, run]
                opened[mark] = nil
            } else {
                opened[mark] = run
            }
        }
        return LightMarkup.without(removed, in: text)
    }

    /// Notes where a macro leads, if it is one that leads anywhere.
    private static func note(_ name: ArraySlice<UInt8>, of macro: StaticString, in links: inout TextLinks) {
        let target = name.dropFirst(macro.utf8CodeUnitCount).drop { $0 == UInt8(ascii: ":") }
        switch macro.description {
        case "https://", "http://", "mailto:": links.add(name.asText)
        case "link:", "image::", "image:", "video::", "audio::": links.add(target.asText)
        case "xref:": note(page: target, in: &links)
        default: break
        }
    }

    /// Notes a reference to another text: `part.adoc#place`. One to a place in this text has neither dot nor sign.
    private static func note(page reference: ArraySlice<UInt8>, in links: inout TextLinks) {
        if reference.contains(UInt8(ascii: ".")) || reference.contains(UInt8(ascii: "#")) {
            links.add(reference.trimmedBlanks.asText)
        }
    }

    /// The text in a macro's bracket, and where the macro ends; nil when there is no bracket on its word.
    private static func macroText(_ text: [UInt8], from start: Int, nameLength: Int) -> (ArraySlice<UInt8>, Int)? {
        var open = start + nameLength
        let limit = min(text.count, start + 2000)
        while open < limit, text[open] > 0x20, text[open] != 0x5B { open += 1 }
        guard open < limit, text[open] == 0x5B, let close = text[open...].prefix(2000).firstIndex(of: 0x5D) else {
            return nil
        }
        return (text[(open + 1)..<close], close + 1)
    }

    /// Where a byte stands twice, in the few hundred that follow. Where that was looked for in vain is not looked at again.
    private static func pair(_ byte: UInt8, in text: [UInt8], from start: Int, notBefore searched: inout Int) -> Int? {
        let end = min(text.count, start + 500)
        var index = max(start, searched)
        while index + 1 < end {
            if text[index] == byte, text[index + 1] == byte { return index }
            index += 1
        }
        searched = max(searched, index)
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}

extension [UInt8] {
    /// Whether it ends with the mark that breaks a line.
    fileprivate var hasSuffixPlus: Bool { count > 2 && suffix(2).elementsEqual([0x20, 0x2B]) }
}
