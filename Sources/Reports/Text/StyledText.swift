/// Text in several styles that can be wrapped to a width.
package struct StyledText: Sendable {
    private var characters: [Cell] = []

    package init() {}

    private struct Cell: Sendable {
        var character: Character
        var style: TextStyle
        var width: Int
        var isSpace: Bool { character == " " }
    }

    /// Adds sanitized text; white space of any kind and length becomes one blank.
    package mutating func append(_ text: some StringProtocol, style: TextStyle) {
        let text = String(text)
        guard !VisibleText.isPlain(text) else {
            for byte in text.utf8 where byte != 0x20 || characters.last?.isSpace == false {
                characters.append(Cell(character: Character(Unicode.Scalar(byte)), style: style, width: 1))
            }
            return
        }
        for character in VisibleText.line(text) {
            if character.isWhitespace {
                if characters.last?.isSpace == false {
                    characters.append(Cell(character: " ", style: style, width: 1))
                }
            } else {
                characters.append(Cell(character: character, style: style, width: DisplayWidth.of(character)))
            }
        }
    }

    /// The text in lines of at most `width` columns, broken at blanks, between wide characters (which stand without
    /// blanks in Chinese and Japanese), and inside a word only where the word alone is too long.
    ///
    /// - Complexity: O(n) in characters.
    package func lines(width: Int, color: Bool) -> [String] {
        var lines: [String] = []
        var line: [Cell] = []
        var columns = 0
        /// How many cells of `line` may stay if it is broken, and whether a blank follows them.
        var lastBreak: Int?
        for cell in characters {
            if cell.width > 1, !line.isEmpty { lastBreak = line.count }
            if columns + cell.width > width, !line.isEmpty, !cell.isSpace {
                let kept = lastBreak ?? line.count
                lines.append(Self.rendered(line[..<kept], color: color))
                line = Array(line[kept...].drop(while: \.isSpace))
                columns = line.reduce(0) { $0 + $1.width }
                lastBreak = nil
            }
            if cell.isSpace { lastBreak = line.count }
            line.append(cell)
            columns += cell.width
            if cell.width > 1 { lastBreak = line.count }
        }
        if !line.isEmpty { lines.append(Self.rendered(line[...], color: color)) }
        return lines
    }

    /// Runs of one style between their escape sequences, without blanks at the end.
    private static func rendered(_ cells: ArraySlice<Cell>, color: Bool) -> String {
        var cells = cells
        while cells.last?.isSpace == true { cells.removeLast() }
        var result = ""
        var run = ""
        var style = TextStyle.plain
        for cell in cells {
            if cell.style != style {
                result += style.applied(to: run, color: color)
                run = ""
                style = cell.style
            }
            run.append(cell.character)
        }
        return result + style.applied(to: run, color: color)
    }
}
