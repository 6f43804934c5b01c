import CLibxml2

/// The text of HTML within Markdown.
///
/// Tags, comments, scripts and styles go; entities become characters, and `alt` texts of images stay. What only looks like a
/// tag is text: `Vec<String>`, `<your-name>`. Only the names of HTML make a tag, or attributes with values. Linear: what has
/// no end is looked for once.
struct MarkdownHTML {
    private let source: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var unended: Set<String> = []
    /// Where links and pictures lead.
    private var links: [[UInt8]] = []

    /// Writes the text of HTML that stands by itself, its white space drawn together; gives where its links lead.
    static func appendBlock(_ source: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> [[UInt8]] {
        var html = MarkdownHTML(source: source)
        let start = output.count
        while html.index < source.count {
            switch source[html.index] {
            case UInt8(ascii: "<"): html.takeAngle(&output)
            case UInt8(ascii: "&"): html.takeEntity(&output)
            case 0x0A:
                while output.count > start, output.last == 0x20 { output.removeLast() }
                let isBlank = output.count < start + 2 || output[output.count - 2] == 0x0A
                if output.count > start, output.last != 0x0A || !isBlank { output.append(0x0A) }
                html.index += 1
            case 0x20, 0x09:
                if output.count > start, let last = output.last, last > 0x20 { output.append(0x20) }
                html.index += 1
            default: html.copy(1, &output)
            }
        }
        return html.links
    }

    /// Writes what a tag within a paragraph gives, which is nothing mostly; gives where it leads.
    static func appendTag(_ source: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> [[UInt8]] {
        var html = MarkdownHTML(source: source)
        html.takeAngle(&output)
        if html.index < source.count { html.copy(source.count - html.index, &output) }
        return html.links
    }

    private init(source: UnsafeBufferPointer<UInt8>) { self.source = source }

    private func byte(_ offset: Int) -> UInt8 { index + offset < source.count ? source[index + offset] : 0 }

    private mutating func copy(_ count: Int, _ output: inout [UInt8]) {
        output.append(contentsOf: source[index..<index + count])
        index += count
    }

    private mutating func takeAngle(_ output: inout [UInt8]) {
        for (start, end) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")] where stands(start) {
            if let place = place(of: end, from: start.utf8.count, in: "") {
                index = place + end.utf8.count
            } else {
                copy(start.utf8.count, &output)
            }
            return
        }
        let isEnd = byte(1) == UInt8(ascii: "/")
        let nameStart = index + (isEnd ? 2 : 1)
        var nameEnd = nameStart
        while nameEnd < source.count, Self.isNameByte(source[nameEnd]) { nameEnd += 1 }
        guard nameEnd > nameStart, Self.isLetter(source[nameStart]), let end = tagEnd(from: nameEnd) else {
            return copy(1, &output)
        }
        // Longer than any name of HTML: no need to look it up.
        let name = nameEnd - nameStart <= 16 ? String(decoding: source[nameStart..<nameEnd], as: UTF8.self) : ""
        let isWritten = index > 0 ? Self.isNameByte(source[index - 1]) : output.last.map(Self.isNameByte) ?? false
        guard Self.isTag(name, attributes: source[nameEnd..<end], isBehindName: isWritten) else {
            return copy(1, &output)
        }
        let element = name.lowercased()
        let inside = source[nameEnd..<end]
        index = end + 1
        if !isEnd, let name = HTMLElements.addresses[element], let address = Self.value(of: name, in: inside) {
            links.append(address)
        }
        if element == "img", let alternative = Self.value(of: "alt", in: inside) {
            output.append(0x20)
            output += alternative
            output.append(0x20)
        } else if element == "script" || element == "style", !isEnd {
            if let close = place(of: "</\(element)", from: 0, in: element) {
                index = close
                if let end = tagEnd(from: close + element.utf8.count + 2) { index = end + 1 }
            }
        } else if !HTMLElements.inline.contains(element), let last = output.last, last > 0x20 {
            output.append(element == "br" ? 0x0A : 0x20)
        }
    }

    /// Whether this is a tag and no text. A name of HTML that begins with one capital and stands right behind a word is a
    /// type's argument rather: `Option<Link>`.
    private static func isTag(_ name: String, attributes: Slice<UnsafeBufferPointer<UInt8>>, isBehindName: Bool) -> Bool
    {
        if attributes.contains(UInt8(ascii: "=")) { return true }
        guard HTMLElements.all.contains(name.lowercased()) else { return false }
        guard isBehindName, attributes.isEmpty, let first = name.utf8.first else { return true }
        return first >= UInt8(ascii: "a")
    }

    private func stands(_ text: String) -> Bool {
        index + text.utf8.count <= source.count
            && source[index..<index + text.utf8.count].elementsEqual(text.utf8)
    }

    /// Where a text without capitals stands next, letter case aside. One that is not there is not looked for again.
    private mutating func place(of text: String, from offset: Int, in element: String) -> Int? {
        guard !unended.contains(text), let first = text.utf8.first else { return nil }
        let length = text.utf8.count
        var place = index + offset
        while place + length <= source.count {
            if source[place] == first,
                zip(source[place..<place + length], text.utf8).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
            {
                return place
            }
            place += 1
        }
        unended.insert(text)
        return nil
    }

    /// The `>` that ends a tag, quotes in it respected. A `<` outside them begins another, so that no two searches overlap
    /// but in a quoted value.
    private mutating func tagEnd(from start: Int) -> Int? {
        guard !unended.contains("") else { return nil }
        var quote: UInt8?
        for place in start..<source.count {
            let byte = source[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return place
            } else if byte == UInt8(ascii: "<") {
                return nil
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), source[place - 1] == UInt8(ascii: "=") {
                quote = byte
            }
        }
        unended.insert("")
        return nil
    }

    /// The value of a quoted attribute, `alt="…"`, in a tag; nil when it is empty.
    private static func value(of attribute: String, in tag: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        for quote in ["\"", "'"] {
            let name = Array(" \(attribute)=\(quote)".utf8)
            var start = tag.startIndex
            while start + name.count <= tag.endIndex, !tag[start..<start + name.count].elementsEqual(name) {
                start += 1
            }
            guard start + name.count <= tag.endIndex else { continue }
            let value = tag[(start + name.count)...].prefix { $0 != quote.utf8.first }
            if value.isEmpty { return nil }
            var text = MarkdownHTML(source: UnsafeBufferPointer(rebasing: value))
            var output: [UInt8] = []
            while text.index < text.source.count {
                if text.source[text.index] == UInt8(ascii: "&") {
                    text.takeEntity(&output)
                } else {
                    text.copy(1, &output)
                }
            }
            return output
        }
        return nil
    }

    private mutating func takeEntity(_ output: inout [UInt8]) {
        // The longest name of an entity has 31 letters.
        let body = source[(index + 1)...].prefix(32)
        guard let end = body.firstIndex(of: UInt8(ascii: ";")), end > index + 1,
            let scalar = Self.scalar(ofEntity: String(decoding: source[index + 1..<end], as: UTF8.self))
        else { return copy(1, &output) }
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

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
}
