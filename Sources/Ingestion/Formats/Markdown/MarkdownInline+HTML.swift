import CLibxml2

/// HTML within Markdown: tags, comments, addresses in angle brackets, entities.
extension MarkdownInline {
    mutating func takeAngle() {
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
        if element == "img", let alternative = Self.alternative(in: inside) {
            output += [0x20] + alternative + [0x20]
            return
        }
        if element == "script" || element == "style", inside.first != UInt8(ascii: "/") {
            let close = Array("</\(element)".utf8)
            if let range = source.range(of: close, from: index) {
                index = (source[range.upperBound...].firstIndex(of: UInt8(ascii: ">")) ?? range.upperBound - 1) + 1
            }
        } else if !HTMLElements.inline.contains(element), output.last.map({ $0 > 0x20 }) ?? false {
            output.append(element == "br" ? 0x0A : 0x20)
        }
    }

    /// The value of `alt="…"` in a tag.
    private static func alternative(in tag: ArraySlice<UInt8>) -> [UInt8]? {
        let bytes = Array(tag)
        for quote in ["\"", "'"] {
            guard let start = bytes.range(of: Array(" alt=\(quote)".utf8), from: 0) else { continue }
            let value = bytes[start.upperBound...].prefix { $0 != quote.utf8.first }
            if value.isEmpty { return nil }
            var text = MarkdownInline(Array(value))
            while text.index < text.source.count {
                if text.source[text.index] == UInt8(ascii: "&") { text.takeEntity() } else { text.copy(1) }
            }
            return text.output
        }
        return nil
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

    mutating func takeEntity() {
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
}
