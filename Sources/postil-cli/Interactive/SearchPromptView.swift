import Postil
import Reports

/// How a prompt looks on a screen of some size: lines, and where the cursor stands. A function of both and of nothing else.
///
///     > goodhart proxy
///     Results 1–10 of at least 57 (0.9 ms)
///     >1  The proxy breaks            | The proxy breaks
///         Ann Lee · 2021 · score 2.08 | Ann Lee · 2021 · score 2.08
///      2  Of wireheading              |
///         Bob · 2019 · score 1.93     | …optimizing a proxy goes wrong…
///     Enter open  ^T text  ^Y cite  Tab narrow  PgDn more  Esc leave
struct SearchPromptView {
    let lines: [String]
    /// From 0.
    let cursor: (row: Int, column: Int)

    /// Narrower screens have the passage below the list.
    private static let leastForBoth = 60
    /// Lines of a hit in the list.
    private static let linesOfHit = 2
    /// Lines that are not list and passage: query, status, keys.
    private static let otherLines = 3

    /// Hits that a screen has room for.
    static func pageSize(columns: Int, rows: Int) -> Int {
        let body = max(0, rows - otherLines)
        return max(1, (columns < leastForBoth ? body / 2 : body) / linesOfHit)
    }

    init(_ prompt: SearchPrompt, columns: Int, rows: Int, color: Bool) {
        let line = PromptLine(prompt, columns: columns)
        var lines = [line.text]
        if rows > 1 { lines.append(Self.cell(prompt.status, .secondary, columns, color)) }
        let body = max(0, rows - Self.otherLines)
        let isNarrow = columns < Self.leastForBoth
        let listWidth = isNarrow ? columns : min(44, columns * 2 / 5)
        let listHeight = isNarrow ? body / 2 : body
        let list = Self.list(prompt, width: listWidth, height: listHeight, color)
        if isNarrow {
            lines += list + Self.passage(prompt, width: columns, height: body - listHeight, color)
        } else {
            let passage = Self.passage(prompt, width: columns - listWidth - 3, height: body, color)
            for number in 0..<body {
                let left = number < list.count ? list[number] : String(repeating: " ", count: listWidth)
                lines.append(left + " | " + (number < passage.count ? passage[number] : ""))
            }
        }
        while lines.count < rows - 1 { lines.append("") }
        if rows > 2 { lines.append(Self.cell(Self.keys(prompt), .secondary, columns, color)) }
        self.lines = Array(lines.prefix(max(1, rows)))
        cursor = (0, line.cursor)
    }

    private static func keys(_ prompt: SearchPrompt) -> String {
        prompt.menu == nil
            ? "Enter open  ^T text  ^Y cite  Tab narrow  PgDn more  Esc leave"
            : "Enter take  Tab next  Esc back"
    }

    // MARK: Panes

    private static func list(_ prompt: SearchPrompt, width: Int, height: Int, _ color: Bool) -> [String] {
        if let menu = prompt.menu {
            var lines = [cell(menu.values.isEmpty ? "no \(menu.field)" : menu.field, .heading, width, color)]
            // The selected one is always in sight.
            let first = max(0, menu.selected - max(0, height - 2))
            for (number, entry) in menu.values.enumerated().dropFirst(first).prefix(max(0, height - 1)) {
                let isSelected = number == menu.selected
                lines.append(
                    cell(
                        (isSelected ? "> " : "  ") + "\(entry.count)  " + entry.value, isSelected ? .heading : .plain,
                        width, color))
            }
            return lines
        }
        var lines: [String] = []
        for (number, row) in prompt.rows.enumerated() {
            let isSelected = number == prompt.selected
            let rank = String(row.rank)
            let label = (isSelected ? ">" : " ") + String(repeating: " ", count: max(0, 2 - rank.count)) + rank + "  "
            lines.append(cell(label + row.title, isSelected ? .heading : .plain, width, color))
            lines.append(cell(String(repeating: " ", count: label.count) + row.facts, .secondary, width, color))
        }
        return Array(lines.prefix(height))
    }

    private static func passage(_ prompt: SearchPrompt, width: Int, height: Int, _ color: Bool) -> [String] {
        guard width > 0 else { return [] }
        func lines(_ text: String, _ style: TextStyle) -> [String] {
            var styled = StyledText()
            styled.append(text, style: style)
            return styled.lines(width: width, color: color)
        }
        var all: [String] = []
        if let message = prompt.message {
            for line in message.split(separator: "\n") { all += lines(String(line), .plain) }
            all.append("")
        }
        if let row = prompt.selectedRow {
            all += lines(row.title, .heading) + lines(row.facts, .secondary) + [""]
            if let snippet = row.snippet { all += snippet.styledText(color: color).lines(width: width, color: color) }
            for detail in row.details { all += lines(detail, .secondary) }
        }
        return Array(all.prefix(max(0, height)))
    }

    /// A text in just so many columns: cut, or with blanks behind it. A wide character is shown whole or not at all.
    static func cell(_ text: String, _ style: TextStyle, _ width: Int, _ color: Bool) -> String {
        var (shown, columns) = ("", 0)
        for character in VisibleText.line(text) {
            let next = DisplayWidth.of(character)
            guard columns + next <= width else { break }
            shown.append(character)
            columns += next
        }
        return style.applied(to: shown, color: color) + String(repeating: " ", count: max(0, width - columns))
    }
}

/// The line with the query, of which the part around the cursor is shown where it is longer than the screen is wide.
private struct PromptLine {
    let text: String
    let cursor: Int

    init(_ prompt: SearchPrompt, columns: Int) {
        let mark = "> "
        let width = max(1, columns - mark.count - 1)
        var start = 0
        func taken(by range: Range<Int>) -> Int { prompt.query[range].reduce(0) { $0 + DisplayWidth.of($1) } }
        while start < prompt.cursor, taken(by: start..<prompt.cursor) > width { start += 1 }
        var (shown, used) = (mark, 0)
        for character in prompt.query[start...] {
            let next = DisplayWidth.of(character)
            guard used + next <= width else { break }
            shown += VisibleText.line(String(character))
            used += next
        }
        text = shown
        cursor = mark.count + taken(by: start..<prompt.cursor)
    }
}
