extension FrontMatter {
    /// Names with which a header of MultiMarkdown or Pelican begins.
    static let usualNames: Set<String> = [
        "title", "subtitle", "author", "authors", "date", "modified", "tags", "tag", "keywords", "category",
        "categories",
        "slug", "summary", "description", "status", "lang", "language", "template", "url", "id", "aliases", "alias",
        "copyright", "affiliation", "email", "css", "comment", "base header level", "latex input", "format", "layout",
        "draft", "permalink", "save_as", "translation", "abstract", "bibliography", "excerpt", "institute",
        "institution",
        "publisher", "doi", "revision", "xhtml header", "html header", "latex mode", "latex config", "quotes language",
    ]
    /// Names that tell a header wherever they stand in it: any other may begin a sentence.
    private static let tellingNames: Set<String> = ["title", "author", "authors", "date"]

    /// Reads lines of `Name: value` at the beginning, with further lines of a value indented, up to the first blank line.
    /// The first name must be a usual one, or a later one that of a title, an author or a date; with one line alone it must be the
    /// title, since a sentence may begin so. Where a fence ends it, it is YAML.
    init?(header bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard start < bytes.count, Self.isLetter(bytes[start]) else { return nil }
        var lines = TextLines(bytes, from: start)
        var members: [FieldValue.Member] = []
        var matterEnd = start
        var isYAML = false
        while let line = lines.next() {
            guard lines.place - start <= Self.longest else { return nil }
            matterEnd = lines.place
            if bytes[line].allSatisfy({ $0 <= 0x20 }) { break }
            if members.count > 1, lines.isLine(line, "---") {
                guard Self.areTelling(members) else { return nil }
                guard let matter = FrontMatter(yaml: lines.text(start..<line.lowerBound), end: lines.place) else {
                    return nil
                }
                self = matter
                return
            }
            // An item of a list, which only YAML has.
            if let last = members.last, last.value.texts.isEmpty || isYAML, lines.text(line).hasPrefix("- ") {
                isYAML = true
                continue
            }
            if bytes[line.lowerBound] <= 0x20 {
                guard let last = members.last else { return nil }
                members[members.count - 1].value = Self.value(last, and: lines.text(line).trimmed)
                continue
            }
            guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound,
                colon - line.lowerBound <= 40, colon + 1 == line.upperBound || bytes[colon + 1] <= 0x20,
                bytes[line.lowerBound..<colon].allSatisfy({ Self.isNameByte($0) })
            else { return nil }
            let name = lines.text(line.lowerBound..<colon).trimmed
            members.append(
                FieldValue.Member(name: name, value: .text(lines.text(colon + 1..<line.upperBound).trimmed)))
            if members.count > Self.mostValues { return nil }
        }
        guard !isYAML, Self.areTelling(members) else { return nil }
        if members.count == 1, members[0].name.lowercased() != "title" || members[0].value.texts.isEmpty { return nil }
        fields = members
        end = matterEnd
    }

    private static func areTelling(_ members: [FieldValue.Member]) -> Bool {
        guard let first = members.first else { return false }
        return usualNames.contains(first.name.lowercased())
            || members.contains { tellingNames.contains($0.name.lowercased()) }
    }

    /// A value with the line behind it: of authors one more of them, unless the line before goes on.
    private static func value(_ member: FieldValue.Member, and line: String) -> FieldValue {
        let texts = member.value.texts
        let goesOn = texts.last.map { $0.hasSuffix(",") || $0.hasSuffix(";") || $0.hasSuffix(" and") } ?? true
        let isBound = line.first?.isLowercase ?? true || line.hasPrefix("&")
        guard ["author", "authors"].contains(member.name.lowercased()), !goesOn, !isBound else {
            return .text((texts + [line]).joined(separator: " ").trimmed)
        }
        return .list((texts + [line]).map { .text($0) })
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == 0x20
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
