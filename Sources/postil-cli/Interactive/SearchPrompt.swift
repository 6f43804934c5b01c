import Postil

/// What somebody sees who searches at a prompt, and what keys make of it. Knows nothing of terminals and indexes.
struct SearchPrompt {
    /// A hit as it is shown.
    struct Row: Equatable {
        var rank: Int
        var title: String
        /// Who, when, how good.
        var facts: String
        var snippet: Snippet?
        /// What stands below the passage: the link, the id, the tags.
        var details: [String] = []
    }

    /// Values to narrow the search down by.
    struct Menu: Equatable {
        var field: String
        var values: [(value: String, count: Int)]
        var selected = 0

        static func == (left: Menu, right: Menu) -> Bool {
            left.field == right.field && left.selected == right.selected
                && left.values.elementsEqual(right.values) { $0 == $1 }
        }
    }

    /// What is to be done after a key.
    enum Action: Equatable {
        case nothing
        /// The query or the page is another one.
        case search
        /// Open the hit where it lives, or show its text.
        case open, text
        case cite
        /// Count the values of a field.
        case count(String)
        case redraw, suspend, quit
    }

    private(set) var query: [Character]
    /// Characters in front of the cursor.
    private(set) var cursor: Int
    /// Hits that the page passes over.
    private(set) var offset = 0
    private(set) var rows: [Row] = []
    private(set) var selected = 0
    /// Where the hits stand in all matches, or what is to be said instead.
    private(set) var status = ""
    private(set) var menu: Menu?
    /// What a key has been answered with; gone with the next one.
    var message: String?
    /// Hits of a page.
    var pageSize = 10

    /// Fields that narrow a search down, in the order in which they are offered.
    static let fields = ["author", "year", "tag"]

    init(query: String = "") {
        self.query = Array(query)
        cursor = self.query.count
    }

    var text: String { String(query) }
    var selectedRow: Row? { rows.indices.contains(selected) ? rows[selected] : nil }

    /// Shows the answer to the query.
    mutating func show(_ rows: [Row], status: String) {
        self.rows = rows
        self.status = status
        selected = min(selected, max(0, rows.count - 1))
    }

    /// Offers values to narrow the search down by.
    mutating func offer(_ menu: Menu) { self.menu = menu }

    /// Takes a key, and says what is to be done.
    mutating func take(_ key: TerminalKey) -> Action {
        message = nil
        if menu != nil, let action = takeInMenu(key) { return action }
        switch key {
        case .text(let text), .paste(let text): return insert(text)
        case .backspace: return remove(cursor - 1..<cursor)
        case .delete: return remove(cursor..<cursor + 1)
        case .control("u"): return remove(0..<cursor)
        case .control("k"): return remove(cursor..<query.count)
        case .control("w"): return remove(beginningOfWord..<cursor)
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(query.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = query.count
        case .up, .control("p"): return select(selected - 1)
        case .down, .control("n"): return select(selected + 1)
        case .pageUp: return turn(by: -1)
        case .pageDown: return turn(by: 1)
        case .enter: return rows.isEmpty ? .nothing : .open
        case .control("t"): return rows.isEmpty ? .nothing : .text
        case .control("y"): return rows.isEmpty ? .nothing : .cite
        case .tab: return query.isEmpty ? .nothing : .count(Self.fields[0])
        case .control("l"): return .redraw
        case .control("z"): return .suspend
        case .escape, .control("c"), .control("d"): return .quit
        case .control: break
        }
        return .nothing
    }

    /// What a key does in the menu; nil where it is for the prompt, and the menu goes.
    private mutating func takeInMenu(_ key: TerminalKey) -> Action? {
        guard var open = menu else { return nil }
        switch key {
        case .up, .control("p"): open.selected = max(0, open.selected - 1)
        case .down, .control("n"): open.selected = min(max(0, open.values.count - 1), open.selected + 1)
        case .tab:
            let next = (Self.fields.firstIndex(of: open.field) ?? 0) + 1
            menu = nil
            return next < Self.fields.count ? .count(Self.fields[next]) : .nothing
        case .enter:
            menu = nil
            guard open.values.indices.contains(open.selected) else { return .nothing }
            cursor = query.count
            let space = query.last.map { $0.isWhitespace } ?? true ? "" : " "
            return insert(space + Self.filter(open.field, open.values[open.selected].value))
        case .escape:
            menu = nil
            return .nothing
        default:
            menu = nil
            return nil
        }
        menu = open
        return .nothing
    }

    /// The condition that a field has a value: `author:"Ann Lee"`, `date:2021`.
    static func filter(_ field: String, _ value: String) -> String {
        let name = field == "year" ? "date" : field
        let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber }
        return isPlain ? "\(name):\(value)" : "\(name):\"\(value.filter { $0 != "\"" })\""
    }

    private mutating func insert(_ text: String) -> Action {
        let shown = text.map { $0.isWhitespace ? " " : $0 }
            .filter { character in character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
        guard !shown.isEmpty else { return .nothing }
        query.insert(contentsOf: shown, at: cursor)
        // What was typed may have become one with the letter before it, as an accent does.
        let before = String(query[..<(cursor + shown.count)])
        let all = String(query)
        query = Array(all)
        cursor = min(Array(before).count, query.count)
        return changed()
    }

    private mutating func remove(_ range: Range<Int>) -> Action {
        let range = range.clamped(to: 0..<query.count)
        guard !range.isEmpty else { return .nothing }
        query.removeSubrange(range)
        cursor = range.lowerBound
        return changed()
    }

    private mutating func changed() -> Action {
        (offset, selected) = (0, 0)
        return .search
    }

    private var beginningOfWord: Int {
        let words = query[..<cursor]
        let end = words.lastIndex { !$0.isWhitespace } ?? 0
        return words[..<end].lastIndex { $0.isWhitespace }.map { $0 + 1 } ?? 0
    }

    private mutating func select(_ row: Int) -> Action {
        if row < 0 {
            guard offset > 0 else { return .nothing }
            let action = turn(by: -1)
            selected = pageSize - 1
            return action
        }
        if row >= rows.count { return turn(by: 1) }
        selected = row
        return .nothing
    }

    private mutating func turn(by pages: Int) -> Action {
        let next = max(0, offset + pages * pageSize)
        // A page that is not full is the last one.
        guard next != offset, pages < 0 || rows.count >= pageSize else { return .nothing }
        (offset, selected) = (next, 0)
        return .search
    }
}
