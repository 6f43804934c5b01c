/// Labels as people and programs write them in one text: `a; b`, `a, b`, `a|b`, `["a", "b"]`, `['a', 'b']`, `[{"name": "a"}]`,
/// `[{'id': 1, 'name': 'a'}]`.
enum TagList {
    /// The labels of a text: those of the list that it is, or else its parts between semicolons, tabs, commas or bars, whichever it
    /// has first in this order; where it has none and begins with `#`, its words.
    static func labels(in text: String) -> [String] {
        let text = text.trimmed
        if let list = json(text) ?? pythonObjects(text) ?? literal(text) { return list }
        // `#a #b c` as people write tags in a line.
        if text.hasPrefix("#"), !text.utf8.contains(where: { $0 == 0x3B || $0 == 0x09 || $0 == 0x2C }) {
            return text.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        let delimiter = ([";", "\t", ",", "|"] as [Character]).first(where: text.contains) ?? ","
        return text.split(separator: delimiter).map(String.init)
    }

    /// The labels of a list or an object written as JSON.
    private static func json(_ text: String) -> [String]? {
        guard text.utf8.first == UInt8(ascii: "[") || text.utf8.first == UInt8(ascii: "{") else { return nil }
        return Array(text.utf8).withUnsafeBytes { bytes in
            var tape = JSONTape()
            guard tape.failure(scanning: bytes) == nil else { return nil }
            return tape.nodes.withUnsafeBufferPointer { nodes in
                let record = JSONRecord(
                    bytes: bytes, nodes: nodes, names: noNames,
                    places: UnsafeMutableBufferPointer(start: nil, count: 0), tally: BatchTally())
                var labels: [String] = []
                record.appendLabels(of: 0, to: &labels)
                return labels
            }
        }
    }

    /// The labels of a list of objects as Python prints it, which is JSON but for its quotes and three of its words.
    private static func pythonObjects(_ text: String) -> [String]? {
        guard text.hasPrefix("[{'") || text.hasPrefix("{'") else { return nil }
        var output = ""
        var word = ""
        var quote: Character?
        var isEscaped = false
        func endWord() {
            output += ["True": "true", "False": "false", "None": "null"][word] ?? word
            word = ""
        }
        for character in text {
            if let open = quote {
                if isEscaped {
                    // JSON has no \' of its own.
                    output += character == "'" ? "'" : "\\\(character)"
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    output.append("\"")
                    quote = nil
                } else {
                    output += character == "\"" ? "\\\"" : String(character)
                }
            } else if character.isLetter {
                word.append(character)
            } else {
                endWord()
                if character == "'" || character == "\"" { quote = character }
                output.append(quote == nil ? character : "\"")
            }
        }
        endWord()
        return json(output)
    }

    private static let noNames = FieldNames([])

    /// The labels of a list as Python or YAML writes it: parts between commas in brackets, each perhaps in quotes.
    private static func literal(_ text: String) -> [String]? {
        guard text.hasPrefix("["), text.hasSuffix("]"), text.utf8.count >= 2 else { return nil }
        var labels: [String] = []
        var label = ""
        var quote: Character?
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if isEscaped {
                label.append(character)
                isEscaped = false
            } else if quote != nil, character == "\\" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote != nil {
                label.append(character)
            } else if character == "[" || character == "]" {
                return nil
            } else if character == "\"" || character == "'", label.isBlank {
                label = ""
                quote = character
            } else if character == "," {
                labels.append(label)
                label = ""
            } else {
                label.append(character)
            }
        }
        return quote == nil ? labels + [label] : nil
    }
}
