extension FrontMatter {
    /// Names with which a header of MultiMarkdown or Pelican begins.
    static let usualNames: Set<String> = [
        "title", "subtitle", "author", "authors", "date", "modified", "tags", "tag", "keywords", "category",
        "categories",
        "slug", "summary", "description", "status", "lang", "language", "template", "url", "id", "aliases", "alias",
        "copyright", "affiliation", "email", "css", "comment", "base header level", "latex input", "format", "layout",
        "draft", "permalink", "save_as", "translation",
    ]

    /// Reads lines of `Name: value` at the beginning, with further lines of a value indented, up to the first blank line.
    /// The first name must be a usual one, and with one line alone it must be the title, since a sentence may begin so.
    init?(header bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard start < bytes.count, Self.isLetter(bytes[start]) else { return nil }
        var lines = TextLines(bytes, from: start)
        var members: [FieldValue.Member] = []
        var matterEnd = start
        while let line = lines.next() {
            guard lines.place - start <= Self.longest else { return nil }
            matterEnd = lines.place
            if bytes[line].allSatisfy({ $0 <= 0x20 }) { break }
            if bytes[line.lowerBound] <= 0x20 {
                guard case .text(let text)? = members.last?.value else { return nil }
                members[members.count - 1].value = .text("\(text) \(lines.text(line).trimmed)".trimmed)
                continue
            }
            guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound,
                colon - line.lowerBound <= 40, colon + 1 == line.upperBound || bytes[colon + 1] <= 0x20,
                bytes[line.lowerBound..<colon].allSatisfy({ Self.isNameByte($0) })
            else { return nil }
            let name = lines.text(line.lowerBound..<colon).trimmed
            if members.isEmpty, !Self.usualNames.contains(name.lowercased()) { return nil }
            members.append(
                FieldValue.Member(name: name, value: .text(lines.text(colon + 1..<line.upperBound).trimmed)))
            if members.count > Self.mostValues { return nil }
        }
        if members.count == 1, members[0].name.lowercased() != "title" || members[0].value.texts.isEmpty { return nil }
        guard !members.isEmpty else { return nil }
        fields = members
        end = matterEnd
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == 0x20
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
