/// What a line of Markdown, its indentation taken off, is.
enum MarkdownLine {
    /// A code fence: three or more backticks or tildes. `isBare` when nothing follows.
    static func fence(_ line: [UInt8]) -> (mark: UInt8, length: Int, isBare: Bool)? {
        guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let length = line.prefix { $0 == mark }.count
        let rest = line.dropFirst(length)
        // Backticks in the info string make it a code span.
        guard length >= 3, mark != UInt8(ascii: "`") || !rest.contains(mark) else { return nil }
        return (mark, length, rest.allSatisfy { $0 <= 0x20 })
    }

    /// The text of `# heading #`.
    static func heading(_ line: [UInt8]) -> [UInt8]? {
        let level = line.prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level) else { return nil }
        var rest = line.dropFirst(level)
        guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
        while let last = rest.last, last <= 0x20 { rest = rest.dropLast() }
        let closing = rest.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if closing == rest.count || rest.dropLast(closing).last == 0x20 { rest = rest.dropLast(closing) }
        while let last = rest.last, last <= 0x20 { rest = rest.dropLast() }
        let text = Array(rest.drop { $0 <= 0x20 })
        return text.isEmpty ? nil : text
    }

    /// `===` or `---`.
    static func isSetextUnderline(_ line: [UInt8]) -> Bool {
        let text = line.prefix { $0 > 0x20 }
        guard let mark = text.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else { return false }
        return text.allSatisfy { $0 == mark } && line.dropFirst(text.count).allSatisfy { $0 <= 0x20 }
    }

    /// Whether a line could be the text of a setext heading.
    static func isPlain(_ line: [UInt8]) -> Bool {
        guard let first = line.first, first > 0x20 else { return false }
        return ![UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "<")].contains(first) && listItem(line) == nil
            && !isRule(line)
    }

    /// `***`, `- - -`, `___`.
    static func isRule(_ line: [UInt8]) -> Bool {
        let marks = line.filter { $0 > 0x20 }
        guard marks.count >= 3, let mark = marks.first, [0x2A, 0x2D, 0x5F].contains(mark) else { return false }
        return marks.allSatisfy { $0 == mark }
    }

    /// `| --- | :-: |`.
    static func isTableRule(_ line: [UInt8]) -> Bool {
        line.contains(0x7C) && line.contains(0x2D)
            && line.allSatisfy { $0 == 0x7C || $0 == 0x2D || $0 == 0x3A || $0 <= 0x20 }
    }

    /// The cells of `| a | b |`, two spaces apart. A pipe behind a backslash is text.
    static func tableCells(_ line: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var isEscaped = false
        for byte in line {
            if byte == 0x7C, !isEscaped {
                while text.last == 0x20 { text.removeLast() }
                if !text.isEmpty { text += [0x20, 0x20] }
            } else if byte != 0x20 || text.last ?? 0x20 != 0x20 {
                text.append(byte)
            }
            isEscaped = byte == 0x5C && !isEscaped
        }
        while text.last == 0x20 { text.removeLast() }
        return text
    }

    /// `[label]: destination`, but not a footnote.
    static func isLinkDefinition(_ line: [UInt8]) -> Bool {
        guard line.first == 0x5B, line.dropFirst().first != UInt8(ascii: "^"), let end = line.firstIndex(of: 0x5D)
        else {
            return false
        }
        return line.dropFirst(end + 1).first == UInt8(ascii: ":") && line.count > end + 2
    }

    /// The text of `[^label]: text`.
    static func footnote(_ line: [UInt8]) -> [UInt8]? {
        guard line.starts(with: [0x5B, 0x5E]), let end = line.firstIndex(of: 0x5D),
            line.dropFirst(end + 1).first == UInt8(ascii: ":")
        else { return nil }
        return Array(line.dropFirst(end + 2).drop { $0 == 0x20 })
    }

    /// What follows `- `, `* `, `+ `, `1. ` or `1) `, a task's box taken off.
    static func listItem(_ line: [UInt8]) -> [UInt8]? {
        var rest = line[...]
        let digits = line.prefix { (0x30...0x39).contains($0) }.count
        if (1...9).contains(digits), let mark = line.dropFirst(digits).first, mark == 0x2E || mark == 0x29 {
            rest = rest.dropFirst(digits + 1)
        } else if let mark = line.first, [0x2A, 0x2B, 0x2D].contains(mark) {
            rest = rest.dropFirst()
        } else {
            return nil
        }
        guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
        rest = rest.drop { $0 <= 0x20 }
        for box in ["[ ] ", "[x] ", "[X] "] where rest.starts(with: box.utf8) { rest = rest.dropFirst(box.utf8.count) }
        return Array(rest)
    }

    /// How an HTML comment, script or style that begins here and does not end here will end.
    static func unclosedElement(_ line: [UInt8]) -> [UInt8]? {
        for (start, end) in [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")] {
            guard line.starts(with: start.utf8) else { continue }
            return line.range(of: Array(end.utf8), from: start.utf8.count) == nil ? Array(end.utf8) : nil
        }
        return nil
    }

    /// Columns of white space at the beginning; a tab goes to the next multiple of four.
    static func indent(_ line: [UInt8]) -> Int {
        var width = 0
        for byte in line {
            if byte == 0x20 { width += 1 } else if byte == 0x09 { width += 4 - width % 4 } else { break }
        }
        return width
    }
}

extension [UInt8] {
    /// The first place at or after `start` where `pattern` stands.
    func range(of pattern: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        var index = start
        while index + pattern.count <= count {
            if self[index] == first, self[index..<index + pattern.count].elementsEqual(pattern) {
                return index..<index + pattern.count
            }
            index += 1
        }
        return nil
    }
}
