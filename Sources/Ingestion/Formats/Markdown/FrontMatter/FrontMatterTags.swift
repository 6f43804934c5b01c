/// Tags as people write them in front matter: a list, or one text parted by commas, semicolons or blanks, with or without
/// `#`.
enum FrontMatterTags {
    private static let names: Set<String> = ["tags", "tag"]

    private static func areTags(_ name: String) -> Bool {
        (3...4).contains(name.utf8.count) && names.contains(name.lowercased())
    }

    /// The value of a field, as a list when it is that of tags.
    static func value(of value: FieldValue, named name: String) -> FieldValue {
        guard areTags(name) else { return value }
        switch value {
        case .text(let text):
            return .list(tags(in: text).map { .text($0) })
        case .list(let values):
            return .list(
                values.map { value in
                    guard case .text(let text) = value else { return value }
                    return .text(withoutMark(text.trimmed[...]))
                })
        case .object(let members):
            // `topics: [a, b]`, `ai: true`, `ai:`
            return .list(
                members.flatMap { member -> [FieldValue] in
                    let texts = member.value.texts
                    if texts.isEmpty || texts == ["true"] { return [.text(withoutMark(member.name.trimmed[...]))] }
                    return texts == ["false"] ? [] : texts.map { .text(withoutMark($0.trimmed[...])) }
                })
        }
    }

    /// Makes one field of several that have tags, under names of other capitals or as `tag` and `tags`.
    static func join(_ fields: inout [FieldValue.Member]) {
        let places = fields.indices.filter { areTags(fields[$0].name) }
        guard places.count > 1, let first = places.first else { return }
        var values: [FieldValue] = []
        for place in places {
            guard case .list(let own) = fields[place].value else { return }
            values += own.filter { !values.contains($0) }
        }
        fields[first] = FieldValue.Member(name: "tags", value: .list(values))
        for place in places.dropFirst().reversed() { fields.remove(at: place) }
    }

    private static func tags(in text: String) -> [String] {
        let isParted = text.contains(",") || text.contains(";")
        // Where something else parts them, a blank is a part of a tag.
        let parts = text.split { character in
            isParted ? character == "," || character == ";" : character.isWhitespace
        }
        return parts.map { withoutMark(String($0).trimmed[...]) }.filter { !$0.isEmpty }
    }

    private static func withoutMark(_ text: Substring) -> String {
        String(text.hasPrefix("#") ? text.dropFirst() : text)
    }

    /// Front matter whose tags are no comments: in YAML `tags: #one #two` is an empty value, and so is `- #one`.
    static func readable(_ matter: String) -> String {
        guard matter.utf8.contains(UInt8(ascii: "#")) else { return matter }
        var isTags = false
        var result: [UInt8] = []
        for line in matter.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if let first = line.first, first > 0x20, first != UInt8(ascii: "-"), first != UInt8(ascii: "#") {
                let name = line.prefix { $0 != UInt8(ascii: ":") }
                isTags = names.contains(String(decoding: name, as: UTF8.self).lowercased())
            }
            if !result.isEmpty || line.startIndex != matter.utf8.startIndex { result.append(0x0A) }
            guard isTags, line.contains(UInt8(ascii: "#")) else {
                result += line
                continue
            }
            let bytes = Array(line)
            for index in bytes.indices {
                // "# text" behind a blank is a comment still.
                let isMark =
                    bytes[index] == UInt8(ascii: "#") && index > 0 && index + 1 < bytes.count && bytes[index + 1] > 0x20
                    && bytes[index + 1] != UInt8(ascii: "#")
                let isTagStart = isMark && [0x20, 0x09, 0x5B, 0x2C].contains(bytes[index - 1])
                if !isTagStart { result.append(bytes[index]) }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
