/// Texts that reStructuredText names once and refers to elsewhere: `.. |postil| replace:: Postil` and `|postil|`.
enum ReStructuredTextSubstitutions {
    /// Bytes that references may become, beside some times those of the text: each may stand for a paragraph.
    private static let (freeGrowth, growthRatio) = (1 << 20, 8)
    /// Bytes of a name, and of what it stands for.
    private static let (longestName, longestText) = (100, 1000)

    /// Puts the texts where they are referred to, and takes the lines away that name them.
    ///
    /// - Complexity: O(n).
    static func replace(in lines: inout [ArraySlice<UInt8>]) {
        var texts: [String: [UInt8]] = [:]
        for index in lines.indices {
            guard let (name, text) = definition(lines[index]), texts[name] == nil else { continue }
            texts[name] = text
            lines[index] = []
        }
        if texts.isEmpty { return }
        var room = freeGrowth + growthRatio * lines.reduce(0) { $0 + $1.count }
        for index in lines.indices where room > 0 && lines[index].contains(bar) {
            let replaced = replaced(lines[index], by: texts)
            room -= replaced.count
            lines[index] = replaced[...]
        }
    }

    private static let bar = UInt8(ascii: "|")

    /// The name and text of `.. |name| replace:: text`.
    private static func definition(_ line: ArraySlice<UInt8>) -> (name: String, text: [UInt8])? {
        let content = line.trimmedBlanks
        guard content.hasPrefix(".. |"), let close = content.dropFirst(4).prefix(longestName).firstIndex(of: bar) else {
            return nil
        }
        let rest = content[(close + 1)...].trimmedBlanks
        guard rest.hasPrefix("replace::") else { return nil }
        let text = rest.dropFirst("replace::".utf8.count).trimmedBlanks
        guard !text.isEmpty, text.count <= longestText else { return nil }
        return (content[(content.startIndex + 4)..<close].asText.lowercased(), Array(text))
    }

    private static func replaced(_ line: ArraySlice<UInt8>, by texts: [String: [UInt8]]) -> [UInt8] {
        var output: [UInt8] = []
        var place = line.startIndex
        while let open = line[place...].firstIndex(of: bar) {
            output += line[place..<open]
            place = open + 1
            let name = line[place...].prefix(longestName)
            guard let close = name.firstIndex(of: bar), let text = texts[line[place..<close].asText.lowercased()] else {
                output.append(bar)
                continue
            }
            output += text
            place = close + 1
            // A reference that is a link as well: |name|_.
            while place < line.endIndex, line[place] == UInt8(ascii: "_") { place += 1 }
        }
        return output + line[place...]
    }
}
